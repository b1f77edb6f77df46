// What can be done to the text: the tools of the bar, their keys, and how each says whether it is on.
const mac = /Mac|iPhone|iPad/.test(navigator.platform)
const SIGNS = mac ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" } : { Mod: "Ctrl" }

export const keysFor = (keys) =>
  keys
    .split("-")
    .map((key) => SIGNS[key] || key)
    .join("+")

// The kinds of text that stand for themselves, in the words that people use for them.
export const KINDS = [
  { value: "paragraph", label: "Text", keys: "Mod-Alt-0", on: ["paragraph"], run: (chain) => chain.setParagraph() },
  { value: "2", label: "Heading", keys: "Mod-Alt-2", on: ["heading", { level: 2 }], run: (chain) => chain.setHeading({ level: 2 }) },
  { value: "3", label: "Subheading", keys: "Mod-Alt-3", on: ["heading", { level: 3 }], run: (chain) => chain.setHeading({ level: 3 }) },
  { value: "4", label: "Small heading", keys: "Mod-Alt-4", on: ["heading", { level: 4 }], run: (chain) => chain.setHeading({ level: 4 }) },
  { value: "code", label: "Block of code", keys: "Mod-Alt-C", on: ["codeBlock"], run: (chain) => chain.setCodeBlock() },
]

const hasHead = (editor) => {
  const { $from } = editor.state.selection
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name !== "table") continue
    let all = true
    $from.node(depth).firstChild.forEach((cell) => {
      all &&= cell.type.name === "tableHeader"
    })
    return all
  }
  return false
}

// A tool has a drawing (`path`), a `sign` or its label in `words`. `on` or `isOn` make it a switch, `opens` names a
// dialog, `said` is announced when it was used. `null` is a gap.
const ALWAYS = [
  { label: "Undo", path: "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3", keys: "Mod-Z", run: (chain) => chain.undo(), can: (can) => can.undo(), said: "Undone" },
  { label: "Redo", path: "m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3", keys: "Mod-Shift-Z", run: (chain) => chain.redo(), can: (can) => can.redo(), said: "Done again" },
  null,
  { kinds: KINDS, label: "Kind of text" },
  null,
  { label: "Bold", path: "M7 5h6a3.500 3.500 0 0 1 0 7H7zM7 12h7a3.500 3.500 0 0 1 0 7H7z", keys: "Mod-B", on: ["bold"], run: (chain) => chain.toggleBold() },
  { label: "Italic", path: "M19 4h-9M14 20H5M15 4 9 20", keys: "Mod-I", on: ["italic"], run: (chain) => chain.toggleItalic() },
  { label: "Link", path: "M10 13a5 5 0 0 0 7.500.500l3-3a5 5 0 0 0-7-7L12 5M14 11a5 5 0 0 0-7.500-.500l-3 3a5 5 0 0 0 7 7L12 19", keys: "Mod-K", on: ["link"], opens: "link" },
  null,
  { label: "Bulleted list", path: "M9 6h12M9 12h12M9 18h12M4 6h.01M4 12h.01M4 18h.01", keys: "Mod-Shift-8", on: ["bulletList"], run: (chain) => chain.toggleBulletList() },
  { label: "Numbered list", path: "M10 6h11M10 12h11M10 18h11M4 4v5M3 9h2M3 15.500a1.500 1.500 0 0 1 3 0c0 1-3 2-3 4h3", keys: "Mod-Shift-7", on: ["orderedList"], run: (chain) => chain.toggleOrderedList() },
  { label: "Quote", path: "M5 7h5v6a4 4 0 0 1-4 4M14 7h5v6a4 4 0 0 1-4 4", keys: "Mod-Shift-B", on: ["blockquote"], run: (chain) => chain.toggleBlockquote() },
  null,
  { label: "Picture", path: "M3 4h18v16H3zM8.500 10.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3M21 15l-5-5L6 20", on: ["figure"], opens: "picture" },
]

