// The tools above the text: one stop for Tab, arrow keys within, each says whether it is on.
import { make } from "./dialog.js"
import { announce } from "./saying.js"

const SVG = "http://www.w3.org/2000/svg"
const mac = /Mac|iPhone|iPad/.test(navigator.platform)

function icon(path) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("aria-hidden", "true")
  const line = document.createElementNS(SVG, "path")
  line.setAttribute("d", path)
  svg.append(line)
  return svg
}

const keysFor = (keys) => keys.replace("Mod", mac ? "⌘" : "Ctrl").replaceAll("-", "+")
const heading = (level, label) => ({ label, sign: `H${level}`, keys: `Mod-Alt-${level}`, on: ["heading", { level }], run: (chain) => chain.toggleHeading({ level }) })

const TOOLS = [
  { label: "Undo", path: "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3", keys: "Mod-Z", run: (chain) => chain.undo(), can: (can) => can.undo() },
  { label: "Redo", path: "m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3", keys: "Mod-Shift-Z", run: (chain) => chain.redo(), can: (can) => can.redo() },
  null,
  heading(2, "Heading"),
  heading(3, "Smaller heading"),
  heading(4, "Smallest heading"),
  null,
  { label: "Bold", path: "M7 5h6a3.500 3.500 0 0 1 0 7H7zM7 12h7a3.500 3.500 0 0 1 0 7H7z", keys: "Mod-B", on: ["bold"], run: (chain) => chain.toggleBold() },
  { label: "Italic", path: "M19 4h-9M14 20H5M15 4 9 20", keys: "Mod-I", on: ["italic"], run: (chain) => chain.toggleItalic() },
  { label: "Code", path: "m16 18 6-6-6-6M8 6l-6 6 6 6", keys: "Mod-E", on: ["code"], run: (chain) => chain.toggleCode() },
  null,
  { label: "Bulleted list", path: "M9 6h12M9 12h12M9 18h12M4 6h.01M4 12h.01M4 18h.01", keys: "Mod-Shift-8", on: ["bulletList"], run: (chain) => chain.toggleBulletList() },
  { label: "Numbered list", path: "M10 6h11M10 12h11M10 18h11M4 4v5M3 9h2M3 15.500a1.500 1.500 0 0 1 3 0c0 1-3 2-3 4h3", keys: "Mod-Shift-7", on: ["orderedList"], run: (chain) => chain.toggleOrderedList() },
  { label: "Quote", path: "M5 7h5v6a4 4 0 0 1-4 4M14 7h5v6a4 4 0 0 1-4 4", keys: "Mod-Shift-B", on: ["blockquote"], run: (chain) => chain.toggleBlockquote() },
  { label: "Code block", path: "M3 4h18v16H3zM10 9l-3 3 3 3M14 9l3 3-3 3", keys: "Mod-Alt-C", on: ["codeBlock"], run: (chain) => chain.toggleCodeBlock() },
  null,
  { label: "Link", path: "M10 13a5 5 0 0 0 7.500.500l3-3a5 5 0 0 0-7-7L12 5M14 11a5 5 0 0 0-7.500-.500l-3 3a5 5 0 0 0 7 7L12 19", keys: "Mod-K", on: ["link"], opens: "link" },
  { label: "Picture", path: "M3 4h18v16H3zM8.500 10.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3M21 15l-5-5L6 20", on: ["figure"], opens: "picture" },
  { label: "Rule between parts", path: "M3 12h18", run: (chain) => chain.setHorizontalRule() },
]

function buttonFor(tool, editor, opens) {
  const keys = tool.keys ? keysFor(tool.keys) : ""
  const button = make("button", { type: "button", title: keys ? `${tool.label} (${keys})` : tool.label, "aria-label": tool.label })
  if (tool.path) button.append(icon(tool.path))
  else button.append(make("span", { textContent: tool.sign, "aria-hidden": "true" }))
  if (tool.opens) button.setAttribute("aria-haspopup", "dialog")
  // The selection stays where it is while a tool is used by mouse or touch.
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", () => {
    if (tool.opens) return opens[tool.opens]()
    tool.run(editor.chain().focus()).run()
    if (tool.on) announce(`${tool.label} ${editor.isActive(...tool.on) ? "on" : "off"}`)
  })
  return button
}

export function toolbar(editor, { controls, opens }) {
  const bar = make("div", { className: "toolbar", role: "toolbar", "aria-label": "Formatting", "aria-controls": controls })
  const pairs = []
  for (const tool of TOOLS) {
    if (!tool) {
      bar.append(make("span", { className: "gap", "aria-hidden": "true" }))
      continue
    }
    const button = buttonFor(tool, editor, opens)
    button.tabIndex = pairs.length ? -1 : 0
    pairs.push([tool, button])
    bar.append(button)
  }

  const refresh = () => {
    const can = editor.can()
    for (const [tool, button] of pairs) {
      if (tool.on) button.setAttribute("aria-pressed", String(editor.isActive(...tool.on)))
      if (tool.can) button.setAttribute("aria-disabled", String(!tool.can(can)))
    }
  }
  editor.on("transaction", refresh)
  refresh()

  const buttons = pairs.map(([, button]) => button)
  const go = (place) => {
    const next = buttons[(place + buttons.length) % buttons.length]
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1
    next.focus()
  }
  bar.addEventListener("focusin", (event) => {
    for (const button of buttons) button.tabIndex = button === event.target ? 0 : -1
  })
  bar.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight"
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight"
    const here = buttons.indexOf(document.activeElement)
    if (event.key === forward) go(here + 1)
    else if (event.key === back) go(here - 1)
    else if (event.key === "Home") go(0)
    else if (event.key === "End") go(-1)
    else if (event.key === "Escape") editor.commands.focus()
    else return
    event.preventDefault()
  })
  return { bar, focus: () => (buttons.find((button) => button.tabIndex === 0) || buttons[0]).focus() }
}
