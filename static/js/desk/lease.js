// The lease: renewed every few minutes while the page is looked at and its reader does something; a lost one says so
// and leaves what was typed where it is.
const EVERY = 4 * 60 * 1000
const LOOK = 20 * 1000
const place = document.querySelector("[data-lease]")
const form = document.querySelector("[data-lease-renew]")
const lost = document.querySelector("[data-lease-lost]")
let active = false
let asking = false
let renewed = Date.now()
let ends = renewed + Number(place?.dataset.lease) * 1000 // by this machine's clock, which may be wrong
let timer = 0

function say(words) {
  lost.textContent = words
  lost.hidden = !words
}

function stop(message) {
  clearInterval(timer)
  place.textContent = "Not yours any more"
  say(`${message} What you typed is still on this page. Reload it to see who has the story now, and to take it again.`)
}

async function ask() {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } })
  if (answer.status === 409) return stop((await answer.json()).message)
  if (!answer.ok || answer.redirected) return stop("This page could not keep the story for you.")
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
  timer = setInterval(look, LOOK)
}
