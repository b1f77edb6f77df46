// Nothing but the text: what stands around it steps aside until it is asked for again.
import { make } from "./dialog.js"
import { announce } from "./saying.js"

export function toggleQuiet(editor) {
  const { dataset } = document.body
  const isQuiet = !("quiet" in dataset)
  if (isQuiet) dataset.quiet = ""
  else delete dataset.quiet
  document.querySelector(".quiet-leave")?.remove()
  if (isQuiet) {
    const leave = make("button", { type: "button", className: "button button-small button-plain quiet-leave", textContent: "Show everything" })
    leave.addEventListener("click", () => toggleQuiet(editor))
    document.querySelector(".editor-bar").append(leave)
  }
  announce(isQuiet ? "Only the text is shown" : "Everything is shown again")
  editor.chain().focus().scrollIntoView().run()
}
