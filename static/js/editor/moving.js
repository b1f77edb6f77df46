// Ways by keyboard: to both ends of the text, and out of it, for Tab moves within lists and tables.
import { announce } from "./saying.js"

export function waysAbout(E) {
  return E.Extension.create({
    name: "waysAbout",
    priority: 1000,
    addKeyboardShortcuts() {
      const stays = () => this.editor.isActive("listItem") && !this.editor.isActive("table")
      const { Selection } = E.pm.state
      const goTo = (end) => () => this.editor.commands.command(({ tr }) => Boolean(tr.setSelection(end(tr.doc)).scrollIntoView()))
      return {
        // Known to the editor at once, and not when the browser tells of it: what is typed next stands there.
        "Mod-Home": goTo((doc) => Selection.atStart(doc)),
        "Mod-End": goTo((doc) => Selection.atEnd(doc)),
        // At the deepest and at the outermost an item stays where it is, and so does who writes.
        Tab: () => stays() && (announce(this.editor.commands.sinkListItem("listItem") ? "Further in" : "Not further in"), true),
        "Shift-Tab": () => stays() && (announce(this.editor.commands.liftListItem("listItem") ? "Further out" : "Not further out"), true),
      }
    },
    addProseMirrorPlugins() {
      let leaves = false
      return [
        new E.Plugin({
          props: {
            handleDOMEvents: {
              keydown: (view, event) => {
                if (event.key === "Tab" && leaves) return true // the browser's own way
                if (event.key === "Shift") return false
                leaves = event.key === "Escape" && !event.isComposing
                if (leaves && (this.editor.isActive("listItem") || this.editor.isActive("table"))) announce("Tab leaves the text now.")
                return false
              },
              blur: () => {
                leaves = false
                return false
              },
            },
          },
        }),
      ]
    },
  })
}
