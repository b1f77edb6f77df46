// The tools above the text: one stop for Tab, arrow keys within, each says whether it is on.
import { make } from "./dialog.js"
import { announce } from "./saying.js"
import { isOn, isSwitch, KINDS, keysFor, ROWS } from "./tools.js"

const SVG = "http://www.w3.org/2000/svg"
const MORE = "M5 12h.01M12 12h.01M19 12h.01"

function icon(path) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("aria-hidden", "true")
  if (path === MORE) svg.setAttribute("class", "dots-sign")
  const line = document.createElementNS(SVG, "path")
  line.setAttribute("d", path)
  svg.append(line)
  return svg
}

function buttonFor(tool, { words } = {}) {
  const title = tool.keys ? `${tool.label} (${keysFor(tool.keys)})` : tool.label
  const button = make("button", { type: "button", title })
  if (words) button.textContent = tool.label
  else button.setAttribute("aria-label", tool.label)
  if (tool.path) button.append(icon(tool.path))
  else if (tool.sign) button.append(make("span", { textContent: tool.sign, "aria-hidden": "true" }))
  if (tool.opens && !tool.isOn) button.setAttribute("aria-haspopup", "dialog")
  // The selection stays where it is while a tool is used by mouse or touch.
  button.addEventListener("mousedown", (event) => event.preventDefault())
  return button
}

class Toolbar {
  constructor(editor, { controls, opens }) {
    this.editor = editor
    this.opens = opens
    this.pairs = []
    this.kinds = null
    this.bar = make("div", { className: "toolbar", role: "toolbar", "aria-label": "Formatting", "aria-controls": controls })
    this.rows = ROWS.map((row) => [row, this.row(row)])
    this.bar.append(...this.rows.map(([, box]) => box))
    this.bar.addEventListener("focusin", (event) => this.stop(event.target))
    this.bar.addEventListener("keydown", (event) => this.pressed(event))
    this.follow()
    this.refresh()
    this.stop(this.stops()[0])
  }

  row(row) {
    const box = make("div", { className: "tools-row", role: "group", "aria-label": row.label, hidden: Boolean(row.isMore || row.within) })
    for (const tool of row.tools) {
      if (!tool) box.append(make("span", { className: "gap", "aria-hidden": "true" }))
      else if (tool.kinds) box.append(this.kindsOfText(tool))
      else box.append(this.tool(tool, row))
    }
    if (row.more) box.append(this.moreButton(row.more))
    return box
  }

  tool(tool, row) {
    const button = buttonFor(tool, row)
    button.addEventListener("click", () => this.use(tool))
    this.pairs.push([tool, button, row])
    return button
  }

  use(tool) {
    if (tool.opens) {
      this.opens[tool.opens]()
      this.refresh()
      return
    }
    tool.run(this.editor.chain().focus()).run()
    if (tool.said) announce(tool.said)
    else if (isSwitch(tool)) announce(`${tool.label} ${isOn(tool, this.editor) ? "on" : "off"}`)
  }

  kindsOfText({ label }) {
    this.kinds = make("select", { "aria-label": label })
    this.kinds.append(...KINDS.map(({ value, label: words }) => make("option", { value, textContent: words })))
    let byHand = false
    this.kinds.addEventListener("pointerdown", () => {
      byHand = true
    })
    this.kinds.addEventListener("keydown", () => {
      byHand = false
    })
    this.kinds.addEventListener("change", (event) => {
      event.stopPropagation() // it is not a field of the form
      const kind = KINDS.find(({ value }) => value === this.kinds.value)
      const chain = this.editor.chain()
      kind.run(byHand ? chain.focus() : chain).run() // by keyboard the choice goes on until Escape
      announce(kind.label)
    })
    this.kinds.addEventListener("input", (event) => event.stopPropagation())
    return this.kinds
  }

  moreButton(label) {
    const button = buttonFor({ label, path: MORE })
    button.setAttribute("aria-expanded", "false")
    button.addEventListener("click", () => {
      const [, box] = this.rows.find(([row]) => row.isMore)
      box.hidden = !box.hidden
      button.setAttribute("aria-expanded", String(!box.hidden))
      announce(box.hidden ? "Fewer tools" : "More tools are shown")
    })
    return button
  }

  // At most once a frame, whatever happens in it: what somebody types does not wait for the bar.
  follow() {
    let waits = false
    let heard = false
    this.editor.view.dom.addEventListener("keydown", (event) => {
      heard = event.ctrlKey || event.metaKey
    })
    this.editor.on("transaction", ({ transaction }) => {
      const say = heard && (transaction.docChanged || transaction.storedMarksSet)
      if (say) this.says = true
      if (waits) return
      waits = true
      requestAnimationFrame(() => {
        waits = false
        this.refresh()
      })
    })
  }

  refresh() {
    for (const [row, box] of this.rows) {
      if (!row.within || box.hidden !== this.editor.isActive(row.within)) continue
      box.hidden = !box.hidden
      this.bar.scrollLeft = 0 // a new row begins where it can be seen
    }
    const can = this.editor.can()
    for (const [tool, button, row] of this.pairs) {
      if (row.within && !this.editor.isActive(row.within)) continue
      if (isSwitch(tool)) this.press(tool, button, String(isOn(tool, this.editor)))
      if (tool.can) button.setAttribute("aria-disabled", String(!tool.can(can)))
    }
    this.says = false
    const kind = KINDS.find(({ on }) => this.editor.isActive(...on))
    this.kinds.value = kind?.value ?? ""
  }

  // What a key switched is said, too.
  press(tool, button, now) {
    if (button.getAttribute("aria-pressed") === now) return
    if (this.says && tool.keys) announce(`${tool.label} ${now === "true" ? "on" : "off"}`)
    button.setAttribute("aria-pressed", now)
  }

  stops() {
    return [...this.bar.querySelectorAll("button, select")].filter((each) => !each.closest("[hidden]"))
  }

  stop(here) {
    for (const each of this.bar.querySelectorAll("button, select")) each.tabIndex = each === here ? 0 : -1
  }

  pressed(event) {
    const stops = this.stops()
    const forward = getComputedStyle(this.bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight"
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight"
    const go = (place) => stops[(place + stops.length) % stops.length].focus()
    const here = stops.indexOf(document.activeElement)
    if (event.key === forward) go(here + 1)
    else if (event.key === back) go(here - 1)
    else if (event.key === "Home") go(0)
    else if (event.key === "End") go(-1)
    else if (event.key === "Escape") this.editor.commands.focus()
    else return
    event.preventDefault()
  }

  focus() {
    const stops = this.stops()
    ;(stops.find((each) => each.tabIndex === 0) || stops[0]).focus()
  }
}

export const toolbar = (editor, options) => new Toolbar(editor, options)
