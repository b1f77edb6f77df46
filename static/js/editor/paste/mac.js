// Pages and other programs of a Mac: how a paragraph looks stands in a style sheet, by the number of its class.
import { replaceWith } from "./page.js"

const RULE = /p\.(p\d+)\s*\{[^}]*?font:[^;}]*?([\d.]+)px/gi

export const isMac = (html) => /content="Cocoa HTML Writer"/i.test(html)

// Lines in larger letters than most of the text are headings, the largest the highest.
export function fromMac(page, html) {
  const sizes = Object.fromEntries([...html.matchAll(RULE)].map(([, name, size]) => [name, Number(size)]))
  const lengths = {}
  const sizeOf = (paragraph) => sizes[paragraph.className] || 0
  for (const paragraph of page.querySelectorAll("p")) lengths[sizeOf(paragraph)] = (lengths[sizeOf(paragraph)] || 0) + paragraph.textContent.length
  const usual = Number(Object.entries(lengths).sort(([, one], [, other]) => other - one)[0]?.[0] || 0)
  const larger = [...new Set(Object.values(sizes))].filter((size) => usual && size > usual * 1.1).sort((one, other) => other - one)
  for (const paragraph of [...page.querySelectorAll("p")]) {
    const level = larger.indexOf(sizeOf(paragraph))
    if (level < 0 || paragraph.textContent.length > 200 || paragraph.closest("li, td")) continue
    const heading = replaceWith(paragraph, `h${Math.min(level + 1, 3)}`)
    for (const bold of heading.querySelectorAll("b")) bold.replaceWith(...bold.childNodes)
  }
}
