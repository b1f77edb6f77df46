// The dialog for a link: set it, change it, remove it.
import { ask } from "./dialog.js"

const ADDRESS = /^(https?:\/\/[^\s/?#]+\.?[^\s]*|mailto:[^\s@]+@[^\s@]+)$/i

// What people type for an address: with https:// where they left it out, a mail address as one.
export function wholeAddress(typed) {
  const text = typed.trim()
  if (!text || /^[a-z][a-z0-9+.-]*:/i.test(text)) return text
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`
  return `https://${text.replace(/^\/+/, "")}`
}

function check({ href, text }, needsText) {
  const wrong = {}
  if (!ADDRESS.test(wholeAddress(href))) wrong.href = "Write the address of a page or a mail address, such as https://example.com/page."
  if (needsText && !text) wrong.text = "Write the words that the link stands on."
  return Object.keys(wrong).length ? wrong : null
}

export async function editLink(editor) {
  const existing = editor.isActive("link")
  if (existing) editor.commands.extendMarkRange("link")
  const { from, to, empty } = editor.state.selection
  const needsText = empty && !existing
  const fields = [{ name: "href", label: "Address", value: editor.getAttributes("link").href, inputMode: "url", dir: "ltr" }]
  if (needsText) fields.push({ name: "text", label: "Words of the link", dir: "auto" })
  const answer = await ask({
    title: existing ? "Change the link" : "Set a link",
    fields,
    button: existing ? "Change the link" : "Set the link",
    links: existing && ADDRESS.test(fields[0].value) ? [{ label: "Open it in a new tab", href: fields[0].value }] : [],
    others: existing ? [{ name: "remove", label: "Remove the link" }] : [],
    check: (values) => check(values, needsText),
  })
  const chain = editor.chain().focus().setTextSelection({ from, to })
  if (!answer) return chain.run()
  if (answer.pressed === "remove") return chain.unsetMark("link").run()
  const href = wholeAddress(answer.href)
  if (needsText) return chain.insertContent({ type: "text", text: answer.text, marks: [{ type: "link", attrs: { href } }] }).run()
  return chain.setMark("link", { href }).setTextSelection(to).unsetMark("link", { extendEmptyMarkRange: false }).run()
}
