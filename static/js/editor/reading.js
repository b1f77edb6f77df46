// The text as HTML, block by block: a block that stayed as it was is not written again, so a key costs little in a long text.
export function makeReader(editor, writeFragment) {
  const written = new WeakMap() // the editor never changes a node: another text is another node
  let before = { doc: null, html: "" }

  function write(node, Fragment) {
    if (!written.has(node)) written.set(node, writeFragment(Fragment.from(node), editor.schema))
    return written.get(node)
  }

  // "" when nothing is written.
  return () => {
    const { doc } = editor.state
    if (doc === before.doc) return before.html
    const blocks = []
    if (!editor.isEmpty) doc.forEach((node) => blocks.push(write(node, doc.content.constructor)))
    before = { doc, html: blocks.join("") }
    return before.html
  }
}
