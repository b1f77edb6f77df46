// Ctrl-Enter (on a Mac Cmd-Enter) in a field of the decision sends what its visible button says.
const form = document.querySelector("[data-decision]")

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return
  const button = [...form.querySelectorAll("button.button-primary, button.button-danger")].find((each) => each.type === "submit" && each.checkVisibility())
  if (!button) return
  event.preventDefault()
  form.requestSubmit(button)
})

if (form) {
  const label = "Send the decision, from any of its fields"
  document.dispatchEvent(new CustomEvent("offer-key", { detail: { key: "Ctrl-Enter", label } }))
}
