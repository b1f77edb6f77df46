// The decision form: the chosen disclaimer above the story as readers will see it, and a note that outlives the page.
const form = document.querySelector("[data-decision]")
const submission = document.querySelector("[data-submission]")?.dataset.submission
const key = `desk-note-${submission}`

function preview(choice) {
  const shown = document.querySelector(".desk-text .disclaimer")
  const offered = document.querySelector(`[data-disclaimer="${CSS.escape(choice)}"]`)
  if (!shown || !offered) return
  const words = offered.querySelector("p")
  shown.lang = words.lang
  shown.querySelector("strong")?.replaceChildren(offered.querySelector("summary").textContent)
  shown.querySelector("p").textContent = words.textContent
}

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
    // kept on the page only
  }
}

if (form) {
  const note = form.elements.note
  if (!note.value) note.value = recall()
  note.addEventListener("input", () => keep(note.value))
  form.elements.disclaimer.addEventListener("change", (event) => preview(event.target.value))
}
