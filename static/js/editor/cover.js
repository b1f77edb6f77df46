// The cover picture is sent as soon as it is chosen; without this it goes with the form.
import { make } from "./dialog.js"
import { announce } from "./saying.js"
import { sendPicture } from "./sending.js"

export function sendCoverAtOnce(form) {
  const box = form.querySelector("[data-cover]")
  const file = form.elements.cover_file
  const bar = make("progress", { max: 1, value: 0, hidden: true, "aria-label": "Sending the cover picture" })
  const wrong = make("p", { className: "field-error", role: "alert" })
  file.after(bar, wrong)

  const show = (address) => {
    let frame = box.querySelector(".cover-preview")
    if (!frame) {
      frame = make("div", { className: "cover-preview" })
      box.prepend(frame)
    }
    frame.replaceChildren(make("img", { src: address, alt: "" }))
  }

  file.addEventListener("change", async (event) => {
    event.stopPropagation()
    const [chosen] = file.files
    if (!chosen) return
    wrong.textContent = ""
    bar.hidden = false
    try {
      const sent = await sendPicture(form, chosen, (part) => {
        bar.value = part
      })
      form.elements.cover.value = sent.address
      if (form.elements.cover_removed) form.elements.cover_removed.checked = false
      show(sent.address)
      announce("The cover picture is here. Say what it shows.")
      form.elements.cover_alt.focus()
      form.dispatchEvent(new Event("input"))
    } catch (refusal) {
      wrong.textContent = refusal.message
    }
    file.value = ""
    bar.hidden = true
  })
}
