// Pictures in the text: picked, pasted or dropped; sent with progress; described before they are put in.
import { ask, make } from "./dialog.js"
import { PLACE } from "./paste.js"
import { announce } from "./saying.js"
import { ACCEPT, sendPicture } from "./sending.js"

const LONGEST = 300

export function describe(picture, language) {
  return ask({
    title: picture.isNew ? "Describe the picture" : "Change the picture",
    picture: picture.src,
    fields: [
      { name: "alt", label: "What it shows", type: "area", value: picture.alt, maxLength: LONGEST, ...language, help: "For those who cannot see it. One sentence is enough." },
      { name: "decorative", label: "It is only decoration: there is nothing to describe", type: "checkbox", value: picture.decorative },
      { name: "caption", label: "Caption under it (optional)", value: picture.caption, ...language },
      { name: "wide", label: "Let it stand wider than the text", type: "checkbox", value: picture.wide },
    ],
    button: picture.isNew ? "Put it in the story" : "Change the picture",
    others: picture.isNew ? [] : [{ name: "remove", label: "Take the picture out" }],
    check: ({ alt, decorative }) => (alt || decorative ? null : { alt: "Say what it shows, or tick that it is only decoration." }),
  })
}

const hasWords = (html) => html && new DOMParser().parseFromString(html, "text/html").body.textContent.trim() !== ""

// A picture that is written out in a page, as a file.
function fileOf({ src }, number) {
  const [head, data] = src.split(",", 2)
  const type = head.slice(5, head.indexOf(";")).toLowerCase().replace("jpg", "jpeg")
  let bytes = ""
  try {
    bytes = atob(data.replace(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16))))
  } catch {
    // cut off: the sending says that the file is empty
  }
  return new File([Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))], `Picture ${Number(number) + 1}`, { type })
}

export class Pictures {
  constructor(form, place, language) {
    this.form = form
    this.language = language
    this.list = make("ul", { className: "uploads", "aria-label": "Pictures being sent" })
    this.picker = make("input", { type: "file", accept: ACCEPT, multiple: true, hidden: true })
    this.picker.addEventListener("change", () => {
      this.add([...this.picker.files])
      this.picker.value = ""
    })
    this.asking = Promise.resolve()
    place.append(this.list, this.picker)
    this.catchStrays()
  }

  // A file that is dropped beside the text would be opened by the browser in the place of the page.
  catchStrays() {
    const isStray = (event) => event.dataTransfer?.types.includes("Files") && !event.defaultPrevented && !event.target.closest?.("input[type=file]")
    document.addEventListener("dragover", (event) => isStray(event) && event.preventDefault())
    document.addEventListener("drop", (event) => {
      if (!isStray(event)) return
      event.preventDefault()
      this.take(event.dataTransfer)
    })
  }

  pick() {
    this.picker.click()
  }

  // Takes files at the place of the cursor, or at `at`. True when there was one to take.
  add(files, at = this.editor.state.selection.to) {
    for (const file of files) this.send(file, this.mark(at))
    return files.length > 0
  }

  // Pictures that came within a pasted text: each goes where a paragraph keeps its place.
  addPasted(found) {
    const places = []
    this.editor.state.doc.descendants((node, position) => {
      const number = node.isTextblock && PLACE.exec(node.textContent)?.[1]
      if (number) places.push({ number, position, end: position + node.nodeSize })
    })
    const { tr } = this.editor.state
    for (const { position, end } of places.toReversed()) tr.deleteRange(position, end)
    this.editor.view.dispatch(tr)
    for (const { number, position } of places) this.send(fileOf(found[number], number), this.mark(tr.mapping.map(position)), found[number].alt)
  }

  // A place in the text that moves with it while somebody goes on writing.
  mark(position) {
    const place = { position }
    const follow = ({ transaction }) => {
      place.position = transaction.mapping.map(place.position)
    }
    this.editor.on("transaction", follow)
    place.release = () => this.editor.off("transaction", follow)
    return place
  }

  async send(file, place, alt = "") {
    const bar = make("progress", { max: 1, value: 0, "aria-label": `Sending ${file.name}` })
    const row = make("li", {}, make("span", { textContent: file.name }), bar)
    this.list.append(row)
    announce(`Sending ${file.name}`)
    try {
      const sent = await sendPicture(this.form, file, (part) => {
        bar.value = part
      })
      row.remove()
      // One question at a time, when several pictures arrive together.
      this.asking = this.asking.then(() => this.put(sent, place, alt))
    } catch (refusal) {
      this.failed(row, refusal, file, place, alt)
    }
  }

  failed(row, refusal, file, place, alt) {
    const again = make("button", { type: "button", className: "button button-small", textContent: "Try again" })
    const leave = make("button", { type: "button", className: "button button-small button-plain", textContent: "Leave it" })
    const words = make("p", { className: "field-error", role: "alert", textContent: refusal.message })
    row.replaceChildren(words, make("div", { className: "row-of" }, again, leave))
    again.addEventListener("click", () => {
      row.remove()
      this.send(file, place, alt)
    })
    leave.addEventListener("click", () => {
      row.remove()
      place.release()
      this.editor.commands.focus()
    })
  }

  // What is described already is not asked for.
  async put(sent, place, alt) {
    const answer = alt ? { alt } : await describe({ src: sent.address, isNew: true }, this.language())
    place.release()
    if (!answer) return
    const image = { type: "image", attrs: { src: sent.address, alt: answer.decorative ? "" : answer.alt, width: sent.width, height: sent.height } }
    const caption = { type: "caption", content: answer.caption ? [{ type: "text", text: answer.caption }] : [] }
    this.editor.chain().focus().insertContentAt(place.position, { type: "figure", attrs: { wide: Boolean(answer.wide) }, content: answer.caption ? [image, caption] : [image] }).run()
    announce("The picture is in the story.")
  }

  async describeAt(position) {
    const figure = this.editor.state.doc.nodeAt(position)
    const image = figure?.firstChild
    if (image?.type.name !== "image") return
    const { src, alt } = image.attrs
    const { wide } = figure.attrs
    const caption = figure.maybeChild(1)?.textContent ?? ""
    const answer = await describe({ src, alt, decorative: !alt, caption, wide }, this.language())
    if (!answer) return
    const chain = this.editor.chain().focus()
    if (answer.pressed === "remove") {
      chain.deleteRange({ from: position, to: position + figure.nodeSize }).run()
      announce("The picture is taken out.")
      return
    }
    chain.command(({ tr, state }) => {
      tr.setNodeMarkup(position, null, { wide: answer.wide })
      tr.setNodeMarkup(position + 1, null, { ...image.attrs, alt: answer.decorative ? "" : answer.alt })
      if (answer.caption === caption) return true // with its links and looks
      const words = answer.caption ? state.schema.nodes.caption.create(null, state.schema.text(answer.caption)) : []
      tr.replaceWith(position + 1 + image.nodeSize, position + figure.nodeSize - 1, words)
      return true
    })
    chain.run()
    announce("The picture is changed.")
  }

  // The files of a paste or a drop. A paste that has words too is text: Word adds a picture of it.
  take(transfer, at) {
    const files = [...(transfer?.files || [])]
    if (!files.length || hasWords(transfer.getData("text/html"))) return false
    return this.add(files, at)
  }
}
