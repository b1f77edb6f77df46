// Words in forms that a person sends by hand: kept on this device as the editor keeps a text, until the site has them.
import { make } from "./editor/dialog.js"
import { Copy, forgetCopy } from "./editor/keeping.js"
import { say, unsay } from "./editor/saying.js"

const box = document.querySelector("[data-unsent]")
const controls = () => [...box.querySelectorAll("textarea, input[type=radio]")]
const at = (when) => new Date(when).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })

// By name, of the forms as they stand; `read` gives a control's words, or null when it has none to give.
function values(read) {
  const found = {}
  for (const control of controls()) found[control.name] = read(control) ?? found[control.name] ?? ""
  return found
}

const typed = () => values((control) => (control.type !== "radio" || control.checked ? control.value : null))

// What the page came with, which is what the site has; a form that came back with errors does not say what that is.
function served() {
  const found = values((control) => {
    if (control.type === "radio") return control.defaultChecked ? control.value : null
    return control.defaultValue
  })
  for (const control of controls()) if (control.form.querySelector(".errors")) delete found[control.name]
  return found
}

function put(name, value) {
  for (const control of controls().filter((each) => each.name === name)) {
    if (control.type === "radio") control.checked = control.value === value
    else control.value = value
  }
}

class Unsent {
  constructor() {
    this.copy = new Copy(box)
    this.was = served()
  }

  async begin() {
    await this.copy.begin()
    box.addEventListener("input", () => this.keep())
    box.addEventListener("submit", ({ target }) => this.keep([...new FormData(target).keys()]))
    const restore = (copies) => copies.forEach((copy) => this.restore(copy))
    await this.copy.left(restore).then(restore)
    if (box.querySelector(".errors")) this.keep()
    box.dataset.unsent = "ready"
  }

  // `sent` are the names that are on their way: the site has them once the page's stamp is another one.
  keep(sent = []) {
    const changed = Object.entries(typed()).filter(([name, value]) => value !== (this.was[name] ?? ""))
    const words = controls().filter(({ type }) => type !== "radio").map(({ name }) => name)
    const { stamp } = box.dataset
    if (changed.length) this.copy.keep({ fields: Object.fromEntries(changed), was: this.was, words, sent, stamp })
    else this.copy.forget(0)
  }

  restore(copy) {
    const isTaken = (name) => copy.sent.includes(name) && copy.stamp !== box.dataset.stamp
    const there = typed()
    const open = Object.entries(copy.fields).filter(([name, value]) => !isTaken(name) && there[name] !== value)
    const isAsBefore = ([name]) => name in there && there[name] === (copy.was[name] ?? there[name])
    if (open.every(isAsBefore)) this.putBack(copy, open)
    else if (open.some(([name]) => copy.words.includes(name))) this.offer(copy, open)
    else forgetCopy(copy.key)
  }

  putBack(copy, open) {
    for (const [name, value] of open) put(name, value)
    this.keep()
    forgetCopy(copy.key)
    if (open.length) say("unsent", `What you wrote here on ${at(copy.at)} and did not send stands in its place again.`)
  }

  // Something else stands there by now, or no form asks for it any more.
  offer(copy, open) {
    const done = () => {
      forgetCopy(copy.key)
      unsay(copy.key)
    }
    const use = () => {
      for (const [name, value] of open) put(name, value)
      this.keep()
      done()
    }
    const isAsked = open.some(([name]) => name in typed())
    const words = open.filter(([name]) => copy.words.includes(name)).map(([, value]) => value).filter(Boolean)
    say(copy.key, `This device has words of ${at(copy.at)} that were not sent.`, {
      tone: "warn",
      more: words.map((textContent) => make("div", { className: "words-of", dir: "auto", textContent })),
      actions: [...(isAsked ? [{ label: "Use them", run: use }] : []), { label: "Throw them away", run: done }],
    })
  }
}

if (box) new Unsent().begin()
