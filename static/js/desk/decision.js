// The decision form: the chosen disclaimer above the story as readers will see it, and words that outlive the page.
const form = document.querySelector("[data-decision]")
const unsent = document.querySelector("[data-unsent]")
const REQUESTS = "-requests"
const key = document.querySelector("[data-note]")?.dataset.note

function recall(part = "") {
  try {
    return localStorage.getItem(key + part) || ""
  } catch {
    return ""
  }
}

function keep(text, part = "") {
  try {
    if (text) localStorage.setItem(key + part, text)
    else localStorage.removeItem(key + part)
  } catch {
    // kept on the page alone
  }
}

function preview(choice) {
  const shown = document.querySelector(".desk-text .disclaimer")
  const offered = document.querySelector(`[data-disclaimer="${CSS.escape(choice)}"]`)
  if (!shown || !offered) return
  const words = offered.querySelector("p")
  shown.lang = words.lang
  shown.dir = words.dir
  shown.querySelector("strong")?.replaceChildren(offered.dataset.label)
  shown.querySelector("p").textContent = words.textContent
}

function previewAdded(tick) {
  const above = [...document.querySelectorAll(".desk-text .disclaimer")]
  above.find((shown) => shown.dataset.added === tick.value)?.remove()
  const offered = document.querySelector(`[data-disclaimer="${CSS.escape(tick.value)}"]`)
  if (!tick.checked || !above.length || !offered || tick.value === form.elements.disclaimer.value) return
  const words = offered.querySelector("p")
  const shown = above[0].cloneNode(true)
  shown.dataset.added = tick.value
  shown.lang = words.lang
  shown.dir = words.dir
  shown.querySelector("strong")?.replaceChildren(offered.dataset.label)
  shown.querySelector("p").textContent = words.textContent
  above.at(-1).after(shown)
}

if (form) {
  const { note, requests, disclaimer } = form.elements
  if (!note.value) note.value = recall()
  note.addEventListener("input", () => keep(note.value))
  if (!requests.value) requests.value = recall(REQUESTS)
  requests.addEventListener("input", () => keep(requests.value, REQUESTS))
  disclaimer.addEventListener("change", () => preview(disclaimer.value))
  for (const tick of form.querySelectorAll('[name="added"]')) {
    tick.addEventListener("change", () => previewAdded(tick))
  }
  // Gone from here when the queue says that it was decided.
  form.addEventListener("submit", () => sessionStorage.setItem("desk-sent", key))
} else if (unsent && (recall() || recall(REQUESTS))) {
  unsent.querySelector("textarea").value ||= [recall(REQUESTS), recall()].filter(Boolean).join("\n\n")
  unsent.hidden = false
}
