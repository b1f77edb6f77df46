// Shows a disclaimer as readers will see it while it is being written.
const form = document.querySelector("[data-disclaimer-form]")
const box = form?.querySelector("[data-disclaimer-preview]")

function filled(words) {
  return words.replaceAll("{site}", form.dataset.site).replaceAll("{publisher}", form.dataset.publisher)
}

function show() {
  const { language, label, text } = form.elements
  box.hidden = !text.value.trim()
  const shown = box.querySelector(".disclaimer")
  shown.lang = language.value
  shown.dir = language.value === "ur" ? "rtl" : "ltr"
  shown.querySelector("strong").textContent = filled(label.value)
  shown.querySelector("p").textContent = filled(text.value)
}

if (form && box) {
  form.addEventListener("input", show)
  show()
}
