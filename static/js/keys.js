// Keys of a page: an element with data-key="n" is pressed, followed or focused by that key; `?` lists them all.
// data-key-label names what the key does when the element's own words do not; data-key-focus="id" names where it goes on.
// A script adds a key of its own by an event: offer-key {key, label, act}; without `act` it is only listed. Whoever
// dictates, or types by accident, switches them off in the list, which a button with data-keys-help opens as well.
const OFF = "keys-off"
const offered = new Map()
let off = false
try {
  off = localStorage.getItem(OFF) === "1"
} catch {
  // on, in this browser
}
document.documentElement.toggleAttribute("data-keys-off", off)

function switchKeys(on) {
  off = !on
  document.documentElement.toggleAttribute("data-keys-off", off)
  try {
    if (off) localStorage.setItem(OFF, "1")
    else localStorage.removeItem(OFF)
  } catch {
    // until the next page
  }
}

// A tick or a choice takes no letters, so that the keys go on after it.
const typing = (element) => element?.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]:not([contenteditable='false'])")

function named(element) {
  if (element.dataset.keyLabel) return element.dataset.keyLabel
  const copy = element.cloneNode(true)
  for (const key of copy.querySelectorAll("kbd, .visually-hidden")) key.remove()
  return element.getAttribute("aria-label") || copy.textContent.trim().replace(/\s+/g, " ")
}

function shown(element) {
  return !element.disabled && element.checkVisibility()
}

function elementFor(key) {
  return [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key && shown(element))
}

function use(element) {
  const onward = document.getElementById(element.dataset.keyFocus)
  if (element.matches("a, button, summary, [role='button'], input[type='radio']")) element.click()
  else element.focus()
  if (onward) onward.focus()
}

function entry(list, key, words) {
  const term = document.createElement("dt")
  const sign = document.createElement("kbd")
  sign.textContent = key.length === 1 ? key.toUpperCase() : key
  term.append(sign)
  const meaning = document.createElement("dd")
  meaning.textContent = words
  list.append(term, meaning)
}

function dialog() {
  const box = document.createElement("dialog")
  box.setAttribute("aria-labelledby", "keys-title")
  const title = document.createElement("h2")
  title.id = "keys-title"
  title.textContent = "Keys on this page"
  const list = document.createElement("dl")
  list.className = "keys"
  for (const element of document.querySelectorAll("[data-key]")) if (shown(element)) entry(list, element.dataset.key, named(element))
  for (const { key, label } of offered.values()) entry(list, key, label)
  entry(list, "?", "This list")
  entry(list, "Esc", "Close a menu or this list")
  const tick = document.createElement("input")
  tick.type = "checkbox"
  tick.id = "keys-on"
  tick.checked = !off
  tick.addEventListener("change", () => switchKeys(tick.checked))
  const words = document.createElement("label")
  words.htmlFor = tick.id
  words.textContent = "Keys of a single letter or sign work in this browser"
  const choice = document.createElement("p")
  choice.className = "keys-choice"
  choice.append(tick, words)
  const form = document.createElement("form")
  form.method = "dialog"
  form.className = "form-actions"
  const close = document.createElement("button")
  close.className = "button"
  close.textContent = "Close"
  form.append(close)
  box.append(title, list, choice, form)
  box.addEventListener("close", () => box.remove())
  document.body.append(box)
  box.showModal()
}

document.documentElement.dataset.keys = "ready"
document.addEventListener("offer-key", ({ detail }) => offered.set(detail.key, detail))

document.addEventListener("keydown", (event) => {
  if (off) return
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return
  if (typing(event.target) || document.querySelector("dialog[open]")) return
  if (event.key === "?") {
    event.preventDefault()
    dialog()
    return
  }
  const key = event.key.toLowerCase()
  const element = elementFor(key)
  const act = offered.get(key)?.act
  if (!element && !act) return
  event.preventDefault()
  if (element) use(element)
  else act(event)
})

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-keys-help]")) dialog()
})
