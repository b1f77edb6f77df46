// Ticks in the queue: X ticks the row that has the focus, with Shift all from the last one ticked to it; so does a click.
const boxes = () => [...document.querySelectorAll("[data-tick]")]
const count = document.querySelector("[data-ticked-count]")
const words = count?.textContent
let last = null

function say() {
  const number = boxes().filter((box) => box.checked).length
  if (count) count.textContent = number ? `${number} ticked` : words
}

function tick(box, checked, range) {
  const all = boxes()
  const from = range && last ? all.indexOf(last) : -1
  const to = all.indexOf(box)
  const some = from < 0 ? [box] : all.slice(Math.min(from, to), Math.max(from, to) + 1)
  for (const each of some) each.checked = checked
  last = box
  say()
}

document.addEventListener("click", (event) => {
  if (event.target.matches?.("[data-tick]")) tick(event.target, event.target.checked, event.shiftKey)
})

const label = "Tick the story, with Shift all from the last one ticked"

function act(event) {
  const box = document.activeElement.closest("[data-row]")?.querySelector("[data-tick]")
  if (box) tick(box, event.shiftKey || !box.checked, event.shiftKey)
}

document.dispatchEvent(new CustomEvent("offer-key", { detail: { key: "x", label, act } }))

addEventListener("pageshow", say)
