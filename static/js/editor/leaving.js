// The way out of the text by keyboard: Tab moves within lists and tables, Escape and then Tab leaves.
import { announce } from "./saying.js"

export function wayOut(E) {
  return E.Extension.create({
    name: "wayOut",
    priority: 1000,
    addKeyboardShortcuts() {
      const stays = () => this.editor.isActive("listItem") && !this.editor.isActive("table")
      return {
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
