// Text that this device has and the site does not: offered with what the site has, the newest first, and never put back unasked.
import { countWords } from "./counting.js"
import { make } from "./dialog.js"
import { readFields, same, writeFields } from "./fields.js"
import { forgetCopy } from "./keeping.js"
import { say, unsay } from "./saying.js"

const BLOCKS = "p, li, h2, h3, h4, pre, figcaption, td, th"
const ENDING = 60
const KEPT_AGAIN = 2000 // by then what was put back is kept as the text of this tab

const at = (when) => new Date(when).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })

// Nothing of it is loaded or run: it is a page of its own that nobody sees.
function plain({ body }, markup = "html") {
  if (markup === "text") return body
  const page = new DOMParser().parseFromString(body, "text/html")
  for (const line of page.querySelectorAll("br")) line.replaceWith("\n")
  const blocks = [...page.body.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS))
  return blocks.map((block) => block.textContent).join("\n\n")
}

function rich(text) {
  return text.split(/\n\s*\n/).map((part) => make("p", { innerText: part }).outerHTML).join("")
}

// The body as the place where it is put takes it, whichever it was written in.
function fitted(copy, editor) {
  if (editor) return copy.markup === "text" ? rich(copy.fields.body) : copy.fields.body
  return copy.markup === "text" ? copy.fields.body : plain(copy.fields)
}

function facts(text) {
  const words = countWords(text)
  const ending = text.trim().replace(/\s+/g, " ").slice(-ENDING)
  return `${words === 1 ? "1 word" : `${words.toLocaleString("en")} words`}${ending ? `, ending “…${ending}”` : ""}`
}

function show(form, here, there) {
  const column = (heading, { title }, text) =>
    make("section", {}, make("h3", { textContent: heading }), make("p", { className: "strong", textContent: title }), make("div", {
      className: "kept-text", lang: form.elements.language.value, dir: "auto", tabIndex: 0, role: "region", "aria-label": heading, textContent: text,
    }))
  const close = make("button", { className: "button button-primary", type: "button", textContent: "Close" })
  const both = make("div", { className: "both" }, column("On this device", ...here), column("On the site", ...there))
  const heading = make("h2", { id: "two-texts", textContent: "Both texts" })
  const box = make("dialog", { className: "wide", "aria-labelledby": heading.id }, heading, both, make("div", { className: "form-actions" }, close))
  close.addEventListener("click", () => box.close())
  box.addEventListener("close", () => box.remove())
  document.body.append(box)
  box.showModal()
}

// `served` is what the page came with: what was written here since is put aside before something takes its place.
export function offer(form, copies, place) {
  const { editor, served, putAside } = place
  const [kept, ...older] = copies
  if (!kept) return
  const { savedFrom, savedTurn, savedAt } = form.dataset
  const version = Number(form.elements.version.value)
  const isItsOwn = Boolean(kept.page) && savedFrom === kept.page // what the site has is an earlier or later save of the same page
  const answered = () => {
    forgetCopy(kept.key)
    unsay("copy")
  }
  const next = () => offer(form, older, place)
  const there = readFields(form)
  if (same(kept.fields, there) || (isItsOwn && Number(savedTurn) >= kept.turn)) {
    answered()
    next()
    return
  }
  const use = async () => {
    unsay("copy")
    const written = readFields(form)
    const aside = same(written, served) ? [] : await putAside({ fields: written, version, markup: form.elements.markup.value })
    // Based on an older version, it is compared with what is saved before it replaces anything.
    form.dispatchEvent(new CustomEvent("based-on", { detail: isItsOwn ? version : Math.min(kept.version, version) }))
    writeFields(form, { ...kept.fields, body: fitted(kept, editor) }, editor)
    form.dispatchEvent(new Event("input"))
    setTimeout(() => forgetCopy(kept.key), KEPT_AGAIN)
    if (aside.length) offer(form, aside, place)
  }
  const leave = () => {
    answered()
    next()
  }
  const [mine, its] = [plain(kept.fields, kept.markup), plain(there, editor ? "html" : "text")]
  say("copy", `This device has text of ${at(kept.at)} that was not saved: ${facts(mine)}.`, {
    tone: "warn",
    more: [make("p", { textContent: `The site has the text of ${at(savedAt)}: ${facts(its)}. Neither is gone until you have chosen.` })],
    actions: [
      { label: "Use it", run: use },
      { label: "Throw it away", run: leave },
      { label: "See the two texts", run: () => show(form, [kept.fields, mine], [there, its]) },
    ],
  })
}
