// The decision form: the chosen disclaimer above the story as readers will see it, and a note that outlives the page.
const form = document.querySelector("[data-decision]")
const unsent = document.querySelector("[data-unsent]")
const key = document.querySelector("[data-note]")?.dataset.note

function recall() {
  try {
    return localStorage.getItem(key) || ""
  } catch {
    return ""
  }
}

function keep(text) {
  try {
    if (text) localStorage.setItem(key, text)
    else localStorage.removeItem(key)
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

if (form) {
  const { note, disclaimer } = form.elements
  if (!note.value) note.value = recall()
  note.addEventListener("input", () => keep(note.value))
  disclaimer.addEventListener("change", () => preview(disclaimer.value))
  // Gone from here when the queue says that it was decided.
  form.addEventListener("submit", () => sessionStorage.setItem("desk-sent", key))
} else if (unsent && recall()) {
  unsent.querySelector("textarea").value ||= recall()
  unsent.hidden = false
}
