// A quote, and in its last line where it is from.

// How deep the quote around a place is; 0 where there is none.
function depthOfQuote($place) {
  let depth = $place.depth
  while (depth > 0 && $place.node(depth).type.name !== "blockquote") depth -= 1
  return depth
}

export function quoteNodes(E) {
  const { Fragment } = E.pm.model
  const { TextSelection } = E.pm.state

  // What was quoted stays, and so do the words that said where it is from.
  function unquote(state, tr) {
    const { $from, from, to } = state.selection
    const depth = depthOfQuote($from)
    const children = []
    $from.node(depth).forEach((child) => {
      children.push(child.type.name === "source" ? state.schema.nodes.paragraph.create(null, child.content) : child)
    })
    tr.replaceWith($from.before(depth), $from.after(depth), Fragment.from(children))
    tr.setSelection(TextSelection.between(tr.doc.resolve(from - 1), tr.doc.resolve(Math.min(to - 1, tr.doc.content.size))))
  }

  // Goes to the line, which is made where there is none; an empty one is taken away from within.
  function toggleSource(state, tr) {
    const { $from } = state.selection
    const depth = depthOfQuote($from)
    const end = $from.end(depth)
    const last = $from.node(depth).lastChild
    const isInside = $from.parent.type.name === "source"
    if (isInside && !last.childCount) tr.delete(end - last.nodeSize, end)
    if (isInside) {
      tr.setSelection(TextSelection.near(tr.doc.resolve(end - last.nodeSize), -1))
    } else {
      if (last.type.name !== "source") tr.insert(end, state.schema.nodes.source.create({ asked: true }))
      tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(end) - 1), -1))
    }
    tr.scrollIntoView()
  }

  // A second Enter before the source leaves the quote as it does where none is: for a paragraph below.
  function leave(editor) {
    const { $from, empty } = editor.state.selection
    const depth = depthOfQuote($from)
    if (!depth || !empty) return false
    const after = $from.after(depth)
    const chain = editor.chain()
    const isSource = $from.parent.type.name === "source"
    const isEmptyLast = $from.depth === depth + 1 && !$from.parent.childCount && $from.index(depth) > 0 && $from.index(depth) === $from.node(depth).childCount - 2
    if (!isSource && !(isEmptyLast && $from.node(depth).lastChild.type.name === "source")) return false
    chain.insertContentAt(after, { type: "paragraph" }).setTextSelection(after + 1)
    if (!isSource) chain.deleteRange({ from: $from.before(), to: $from.after() })
    return chain.scrollIntoView().run()
  }

  const Quote = E.Blockquote.extend({
    content: "block+ source?",
    addCommands() {
      const around = this.parent?.()
      const within = (act) => () => ({ state, tr, dispatch }) => {
        if (!depthOfQuote(state.selection.$from)) return false
        if (dispatch) act(state, tr)
        return true
      }
      return {
        ...around,
        toggleBlockquote: () => ({ state, commands }) => (depthOfQuote(state.selection.$from) ? commands.unsetBlockquote() : commands.setBlockquote()),
        unsetBlockquote: within(unquote),
        toggleSource: within(toggleSource),
      }
    },
    addKeyboardShortcuts() {
      return { ...this.parent?.(), "Mod-Alt-q": () => this.editor.commands.toggleSource(), Enter: () => leave(this.editor) }
    },
  })
  const Source = E.Node.create({
    name: "source",
    content: "inline*",
    defining: true,
    // With something that has to be said of it, Enter never makes one by itself.
    addAttributes: () => ({ asked: { isRequired: true, rendered: false, parseHTML: () => true } }),
    parseHTML: () => [{ tag: "footer", context: "blockquote/" }],
    renderHTML: () => ["footer", 0],
  })
  return [Quote, Source]
}
