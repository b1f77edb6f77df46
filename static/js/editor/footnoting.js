// Footnotes: a raised number in the text, and the notes as a numbered list after a rule at its end. Their numbers are
// kept in order; what a reader's page makes of them is the site's business.
const NUMBER = /^[0-9]{1,4}$/

// The numbered list after a rule at the end, with the place where it begins; null where there is none.
function listAtEnd(doc) {
  const parts = []
  doc.forEach((node, at) => parts.push({ node, at }))
  while (parts.length && parts.at(-1).node.type.name === "paragraph" && !parts.at(-1).node.childCount) parts.pop()
  const [rule, list] = parts.slice(-2)
  return list?.node.type.name === "orderedList" && rule.node.type.name === "horizontalRule" ? list : null
}

// The same where its items are notes.
function notesOf(doc) {
  const list = listAtEnd(doc)
  return list && signsOf(doc, list.at).length ? list : null
}

// The signs before `end`, in their order. A number that is not its turn is none: 12 m² before the first note.
function signsOf(doc, end) {
  const found = []
  let seen = 0
  doc.nodesBetween(0, end, (node, at) => {
    if (!node.isText || !NUMBER.test(node.text) || !node.marks.some(({ type }) => type.name === "superscript")) return
    const number = Number(node.text)
    if (number > 0 && number <= seen + 1) found.push({ at, node, number })
    seen = Math.max(seen, found.at(-1)?.number ?? 0)
  })
  return found
}

function endOfWords(doc) {
  const { lastChild } = doc
  return doc.content.size - (lastChild.type.name === "paragraph" && !lastChild.childCount ? lastChild.nodeSize : 0)
}

export function footnotes(E) {
  const { TextSelection } = E.pm.state

  function add(state, tr) {
    const { schema, doc, selection } = state
    const { orderedList, listItem, paragraph, horizontalRule } = schema.nodes
    const notes = notesOf(doc)
    const signs = notes ? signsOf(doc, notes.at) : []
    const number = Math.max(0, ...signs.filter(({ at }) => at < selection.to).map((sign) => sign.number)) + 1
    const item = listItem.create(null, paragraph.create())
    // From the end on, so that each place is still where it was found.
    if (notes) {
      let place = notes.at + 1
      for (let before = 0; before < Math.min(number - 1, notes.node.childCount); before += 1) place += notes.node.child(before).nodeSize
      tr.insert(place, item)
    } else {
      tr.insert(endOfWords(doc), [horizontalRule.create(), orderedList.create(null, item)])
    }
    for (const sign of signs.filter((each) => each.number >= number).reverse()) {
      tr.replaceWith(sign.at, sign.at + sign.node.nodeSize, schema.text(String(sign.number + 1), sign.node.marks))
    }
    const to = tr.mapping.map(selection.to, -1)
    tr.insert(to, schema.text(String(number), [schema.marks.superscript.create()]))
    const list = notesOf(tr.doc)
    let inside = list.at + 1
    for (let before = 0; before < number - 1; before += 1) inside += list.node.child(before).nodeSize
    tr.setSelection(TextSelection.create(tr.doc, inside + 2)).setStoredMarks([]).scrollIntoView()
  }

  // Where words with a look can stand, and not in a note itself. Asked often: the text is seldom walked for it.
  function canAdd({ doc, selection }) {
    const { $to } = selection
    const isInNote = () => $to.pos > listAtEnd(doc)?.at && notesOf(doc) !== null
    return $to.parent.inlineContent && !$to.parent.type.spec.code && !isInNote()
  }

  return E.Extension.create({
    name: "footnotes",
    addCommands: () => ({
      addFootnote: () => ({ state, tr, dispatch }) => {
        if (!canAdd(state)) return false
        if (dispatch) add(state, tr)
        return true
      },
    }),
    addKeyboardShortcuts() {
      return { "Mod-Alt-f": () => this.editor.commands.addFootnote() }
    },
  })
}
