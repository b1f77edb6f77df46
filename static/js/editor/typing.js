// What is formatted while it is typed, besides what the bundle knows: "# ", "1. " in any digits, [words](address).
import { wholeAddress } from "./linking.js"

export function shortCuts(E) {
  return E.Extension.create({
    name: "shortCuts",
    addInputRules() {
      const { heading, orderedList } = this.editor.schema.nodes
      const { link } = this.editor.schema.marks
      return [
        E.textblockTypeInputRule({ find: /^#\s$/, type: heading, getAttributes: { level: 2 } }),
        E.wrappingInputRule({
          find: /^(\p{Nd}{1,3})[.)]\s$/u,
          type: orderedList,
          getAttributes: (found) => ({ start: numberOf(found[1]) }),
          joinPredicate: (found, list) => list.childCount + list.attrs.start === numberOf(found[1]),
        }),
        new E.InputRule({
          find: /\[([^\][]+)\]\(([^\s()]+)\)$/,
          handler: ({ state, range, match }) => {
            const href = wholeAddress(match[2])
            if (!/^(https?:\/\/|mailto:)/i.test(href)) return
            state.tr.replaceWith(range.from, range.to, state.schema.text(match[1], [link.create({ href })])).removeStoredMark(link)
          },
        }),
      ]
    },
  })
}

// Each script's digits stand in a row of ten that begins with its zero.
function numberOf(digits) {
  let number = 0
  for (const digit of digits) {
    let zero = digit.codePointAt(0)
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0) - zero < 9) zero -= 1
    number = number * 10 + (digit.codePointAt(0) - zero)
  }
  return number
}
