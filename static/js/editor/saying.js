// What the page says while somebody writes: aloud for those who listen, and as a notice with something to do.
import { make } from "./dialog.js"

const voice = make("p", { className: "visually-hidden", role: "status" })
document.body.append(voice)
document.querySelector("[data-said]")?.setAttribute("aria-live", "polite")

export function announce(words) {
  voice.textContent = ""
  requestAnimationFrame(() => {
    voice.textContent = words
  })
}

// One notice a kind; `actions` are {label, run} or {label, href}. Only what went wrong is said at once, the rest when
// there is a pause. What is said already is not said again.
export function say(kind, words, { tone = "", actions = [], more = [] } = {}) {
  const place = document.querySelector("[data-said]")
  if (place.querySelector(`[data-kind="${kind}"]`)?.dataset.words === words) return
  unsay(kind)
  const notice = make("div", { className: `notice ${tone && `notice-${tone}`}`, "data-kind": kind, "data-words": words })
  if (tone === "bad") notice.setAttribute("role", "alert")
  notice.append(make("p", { textContent: words }), ...more)
  const row = make("div", { className: "row-of" })
  for (const action of actions) {
    const part = action.href
      ? make("a", { className: "button button-small", href: action.href, target: "_blank", textContent: action.label })
      : make("button", { className: "button button-small", type: "button", textContent: action.label })
    if (action.run) part.addEventListener("click", action.run)
    row.append(part)
  }
  if (actions.length) notice.append(row)
  place.append(notice)
}

export function unsay(kind) {
  document.querySelector(`[data-said] [data-kind="${kind}"]`)?.remove()
}
