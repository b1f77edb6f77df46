// The rich-text editor in the place of the text area, made of the extensions that the site's sanitiser keeps.
import { make } from "./dialog.js"
import { figureNodes } from "./figures.js"
import { Finder } from "./finding.js"
import { footnotes } from "./footnoting.js"
import { keysDialog } from "./helping.js"
import { editLink } from "./linking.js"
import { waysAbout } from "./moving.js"
import { outlineBeside, outlineDialog } from "./outline.js"
import { cleanPaste, countedAddress, markdownOf } from "./paste.js"
import { Pictures } from "./picturing.js"
import { toggleQuiet } from "./quiet.js"
import { quoteNodes } from "./quoting.js"
import { makeReader } from "./reading.js"
import { say, unsay } from "./saying.js"
import { insertTable } from "./tabling.js"
import { toolbar } from "./toolbar.js"
import { shortCuts } from "./typing.js"

const KEYS = "Alt+F10 goes to the tools, Control+/ lists all keys. Escape and then Tab leaves the text."

function extensions(E, pictures, finder, opens) {
  const Link = E.Link.extend({
    addKeyboardShortcuts: () => ({ "Mod-k": () => (opens.link(), true) }),
  }).configure({
    openOnClick: false,
    enableTarget: false,
    defaultProtocol: "https",
    isAllowedUri: (address) => /^(https?:\/\/|mailto:)/i.test(address),
  })
  const Ways = E.Extension.create({
    name: "ways",
    addKeyboardShortcuts: () => ({
      "Alt-F10": () => (opens.tools(), true),
      "Mod-f": () => (opens.find(), true),
      "Mod-Alt-o": () => (opens.outline(), true),
      "Mod-Shift-Enter": () => (opens.quiet(), true),
      "Mod-/": () => (opens.keys(), true),
    }),
    addProseMirrorPlugins: () => [
      finder.plugin,
      new E.Plugin({
        props: {
          handlePaste: (view, event) => pictures.take(event.clipboardData) || takeText(view, event),
          handleDrop: (view, event, slice, moved) => {
            if (moved) return false
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos
            const taken = pictures.take(event.dataTransfer, at)
            if (taken) event.preventDefault()
            return taken
          },
        },
      }),
    ],
  })
  return [
    E.Document, E.Paragraph, E.Text, E.HardBreak, E.Bold, E.Italic, E.Strike, E.Code, E.Subscript, E.Superscript,
    E.Heading.configure({ levels: [2, 3, 4] }),
    E.BulletList, E.OrderedList, E.ListItem, ...quoteNodes(E), E.CodeBlock, E.HorizontalRule,
    E.Table, E.TableRow, E.TableHeader, E.TableCell,
    E.Image, ...figureNodes(E, opens),
    E.History, E.Dropcursor, E.Gapcursor, E.TrailingNode,
    E.Placeholder.configure({ placeholder: "Tell your story" }),
    Link, Ways, footnotes(E), waysAbout(E), shortCuts(E),
  ]
}

// What somebody began to type in the plain text area before the editor had come.
function begun(textarea) {
  const text = textarea.value
  if (text === textarea.defaultValue || /<[a-z]/i.test(text)) return text
  const place = document.createElement("div")
  for (const part of text.split(/\n\s*\n/)) place.append(make("p", { innerText: part }))
  return place.innerHTML
}

function takeText(view, event) {
  if (!event.clipboardData || view.state.selection.$from.parent.type.spec.code) return false
  const address = countedAddress(event.clipboardData)
  if (address && view.state.selection.empty) return view.pasteText(address, new ClipboardEvent("paste"))
  const html = markdownOf(event.clipboardData)
  return html !== "" && view.pasteHTML(html, new ClipboardEvent("paste"))
}

function pasted(html, pictures) {
  const clean = cleanPaste(html)
  unsay("pasted")
  if (clean.left) {
    const words = clean.left === 1 ? "1 picture of what you pasted lies elsewhere" : `${clean.left} pictures of what you pasted lie elsewhere`
    say("pasted", `${words}, so it was left out. Save it on your device and put it in from there.`, { actions: [{ label: "All right", run: () => unsay("pasted") }] })
  }
  // The places are in the text when the paste is done.
  if (clean.pictures.length) queueMicrotask(() => pictures.addPasted(clean.pictures))
  return clean.html
}

// The figure that the cursor stands in, or that is chosen: where it begins; undefined where there is none.
function figureAt({ $from, from, node }) {
  if (node?.type.name === "figure") return from
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === "figure") return $from.before(depth)
  }
  return undefined
}

// Gives {editor, read}: `read()` is the text as HTML, "" when nothing is written.
export async function makeRich(form, textarea, { onChange }) {
  const E = await import(form.dataset.bundle)
  const label = document.querySelector(`label[for="${textarea.id}"]`)
  const box = make("div", { className: "story-editor" })
  const surface = make("div")
  const keys = make("p", { id: `${textarea.id}-keys`, hidden: true, textContent: KEYS })
  const language = () => ({ lang: form.elements.language.value, dir: textarea.dir })
  const pictures = new Pictures(form, box, language)
  const finder = new Finder(E, language)
  const opens = {
    link: () => editLink(editor),
    picture: () => {
      const position = figureAt(editor.state.selection)
      return position === undefined ? pictures.pick() : pictures.describeAt(position)
    },
    figure: (position) => pictures.describeAt(position),
    table: () => insertTable(editor),
    find: () => finder.open(),
    outline: () => outlineDialog(editor, language),
    quiet: () => toggleQuiet(editor),
    keys: () => keysDialog(editor),
    tools: () => tools.focus(),
  }
  const editor = new E.Editor({
    element: surface,
    injectCSS: false,
    extensions: extensions(E, pictures, finder, opens),
    content: begun(textarea),
    editorProps: {
      transformPastedHTML: (html) => pasted(html, pictures),
      // The bars above stick to the window: what is written stays clear of them.
      scrollMargin: { top: 150, bottom: 40, left: 0, right: 0 },
      scrollThreshold: { top: 150, bottom: 40, left: 0, right: 0 },
      attributes: {
        id: `${textarea.id}-rich`,
        class: "prose",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label?.firstChild.textContent.trim() || "Story",
        "aria-keyshortcuts": "Alt+F10",
        "aria-describedby": keys.id,
        spellcheck: "true",
      },
    },
    onUpdate: onChange,
  })
  pictures.editor = editor
  finder.editor = editor
  const tools = toolbar(editor, { controls: `${textarea.id}-rich`, opens })
  textarea.before(box)
  box.prepend(make("div", { className: "tools" }, tools.bar, finder.panel), surface, keys)
  const hadFocus = document.activeElement === textarea
  textarea.hidden = true
  document.getElementById(`${textarea.id}_helptext`)?.remove() // it is about the plain text area
  form.elements.markup.value = "html"
  if (hadFocus) editor.commands.focus("end")
  label?.addEventListener("click", (event) => {
    event.preventDefault()
    editor.commands.focus()
  })
  outlineBeside(editor, form.querySelector(".editor-side"), language)
  const read = makeReader(editor, E.getHTMLFromFragment)
  // The form sends the text area; it is filled when it is read, not at each key.
  form.addEventListener("formdata", (event) => event.formData.set("body", read()))
  return { editor, read }
}
