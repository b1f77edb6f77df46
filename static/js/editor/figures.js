// A picture with its caption as it stands in the text, and how wide it is.
import { make } from "./dialog.js"

// The button that changes its description is not part of the text.
export function figureNodes(E, opens) {
  const Figure = E.Node.create({
    name: "figure",
    group: "block",
    content: "image caption?",
    draggable: true,
    isolating: true,
    addAttributes: () => ({
      wide: {
        default: false,
        parseHTML: (element) => element.getAttribute("align") === "wide",
        renderHTML: ({ wide }) => (wide ? { align: "wide" } : {}),
      },
    }),
    parseHTML: () => [{ tag: "figure", getAttrs: (element) => (element.querySelector("img[src^='/media/pictures/']") ? null : false) }],
    renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, 0],
    addNodeView: () => ({ node, getPos }) => {
      const contentDOM = make("figure")
      const button = make("button", { type: "button", className: "button button-small figure-tool", textContent: "Change the picture" })
      button.contentEditable = "false"
      button.addEventListener("click", () => opens.figure(getPos()))
      const dom = make("div", {}, contentDOM, button)
      const update = (now) => {
        if (now.type.name !== "figure") return false
        dom.className = now.attrs.wide ? "figure-frame figure-wide" : "figure-frame"
        return true
      }
      update(node)
      return { dom, contentDOM, update, stopEvent: (event) => button.contains(event.target), ignoreMutation: (change) => change.type !== "selection" && !contentDOM.contains(change.target) }
    },
  })
  const Caption = E.Node.create({
    name: "caption",
    content: "inline*",
    isolating: true,
    parseHTML: () => [{ tag: "figcaption" }],
    renderHTML: () => ["figcaption", 0],
    addKeyboardShortcuts() {
      return {
        // Enter leaves the caption for a paragraph below the picture.
        Enter: ({ editor }) => {
          const { $from } = editor.state.selection
          if ($from.parent.type.name !== "caption") return false
          const after = $from.after($from.depth - 1)
          return editor.chain().insertContentAt(after, { type: "paragraph" }).setTextSelection(after + 1).run()
        },
      }
    },
  })
  return [Figure, Caption]
}