const MORE = [
  { label: "Struck through", path: "M4 12h16M16 7c0-2-2-3-4-3s-4 1-4 3.500c0 1 .500 2 1.500 2.500M8 17c0 2 2 3 4 3s4-1 4-3c0-.500 0-1-.500-2", keys: "Mod-Shift-S", on: ["strike"], run: (chain) => chain.toggleStrike() },
  { label: "Code", path: "m16 18 6-6-6-6M8 6l-6 6 6 6", keys: "Mod-E", on: ["code"], run: (chain) => chain.toggleCode() },
  { label: "Below the line", sign: "x₂", keys: "Mod-,", on: ["subscript"], run: (chain) => chain.unsetSuperscript().toggleSubscript() },
  { label: "Above the line", sign: "x²", keys: "Mod-.", on: ["superscript"], run: (chain) => chain.unsetSubscript().toggleSuperscript() },
  null,
  { label: "Further in", path: "M3 5h18M11 10h10M11 14h10M3 19h18M3 9l4 3-4 3", run: (chain) => chain.sinkListItem("listItem"), can: (can) => can.sinkListItem("listItem"), said: "Further in" },
  { label: "Further out", path: "M3 5h18M11 10h10M11 14h10M3 19h18M7 9l-4 3 4 3", run: (chain) => chain.liftListItem("listItem"), can: (can) => can.liftListItem("listItem"), said: "Further out" },
  null,
  { label: "Table", path: "M3 4h18v16H3zM3 10h18M3 15h18M10 4v16", opens: "table" },
  { label: "Footnote", sign: "a¹", keys: "Mod-Alt-F", run: (chain) => chain.addFootnote(), can: (can) => can.addFootnote(), said: "A note is begun at the end of the text" },
  { label: "Rule between parts", path: "M3 12h18", run: (chain) => chain.setHorizontalRule(), said: "A rule is set" },
  null,
  { label: "Find and replace", path: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M15.500 15.500 21 21", keys: "Mod-F", opens: "find" },
  { label: "Headings", path: "M4 6h16M8 12h12M12 18h8", keys: "Mod-Alt-O", opens: "outline" },
  { label: "Only the text", path: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5", keys: "Mod-Shift-Enter", opens: "quiet", isOn: () => "quiet" in document.body.dataset },
  { label: "Keys", sign: "?", keys: "Mod-/", opens: "keys" },
]

const IN_TABLE = [
  { label: "Row above", run: (chain) => chain.addRowBefore(), said: "A row is added above" },
  { label: "Row below", run: (chain) => chain.addRowAfter(), said: "A row is added below" },
  { label: "Column before", run: (chain) => chain.addColumnBefore(), said: "A column is added before" },
  { label: "Column after", run: (chain) => chain.addColumnAfter(), said: "A column is added after" },
  { label: "Heading row", isOn: hasHead, run: (chain) => chain.toggleHeaderRow() },
  { label: "Remove row", run: (chain) => chain.deleteRow(), said: "The row is removed" },
  { label: "Remove column", run: (chain) => chain.deleteColumn(), said: "The column is removed" },
  { label: "Remove table", run: (chain) => chain.deleteTable(), said: "The table is removed" },
]

const IN_QUOTE = [{ label: "Where the quote is from", keys: "Mod-Alt-Q", isOn: (editor) => editor.isActive("source"), run: (chain) => chain.toggleSource() }]

// The rows of the bar. Those with `within` are shown while the cursor stands in such a thing.
export const ROWS = [
  { label: "Formatting", tools: ALWAYS, more: "More tools" },
  { label: "More tools", tools: MORE, isMore: true },
  { label: "Table", tools: IN_TABLE, within: "table", words: true },
  { label: "Quote", tools: IN_QUOTE, within: "blockquote", words: true },
]

export const isOn = (tool, editor) => (tool.on ? editor.isActive(...tool.on) : tool.isOn(editor))
export const isSwitch = (tool) => Boolean(tool.on || tool.isOn)
