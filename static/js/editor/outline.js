// The headings of the story, to see its shape and to jump: beside the text where there is room, else in a dialog.
import { make } from "./dialog.js"
import { afterwards } from "./idling.js"

export function headingsOf(doc) {
  const found = []
  doc.descendants((node, position) => {
    if (node.type.name === "heading" && node.textContent.trim()) found.push({ position, level: node.attrs.level, text: node.textContent.trim() })
    return !node.isTextblock
  })
  return found
}

function jump(editor, position) {
  editor.chain().setTextSelection(position + 1).focus().run()
  const { node } = editor.view.domAtPos(position + 1)
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node
  element.scrollIntoView({ block: "center" })
}

function listOf(editor, headings, language, done = () => {}) {
  const list = make("ol", { className: "outline-list" })
  for (const { position, level, text } of headings) {
    const button = make("button", { type: "button", textContent: text, ...language() })
    button.addEventListener("click", () => {
      done()
      jump(editor, position)
    })
    list.append(make("li", { "data-level": String(level) }, button))
  }
  return list
}

const NONE = "There is no heading yet. Set one with “Kind of text” above the story, or type ## and a space."

export function outlineDialog(editor, language) {
  const title = make("h2", { id: "outline-title", textContent: "Headings" })
  const box = make("dialog", { className: "outline", "aria-labelledby": title.id }, title)
  const headings = headingsOf(editor.state.doc)
  let jumped = false
  box.append(headings.length ? listOf(editor, headings, language, () => ((jumped = true), box.close())) : make("p", { textContent: NONE }))
  const close = make("button", { type: "button", className: "button", textContent: "Close" })
  close.addEventListener("click", () => box.close())
  box.append(make("div", { className: "form-actions" }, close))
  box.addEventListener("close", () => {
    box.remove()
    if (!jumped) editor.commands.focus()
  })
  document.body.append(box)
  box.showModal()
}

// Beside the text it is drawn again when nobody types, and only if a heading changed.
export function outlineBeside(editor, side, language) {
  const nav = make("nav", { className: "outline outline-beside", "aria-label": "Headings", hidden: true })
  side.firstElementChild.after(nav)
  let drawn = ""
  const draw = () => {
    const headings = headingsOf(editor.state.doc)
    const key = JSON.stringify(headings)
    if (key === drawn) return
    drawn = key
    nav.hidden = !headings.length
    nav.replaceChildren(make("h2", { textContent: "Headings" }), listOf(editor, headings, language))
  }
  editor.on("update", afterwards(draw, 500))
  draw()
}
