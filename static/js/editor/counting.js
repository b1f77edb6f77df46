// Words and minutes as readers will see them: list marks count, a sentence mark that stands alone does not.
const STRAY_MARK = /(?<!\S)[।॥۔،؛؟.,;:!?…|]+(?!\S)/g
const WORDS_A_MINUTE = 200

export function countWords(text) {
  const words = text.split(/\s+/).filter(Boolean).length
  return words - (text.match(STRAY_MARK) || []).length
}

const counted = new WeakMap()

// Each block is counted once; after a key only the paragraph that it changed is.
export function countDocument(doc) {
  let words = 0
  doc.forEach((block) => {
    if (!counted.has(block)) counted.set(block, countBlock(block))
    words += counted.get(block)
  })
  return words
}

function countBlock(block) {
  let marks = 0
  const note = (node) => {
    if (node.type.name === "listItem" && node.textContent.trim()) marks += 1
  }
  note(block)
  block.descendants(note)
  return marks + countWords(block.textBetween(0, block.content.size, "\n", (leaf) => (leaf.type.name === "hardBreak" ? "\n" : "")))
}

export function showCount(place, words) {
  const minutes = Math.max(1, Math.ceil(words / WORDS_A_MINUTE))
  const said = words === 1 ? "1 word" : `${words.toLocaleString("en")} words`
  place.textContent = words ? `${said} · ${minutes} min read` : ""
}
