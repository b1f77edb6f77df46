// Asks an address again and again what is new: not while the page is hidden, more seldom while the site does not
// answer, and without a body while nothing changed. `address` is asked for each time; `heard` gets the JSON.
const SLOWEST = 2 * 60 * 1000
const GIVEN_UP = [400, 401, 403, 404]

export function poll({ every, address, heard, troubled = () => {} }) {
  let timer = 0
  let wait = every
  let etag = ""
  let asked = ""
  let stopped = false

  async function ask() {
    const place = address()
    if (place !== asked) etag = ""
    asked = place
    const answer = await fetch(place, { headers: { Accept: "application/json", ...(etag && { "If-None-Match": etag }) }, cache: "no-store", redirect: "error" })
    if (GIVEN_UP.includes(answer.status)) {
      stopped = true // signed out, or not an editor any more: the next page says so
      return
    }
    if (answer.status !== 304) {
      if (!answer.ok) throw new Error(`answered ${answer.status}`)
      const news = await answer.json()
      etag = answer.headers.get("ETag") || ""
      heard(news)
    }
    if (wait !== every) troubled(false)
    wait = every
  }

  async function turn() {
    clearTimeout(timer)
    if (stopped || document.hidden) return
    try {
      await ask()
    } catch {
      wait = Math.min(wait * 2, SLOWEST)
      troubled(true)
    }
    clearTimeout(timer)
    if (!stopped && !document.hidden) timer = setTimeout(turn, wait)
  }

  document.addEventListener("visibilitychange", turn)
  turn()
  return turn
}
