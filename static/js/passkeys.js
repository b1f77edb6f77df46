// Passkeys: when the browser or the key says no, the page says so in words.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault()
  const problem = document.querySelector("[data-passkey-problem]")
  if (problem) problem.hidden = false
})
