// The lease: renewed every few minutes while the page is looked at and its reader does something; a lost one says so
// and leaves what was typed where it is. What became of the story then is told by news.js.
const EVERY = 4 * 60 * 1000
const LOOK = 20 * 1000
const place = document.querySelector("[data-lease]")
const form = document.querySelector("[data-lease-renew]")
const trouble = document.querySelector("[data-lease-lost]")
// What became of a story is told by news.js; reports have no news.
const desk = document.querySelector("[data-submission]")
let active = false
let asking = false
let renewed = Date.now()
let ends = renewed + Number(place?.dataset.lease) * 1000 // by this machine's clock, which may be wrong
let timer = 0

function say(words) {
  trouble.textContent = words
  trouble.hidden = !words
}

function stop() {
  clearInterval(timer)
  place.textContent = "Not yours any more"
  for (const other of place.parentElement.querySelectorAll("form")) other.hidden = true
  say("")
}

async function ask() {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } })
  if (answer.status === 409) {
    stop()
    if (!desk) say("Somebody else may have these by now. What you typed is still on this page. Reload it to see who has them.")
    desk?.dispatchEvent(new CustomEvent("ask-for-news"))
    return
  }
  if (!answer.ok || answer.redirected) {
    clearInterval(timer)
    say("This page could not keep the story for you. What you typed is still on it. Reload it to see who has the story now.")
    return
  }
  const { until, moment, seconds } = await answer.json()
  const time = place.querySelector("[data-lease-until]")
  time.textContent = until
  time.dateTime = moment
  renewed = Date.now()
  ends = renewed + seconds * 1000
  active = false
  say("")
}

async function renew() {
  if (asking) return
  asking = true
  try {
    await ask()
  } catch {
    say("The site cannot be reached just now. What you typed is still on this page, and keeping the story is tried again.")
  }
  asking = false
}

function look() {
  if (document.hidden) return
  if (active && Date.now() - renewed >= EVERY) renew()
  else if (Date.now() > ends) renew() // most likely lost; the answer says it for certain
}

if (place && form) {
  form.hidden = true
  for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "touchmove", "scroll"]) {
    addEventListener(sign, () => (active = true), { passive: true })
  }
  document.addEventListener("visibilitychange", look)
  desk?.addEventListener("claim-lost", stop)
  timer = setInterval(look, LOOK)
}
