// Find and replace: a panel under the tools, the places marked in the text, each replacement one step to undo.
import { make } from "./dialog.js"
import { afterwards } from "./idling.js"
import { findAll } from "./matching.js"

const MOST_MARKED = 1000

// Marks the places that the panel found; they move with the text until it looks again.
export function markPlaces(E) {
  const key = new E.pm.state.PluginKey("found")
  const { Decoration, DecorationSet } = E.pm.view
  const marks = (doc, { places, now }) => {
    const first = Math.max(0, Math.min(now - MOST_MARKED / 2, places.length - MOST_MARKED))
    const shown = places.slice(first, first + MOST_MARKED)
    return DecorationSet.create(
      doc,
      shown.map(({ from, to }, number) => Decoration.inline(from, to, { class: first + number === now ? "found found-now" : "found" })),
    )
  }
  const plugin = new E.Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, before) => {
        const said = transaction.getMeta(key)
        return said ? marks(transaction.doc, said) : before.map(transaction.mapping, transaction.doc)
      },
    },
    props: { decorations: (state) => key.getState(state) },
  })
  return { plugin, mark: (view, said) => view.dispatch(view.state.tr.setMeta(key, said).setMeta("addToHistory", false)) }
}

function field(label) {
  const control = make("input", { type: "text", autocomplete: "off", spellcheck: false })
  return { control, box: make("label", {}, make("span", { textContent: label }), control) }
}

function button(label, run) {
  const made = make("button", { type: "button", className: "button button-small", textContent: label })
  made.addEventListener("click", run)
  return made
}

export class Finder {
  constructor(E, language) {
    this.E = E
    this.language = language
    const { plugin, mark } = markPlaces(E)
    this.plugin = plugin
    this.mark = mark
    this.places = []
    this.now = 0
    this.build()
  }

  build() {
    const words = field("Find")
    const other = field("Replace with")
    this.words = words.control
    this.other = other.control
    this.matchCase = make("input", { type: "checkbox" })
    this.count = make("output", { className: "finding-count", role: "status" })
    const go = make("div", { className: "row-of" }, button("Previous", () => this.step(-1)), button("Next", () => this.step(1)), button("Close", () => this.close()))
    const change = make("div", { className: "row-of" }, button("Replace", () => this.replace()), button("Replace all", () => this.replaceAll()))
    const match = make("label", { className: "finding-case" }, this.matchCase, make("span", { textContent: "Match capitals" }))
    this.panel = make(
      "div",
      { className: "finding", role: "search", "aria-label": "Find and replace in the story", hidden: true },
      words.box, this.count, go, other.box, match, change,
    )
    for (const kind of ["input", "change"]) {
      this.panel.addEventListener(kind, (event) => {
        event.stopPropagation() // nothing of the story changes
        if (kind === "input" && event.target !== this.other) this.look({ from: this.start })
      })
    }
    this.panel.addEventListener("keydown", (event) => this.pressed(event))
    this.lookAgain = afterwards(() => !this.panel.hidden && this.look({ stays: true }), 200)
  }

  set editor(editor) {
    this.view = editor.view
    this.focusText = () => editor.commands.focus()
    editor.on("update", () => this.panel.hidden || this.replacing || this.lookAgain())
  }

  open() {
    const { from, to } = this.view.state.selection
    const chosen = this.view.state.doc.textBetween(from, to, "\n")
    Object.assign(this.words, this.language())
    Object.assign(this.other, this.language())
    this.start = from
    this.panel.hidden = false
    if (chosen && !chosen.includes("\n")) this.words.value = chosen
    this.words.focus()
    this.words.select()
    this.look({ from })
  }

  close() {
    this.panel.hidden = true
    const place = this.places[this.now]
    this.mark(this.view, { places: [], now: 0 })
    if (place && place.to <= this.view.state.doc.content.size) this.choose(place)
    this.focusText()
  }

  choose({ from, to }) {
    const { TextSelection } = this.E.pm.state
    const { state } = this.view
    this.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, from, to)).scrollIntoView())
  }

  look({ from = 0, stays = false } = {}) {
    this.places = findAll(this.view.state.doc, this.words.value, { matchCase: this.matchCase.checked })
    const next = this.places.findIndex((place) => place.from >= from)
    if (!stays) this.now = Math.max(0, next)
    this.now = Math.min(this.now, Math.max(0, this.places.length - 1))
    this.show({ scrolls: !stays })
  }

  show({ scrolls = true, said = "" } = {}) {
    const { length } = this.places
    const words = length ? `${(this.now + 1).toLocaleString("en")} of ${length.toLocaleString("en")}` : this.words.value ? "Not found" : ""
    this.count.textContent = [said, words].filter(Boolean).join(" · ")
    this.mark(this.view, { places: this.places, now: this.now })
    if (scrolls) this.view.dom.querySelector(".found-now")?.scrollIntoView({ block: "center" })
  }

  step(by) {
    const { length } = this.places
    if (!length) return
    this.now = (this.now + by + length) % length
    this.show()
  }

  // The new words look as those whose place they take.
  put(places, transaction) {
    for (const { from, to } of [...places].reverse()) {
      const { marks } = transaction.doc.nodeAt(from) || {}
      const words = this.other.value
      if (words) transaction.replaceWith(from, to, this.view.state.schema.text(words, marks))
      else transaction.delete(from, to)
    }
    this.replacing = true
    this.view.dispatch(this.E.pm.history.closeHistory(transaction))
    this.replacing = false
  }

  replace() {
    const place = this.places[this.now]
    if (!place) return
    this.put([place], this.view.state.tr)
    this.look({ from: place.from + this.other.value.length })
  }

  replaceAll() {
    const { length } = this.places
    if (!length) return
    this.put(this.places, this.view.state.tr)
    this.look({ stays: true })
    this.show({ scrolls: false, said: length === 1 ? "1 place replaced" : `${length.toLocaleString("en")} places replaced` })
  }

  pressed(event) {
    if (event.isComposing) return
    if (event.key === "Escape") this.close()
    else if (event.key === "Enter" && event.target === this.other) this.replace()
    else if (event.key === "Enter" && event.target.type === "text") this.step(event.shiftKey ? -1 : 1)
    else return
    event.preventDefault() // Enter does not send the form
  }
}
