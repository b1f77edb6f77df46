// A note on a passage: words marked with the pointer or by keyboard go into the form; paragraph by paragraph with the arrows.
import { marked, passageOf, textOf } from "./passage.js"

const prose = document.querySelector(".desk-text .prose")
const box = document.querySelector("[data-note-new]")
const form = document.querySelector("[data-note-form]")
const status = document.querySelector("[data-note-status]")
const CHOSEN = "is-chosen"

function say(words) {
  status.textContent = words
}

function blocks() {
  return [...prose.children].filter((each) => !each.matches(".noted-beside, .block-note-holder"))
}

function open(passage) {
  const { block, quote, before, replacement, text } = form.elements
  box.open = true
  block.value = String(passage.block)
  quote.value = passage.quote
  before.value = passage.before
  if (!replacement.value) replacement.value = passage.quote
  say(passage.quote ? `Chosen: ${passage.quote}` : `Chosen: paragraph ${passage.block + 1}`)
  box.scrollIntoView({ block: "nearest" })
  text.focus()
}

// With the pointer: a button beside what was marked.
const offer = document.createElement("button")
offer.type = "button"
offer.className = "button button-primary button-small selection-note"
offer.textContent = "Note on these words"
offer.hidden = true
let offered = null

function look() {
  const passage = marked(prose, blocks())
  offered = passage
  offer.hidden = !passage || steps.contains(document.activeElement)
  if (offer.hidden) return
  const place = getSelection().getRangeAt(0).getBoundingClientRect()
  const room = document.documentElement.clientWidth - offer.offsetWidth - 16
  offer.style.insetBlockStart = `${place.bottom + scrollY + 8}px`
  offer.style.left = `${Math.max(16, Math.min(place.left + scrollX, room))}px`
}

// By keyboard: one stop in the text. Up and down go from paragraph to paragraph, left and right from word to word,
// with shift the marked words grow.
const steps = document.createElement("div")
steps.className = "block-note-holder"
const step = document.createElement("button")
step.type = "button"
step.className = "button button-small block-note"
steps.tabIndex = -1
steps.lang = "en"
steps.dir = "ltr"
steps.dataset.key = "b"
steps.dataset.keyLabel = "Go through the paragraphs with the arrows, to write a note on one"
steps.append(step)
let at = 0

function stand(number) {
  const all = blocks()
  at = Math.max(0, Math.min(number, all.length - 1))
  const words = textOf(all[at]).trim().replace(/\s+/g, " ").slice(0, 60)
  step.textContent = `Note on paragraph ${at + 1}: ${words || "a picture"}`
  if (all[at].previousElementSibling !== steps) all[at].before(steps)
  if (document.activeElement !== step) step.focus({ preventScroll: true })
  for (const each of all) each.classList.toggle(CHOSEN, each === all[at])
  all[at].scrollIntoView({ block: "nearest" })
}

function leave() {
  for (const each of blocks()) each.classList.remove(CHOSEN)
}

function word(key, grow) {
  const selection = getSelection()
  const block = blocks()[at]
  const isForward = (key === "ArrowRight") === (getComputedStyle(block).direction === "ltr")
  if (!selection.rangeCount || !block.contains(selection.anchorNode)) selection.collapse(block, 0)
  else if (!grow) isForward ? selection.collapseToEnd() : selection.collapseToStart()
  if (!grow && !isForward) selection.modify("move", "backward", "word")
  selection.modify("extend", isForward || !grow ? "forward" : "backward", "word")
  const passage = passageOf(selection.getRangeAt(0), block, at)
  offered = passage
  say(passage ? `Marked: ${passage.quote}` : "No word is marked")
}

step.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    getSelection().removeAllRanges()
    stand(at + (event.key === "ArrowDown" ? 1 : -1))
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") word(event.key, event.shiftKey)
  else if (event.key === "Escape") getSelection().removeAllRanges()
  else return
  event.preventDefault()
})
step.addEventListener("click", () => {
  const block = blocks()[at]
  const selection = getSelection()
  const range = selection.rangeCount && !selection.isCollapsed && block.contains(selection.anchorNode) ? selection.getRangeAt(0) : null
  open((range && passageOf(range, block, at)) || { block: at, quote: "", before: "" })
})
step.addEventListener("focus", () => {
  if (blocks()[at].previousElementSibling !== steps || !step.textContent.includes(":")) stand(at)
  else blocks()[at].classList.add(CHOSEN)
})
step.addEventListener("blur", leave)
steps.addEventListener("focus", () => stand(at))

if (prose && form && blocks().length) {
  document.body.append(offer)
  blocks()[0].before(steps)
  step.textContent = "Note on a paragraph"
  offer.addEventListener("click", () => {
    const passage = offered
    offer.hidden = true
    if (passage) open(passage)
  })
  document.addEventListener("selectionchange", look)
}
