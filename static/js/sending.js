// A form that takes its time says so. That it is sent only once is seen to by forms.js.
for (const form of document.querySelectorAll("form[data-sending]")) {
  const words = form.querySelector("[data-sending-words]")
  form.addEventListener("submit", () => {
    words.textContent = form.dataset.sending
  })
  addEventListener("pageshow", () => {
    words.textContent = ""
  })
}
