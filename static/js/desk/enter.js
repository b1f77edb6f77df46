// Ctrl-Enter (on a Mac Cmd-Enter) in a field of the decision sends what its visible button says; in a field with a button
// of its own, what that one says. E leads to the prepared replies of a return.
const form = document.querySelector("[data-decision]")

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return
  const own = event.target.closest("[data-own-button]")?.querySelector("button")
  const button = own || [...form.querySelectorAll("button.button-primary, button.button-danger")].find((each) => each.type === "submit" && each.checkVisibility())
  if (!button) return
  event.preventDefault()
  form.requestSubmit(button)
})

if (form) {
  const label = "Send the decision, from any of its fields"
  document.dispatchEvent(new CustomEvent("offer-key", { detail: { key: "Ctrl-Enter", label } }))
  const replies = form.querySelector("[data-own-button] select")
  if (replies) {
    const act = () => {
      form.querySelector('[name="decision"][value="return"]').click()
      replies.focus()
    }
    document.dispatchEvent(new CustomEvent("offer-key", { detail: { key: "e", label: "Send back with a prepared reply", act } }))
  }
  // A reply was put into the note: it can be sent, or written on.
  if (location.hash === "#id_note") document.getElementById("id_note").focus()
}
