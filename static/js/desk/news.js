// The open page of a submission: says that its reader is there, asks what others did to the submission meanwhile and
// says it beside the text, without moving a line of it, and has the site keep what is typed.
import { poll } from "./polling.js"

const EVERY = 10 * 1000
const BEAT = 30 * 1000
const PAUSE = 1500
const desk = document.querySelector("[data-submission]")
const token = document.querySelector("[data-token] input")
const sheet = document.querySelector("[data-news]")
const present = document.querySelector("[data-present]")
const form = document.querySelector("[data-decision]")
const here = desk.dataset.submission // not the page's own address: a refused decision has another one

function send(place, fields, options = {}) {
  const body = fields instanceof FormData ? fields : new FormData()
  if (!(fields instanceof FormData)) for (const [name, value] of Object.entries(fields)) body.set(name, value)
  body.set("csrfmiddlewaretoken", token.value)
  return fetch(`${here}${place}/`, { method: "POST", body, ...options })
}

// News ------------------------------------------------------------------------------------------------------------
function address() {
  const { version, revision, held, view } = desk.dataset
  const asked = new URLSearchParams(view) // the view of the queue that what is offered leads back to
  for (const [name, value] of Object.entries({ version, revision, held })) asked.set(name, value)
  return `${here}news/?${asked}`
}

function tell(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html")
  sheet.replaceChildren(...parsed.body.childNodes)
  sheet.hidden = !html
  if (html && desk.dataset.held !== "0") desk.dispatchEvent(new CustomEvent("claim-lost"))
}

const ask = poll({
  every: EVERY,
  address,
  heard(news) {
    present.textContent = news.present
    // Not while somebody is about to press something on it.
    if (!sheet.matches(":focus-within")) tell(news.news)
  },
})
desk.addEventListener("ask-for-news", ask)

// Presence --------------------------------------------------------------------------------------------------------
function beat() {
  if (!document.hidden) send("presence", {}).catch(() => {})
}

beat()
setInterval(beat, BEAT)
document.addEventListener("visibilitychange", beat)
addEventListener("pagehide", () => send("presence", { gone: "1" }, { keepalive: true }).catch(() => {}))

// What is typed ---------------------------------------------------------------------------------------------------
if (form) {
  let timer = 0
  let sent = false
  const keep = (options) => {
    clearTimeout(timer)
    timer = 0
    return send("unsent", new FormData(form), options).catch(() => {})
  }
  form.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(keep, PAUSE)
  })
  form.addEventListener("submit", () => {
    clearTimeout(timer)
    timer = 0
    sent = true // the decision itself carries it
  })
  addEventListener("pageshow", () => (sent = false))
  addEventListener("pagehide", () => {
    if (timer && !sent) keep({ keepalive: true })
  })
}
