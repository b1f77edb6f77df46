// A quote, and in its last line where it is from.
export function quoteNodes(E) {
  const Quote = E.Blockquote.extend({
    content: "block+ source?",
    addCommands() {
      return {
        ...this.parent?.(),
        // Goes to the line, which is made where there is none; an empty one is taken away from within.
        toggleSource:
          () =>
          ({ state, tr, dispatch }) => {
            const { $from } = state.selection
            let depth = $from.depth
            while (depth > 0 && $from.node(depth).type.name !== "blockquote") depth -= 1
            if (!depth) return false
            if (!dispatch) return true
            const { TextSelection } = E.pm.state
            const end = $from.end(depth)
            const last = $from.node(depth).lastChild
            const inside = $from.parent.type.name === "source"
            if (inside && !last.childCount) tr.delete(end - last.nodeSize, end)
            else if (inside) tr.setSelection(TextSelection.near(tr.doc.resolve(end - last.nodeSize), -1))
            else {
              if (last.type.name !== "source") tr.insert(end, state.schema.nodes.source.create())
              tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(end) - 1), -1))
            }
            tr.scrollIntoView()
            return true
          },
      }
    },
    addKeyboardShortcuts() {
      return { ...this.parent?.(), "Mod-Alt-q": () => this.editor.commands.toggleSource() }
    },
  })
  const Source = E.Node.create({
    name: "source",
    content: "inline*",
    defining: true,
    parseHTML: () => [{ tag: "footer", context: "blockquote/" }],
    renderHTML: () => ["footer", 0],
    addKeyboardShortcuts() {
      return {
        // Enter leaves the quote for a paragraph below it.
        Enter: ({ editor }) => {
          const { $from } = editor.state.selection
          if ($from.parent.type.name !== "source") return false
          const after = $from.after($from.depth - 1)
          return editor.chain().insertContentAt(after, { type: "paragraph" }).setTextSelection(after + 1).scrollIntoView().run()
        },
      }
    },
  })
  return [Quote, Source]
}
