// Where a text stands in the story: in any script, however its letters are put together, and across formatting.
const ESCAPED = /[\\^$.*+?()[\]{}|/]/g

// The same letters may be written with one sign or with several. `at` leads from each unit to where it came from.
function composed(text) {
  const whole = text.normalize("NFC")
  if (whole === text) return { text, at: null }
  let out = ""
  const at = []
  for (const { segment, index } of new Intl.Segmenter().segment(text)) {
    const one = segment.normalize("NFC")
    const same = one === segment
    for (let unit = 0; unit < one.length; unit += 1) at.push(same ? index + unit : unit ? index + segment.length : index)
    out += one
  }
  at.push(text.length)
  return { text: out, at }
}

export function pattern(words, matchCase) {
  const source = words.normalize("NFC").replace(ESCAPED, "\\$&")
  return new RegExp(source, matchCase ? "gu" : "giu")
}

// A text block's own text, one unit a position: what is no text is a sign that nobody looks for.
function textOf(block) {
  let text = ""
  block.forEach((part) => {
    text += part.isText ? part.text : part.type.name === "hardBreak" ? "\n" : "\ufffc".repeat(part.nodeSize)
  })
  return text
}

// The places as {from, to} in the document, in their order.
export function findAll(doc, words, { matchCase = false } = {}) {
  if (!words) return []
  const looked = pattern(words, matchCase)
  const places = []
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    const { text, at } = composed(textOf(node))
    for (const found of text.matchAll(looked)) {
      const from = found.index
      const to = from + found[0].length
      places.push({ from: position + 1 + (at ? at[from] : from), to: position + 1 + (at ? at[to] : to) })
    }
    return false
  })
  return places
}
