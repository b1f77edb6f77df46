// The open queue: the state of each row changes where it stands, who has it open is named, and what is new is counted
// above the list and shown when asked for: no row ever moves under a finger. J and K go from row to row.
import { poll } from "./polling.js"

const EVERY = 8 * 1000
const page = document.querySelector("[data-queue]")
const line = document.querySelector("[data-queue-news]")
const arrived = new Set()
let seen = page.dataset.queue
let changed = 0

function row(submission) {
  return page.querySelector(`[data-row="${CSS.escape(submission)}"]`)
}

function stand(submission, html) {
  const state = row(submission)?.querySelector("[data-row-state]")
  if (!state) return
  const parsed = new DOMParser().parseFromString(html, "text/html").body
  if (state.textContent.trim() === parsed.textContent.trim()) return
  state.replaceChildren(...parsed.childNodes)
  state.closest("[data-row]").classList.add("is-changed")
  changed += 1
}

function name(present) {
  for (const place of page.querySelectorAll("[data-row-present]")) {
    const words = present[place.closest("[data-row]").dataset.row] || ""
    if (place.textContent !== words) place.textContent = words
  }
}

function count(number, one, many) {
  return number === 1 ? one : `${number} ${many}`
}

function say(tooMuch) {
  const parts = []
  if (tooMuch) parts.push("Much has changed")
  else {
    if (arrived.size) parts.push(count(arrived.size, "One story came in", "stories came in"))
    if (changed) parts.push(count(changed, "one row below changed", "rows below changed"))
  }
  const words = parts.join(", ")
  if (!words || line.dataset.words === words) return
  line.dataset.words = words
  const link = document.createElement("a")
  link.href = location.href
  link.textContent = "Show the queue as it is now"
  line.replaceChildren(`${words[0].toUpperCase()}${words.slice(1)}. `, link)
}

poll({
  every: EVERY,
  address() {
    const query = new URLSearchParams(location.search)
    query.set("seen", seen)
    return `${location.pathname}news/?${query}`
  },
  heard(news) {
    seen = news.seen
    for (const [submission, html] of Object.entries(news.rows)) stand(submission, html)
    for (const submission of news.arrived) if (!row(String(submission))) arrived.add(submission)
    name(news.present)
    say(news.too_much)
  },
})

// From row to row -------------------------------------------------------------------------------------------------
function step(by) {
  const links = [...page.querySelectorAll("[data-row] .queue-title a")]
  const at = links.indexOf(document.activeElement)
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)
  links[next]?.focus()
}

for (const [key, by, label] of [
  ["j", 1, "To the next story in the list"],
  ["k", -1, "To the story before"],
]) {
  document.dispatchEvent(new CustomEvent("offer-key", { detail: { key, label, act: () => step(by) } }))
}
