// The fields of the story follow its language: letters, spell-check and direction.
const RIGHT_TO_LEFT = new Set(["ur"])

export function followLanguage(form) {
  const choice = form.elements.language
  const follow = () => {
    for (const field of form.querySelectorAll("[lang][dir], [contenteditable='true']")) {
      field.lang = choice.value
      field.dir = RIGHT_TO_LEFT.has(choice.value) ? "rtl" : "ltr"
    }
  }
  choice.addEventListener("change", follow)
  follow()
}
