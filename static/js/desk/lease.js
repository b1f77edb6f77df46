// The lease: renewed every few minutes while the page is looked at and its reader does something; a lost one says so
// and leaves what was typed where it is.
const EVERY = 4 * 60 * 1000
const place = document.querySelector("[data-lease]")
const form = document.querySelector("[data-lease-renew]")
const lost = document.querySelector("[data-lease-lost]")
let active = true
let ends = Date.parse(place?.dataset.lease)
let timer = 0

function say(words) {
  lost.textContent = words
  lost.hidden = false
}

function stop(message) {
  clearInterval(timer)
  place.textContent = "Not yours any more"
  say(`${message} What you typed is still on this page.`)
}

async function renew() {
  if (document.hidden || !active) return
  active = false
  let answer
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, credentials: "same-origin" })
  } catch {
    active = true
    say("The site cannot be reached just now. What you typed is still on this page, and it is tried again.")
    return
  }
  if (answer.status === 409) {
    stop((await answer.json()).message)
    return
  }
  if (!answer.ok || answer.redirected) {
    stop("This page could not keep the story for you. Reload it to see who has it now.")
    return
  }
  const { until, ends: moment } = await answer.json()
  ends = Date.parse(moment)
  const time = place.querySelector("[data-lease-until]")
  time.textContent = until
  time.dateTime = moment
  lost.hidden = true
}

function look() {
  if (document.hidden) return
  if (Date.now() > ends - EVERY) renew()
}

if (place && form) {
  form.hidden = true
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchmove", "scroll"]) {
    addEventListener(kind, () => (active = true), { passive: true })
  }
  timer = setInterval(renew, Number(form.dataset.every) || EVERY)
  document.addEventListener("visibilitychange", look)
  addEventListener("pointermove", look, { passive: true })
}
