// What is marked in a text: the number of its paragraph, the words, and a little of what stands before them.
const BEFORE = 40

// The signs of notes stand in the text and are none of its words.
export function textOf(node) {
  const copy = node.cloneNode(true)
  for (const sign of copy.querySelectorAll(".note-sign, .embed-kind")) sign.remove()
  return copy.textContent
}

export function passageOf(range, block, number) {
  const quote = textOf(range.cloneContents()).trim()
  if (!quote) return null
  const head = document.createRange()
  head.setStart(block, 0)
  head.setEnd(range.startContainer, range.startOffset)
  return { block: number, quote, before: textOf(head.cloneContents()).slice(-BEFORE) }
}

// What is selected, as far as it stands in the paragraph in which it begins.
export function marked(prose, blocks) {
  const selection = getSelection()
  if (!selection.rangeCount || selection.isCollapsed) return null
  const range = selection.getRangeAt(0).cloneRange()
  if (!prose.contains(range.startContainer)) return null
  const number = blocks.findIndex((block) => block.contains(range.startContainer))
  if (number < 0) return null
  const block = blocks[number]
  if (!block.contains(range.endContainer)) range.setEndAfter(block.lastChild)
  return passageOf(range, block, number)
}
