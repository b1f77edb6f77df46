// All keys of the editor in a dialog: those of the tools, those that only keys do, and what may be typed.
import { make } from "./dialog.js"
import { KINDS, keysFor, ROWS } from "./tools.js"

const WAYS = [
  ["Alt-F10", "To the tools; arrows move among them, Escape goes back to the text"],
  ["Escape, Tab", "Out of the text, from a list or a table too"],
  ["Mod-Home", "To the beginning of the text"],
  ["Mod-End", "To its end"],
  ["Tab", "In a list one step in, in a table to the next cell"],
  ["Shift-Tab", "In a list one step out, in a table to the cell before"],
  ["Shift-Enter", "A new line in the same paragraph"],
  ["Enter Enter", "Out of a list or a quote"],
]
const TYPED = [
  ["##", "Heading; ### and #### for smaller ones"],
  ["- or *", "Bulleted list"],
  ["1.", "Numbered list, in any digits"],
  [">", "Quote"],
  ["```", "Block of code"],
  ["---", "Rule between parts"],
  ["**bold**", "Bold"],
  ["*italic*", "Italic"],
  ["~~struck~~", "Struck through"],
  ["`code`", "Code"],
  ["[words](address)", "Link"],
]

function part(title, entries) {
  const list = make("dl", { className: "keys" })
  for (const [keys, meaning] of entries) list.append(make("dt", {}, make("kbd", { textContent: keys })), make("dd", { textContent: meaning }))
  return [make("h3", { textContent: title }), list]
}

export function keysDialog(editor) {
  const tools = [...KINDS, ...ROWS.flatMap((row) => (row.words ? [] : row.tools)), ...ROWS.find((row) => row.within === "blockquote").tools]
  const withKeys = tools.filter((tool) => tool?.keys).map(({ keys, label }) => [keysFor(keys), label])
  const title = make("h2", { id: "keys-title", textContent: "Keys for writing", tabIndex: -1, autofocus: true })
  const close = make("button", { className: "button", textContent: "Close" })
  const box = make(
    "dialog",
    { className: "editor-keys", "aria-labelledby": title.id },
    title,
    ...part("Moving about", WAYS.map(([keys, meaning]) => [keysFor(keys), meaning])),
    ...part("Formatting", withKeys),
    ...part("Typed at the beginning of a line, with a space", TYPED.slice(0, 6)),
    ...part("Typed anywhere", TYPED.slice(6)),
    make("form", { method: "dialog", className: "form-actions" }, close),
  )
  box.addEventListener("close", () => {
    box.remove()
    editor.commands.focus()
  })
  document.body.append(box)
  box.showModal()
}
