// A form with data-confirm asks once more before it is sent. Without this it is sent at once.
function ask(form, submitter) {
  const box = document.createElement("dialog")
  box.setAttribute("aria-labelledby", "confirm-words")
  const words = document.createElement("p")
  words.id = "confirm-words"
  words.textContent = form.dataset.confirm
  const answers = document.createElement("form")
  answers.method = "dialog"
  answers.className = "form-actions"
  const yes = document.createElement("button")
  yes.className = "button button-primary"
  yes.value = "yes"
  yes.textContent = submitter?.textContent.trim() || "Yes"
  const no = document.createElement("button")
  no.className = "button"
  no.value = "no"
  no.autofocus = true
  no.textContent = "Leave it as it is"
  answers.append(yes, no)
  box.append(words, answers)
  box.addEventListener("close", () => {
    box.remove()
    if (box.returnValue !== "yes") return
    form.dataset.confirmed = "1"
    form.requestSubmit(submitter)
  })
  document.body.append(box)
  box.showModal()
}

// In the capture phase: before forms.js marks the form as sent.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target
    if (!form.dataset.confirm || form.dataset.confirmed) return
    event.preventDefault()
    event.stopImmediatePropagation()
    ask(form, event.submitter)
  },
  true,
)

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-confirmed]")) delete form.dataset.confirmed
})
