// The fields of the story follow its language: letters, spell-check and direction.
const RIGHT_TO_LEFT = new Set(["ur"])

export function followLanguage(form) {
  const choice = form.elements.language
  const places = form.querySelectorAll("[data-in-language]")
  const follow = () => {
    for (const place of places) {
      place.lang = choice.value
      place.dir = RIGHT_TO_LEFT.has(choice.value) ? "rtl" : "ltr"
      for (const field of place.querySelectorAll("textarea, [contenteditable]")) {
        field.lang = choice.value
        field.dir = place.dir
      }
    }
  }
  choice.addEventListener("change", follow)
  follow()
  return follow
}
