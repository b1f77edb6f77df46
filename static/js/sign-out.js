// Whoever signs out is asked about text that lies only on this device: a shared computer should not keep it unasked,
// and nobody should lose it unasked. What the site has is not kept here in the first place.
import { make } from "./editor/dialog.js"
import { copiesOf, forgetCopy, hasCopies } from "./editor/keeping.js"

const SIGN_OUT = "form[data-sign-out]"
const LOOKS = 20
const PAUSE = 150

function question(count) {
  const stories = count === 1 ? "A text of yours is" : `${count} texts of yours are`
  return `${stories} kept on this device and not saved on the site. Kept, it is offered to you when you sign in here again, for 30 days; on a computer that others use, they could read it.`
}

function ask(form, copies, submitter) {
  const heading = make("h2", { id: "signing-out", textContent: "Not everything is saved" })
  const box = make("dialog", { "aria-labelledby": heading.id }, heading, make("p", { textContent: question(copies.length) }))
  const answer = (words, look, run) => {
    const button = make("button", { className: `button ${look}`, type: "button", textContent: words })
    button.addEventListener("click", async () => {
      await run()
      box.close()
    })
    return button
  }
  const go = () => {
    form.dataset.asked = "1"
    form.requestSubmit(submitter)
  }
  const throwAway = async () => {
    await Promise.all(copies.map(({ key }) => forgetCopy(key)))
    go()
  }
  const keep = answer("Keep it and sign out", "button-primary", go)
  box.append(make("div", { className: "form-actions" }, keep, answer("Throw it away and sign out", "", throwAway), answer("Stay", "button-plain", () => {})))
  box.addEventListener("close", () => box.remove())
  document.body.append(box)
  box.showModal()
  keep.focus()
}

// An editor that stands on this page saves first, if it can.
async function look(form, submitter) {
  const editor = document.querySelector("form[data-editor]")
  editor?.dispatchEvent(new CustomEvent("save-now"))
  let copies = await copiesOf(form.dataset.signOut)
  for (let looks = 0; editor && copies.length && looks < LOOKS; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
    copies = await copiesOf(form.dataset.signOut)
  }
  if (copies.length) return ask(form, copies, submitter)
  form.dataset.asked = "1"
  return form.requestSubmit(submitter)
}

// In the capture phase: before forms.js marks the form as sent.
document.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event
    if (!form.matches(SIGN_OUT) || form.dataset.asked || !hasCopies(form.dataset.signOut)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    look(form, submitter)
  },
  true,
)
