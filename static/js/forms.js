// Forms: a second click sends nothing twice, and a page that comes back with errors puts the reader before them.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return
  const form = event.target
  if (form.dataset.sent) {
    event.preventDefault()
    return
  }
  form.dataset.sent = "1"
  event.submitter?.setAttribute("aria-busy", "true")
})

// Back from the next page: the form may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy")
  }
})

document.querySelector(".errors[tabindex]")?.focus()
