// What the page says while somebody writes: aloud for those who listen, and as a notice with something to do.
import { make } from "./dialog.js"

const voice = make("p", { className: "visually-hidden", role: "status" })
document.body.append(voice)

export function announce(words) {
  voice.textContent = ""
  requestAnimationFrame(() => {
    voice.textContent = words
  })
}

// One notice a kind; `actions` are {label, run} or {label, href}.
export function say(kind, words, { tone = "", actions = [] } = {}) {
  const place = document.querySelector("[data-said]")
  unsay(kind)
  const notice = make("div", { className: `notice ${tone && `notice-${tone}`}`, role: "alert", "data-kind": kind })
  notice.append(make("p", { textContent: words }))
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
