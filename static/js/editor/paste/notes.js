// Footnotes of Word and LibreOffice: marks in the text, and the notes as a numbered list at the end.
import { unwrap } from "./page.js"

const MARKS = "a[href*='#_ftn'], a[href*='#_edn'], a[href*='#sdfootnote'], a[href*='#sdendnote']"
const NOTES = "div[id^='ftn'], div[id^='edn'], div[id^='sdfootnote'], div[id^='sdendnote']"

export function notes(page) {
  const found = [...page.querySelectorAll(NOTES)]
  const list = page.createElement("ol")
  for (const note of found) {
    note.querySelector(MARKS)?.remove()
    const item = page.createElement("li")
    item.append(...note.childNodes)
    list.append(item)
    note.remove()
  }
  let number = 0
  for (const mark of page.querySelectorAll(MARKS)) {
    number += 1
    const sign = page.createElement("sup")
    sign.textContent = found.length ? number : mark.textContent.replace(/[[\]\s]/g, "")
    mark.replaceWith(sign)
  }
  for (const rest of page.querySelectorAll("[data-style*='mso-element:footnote-list'], [data-style*='mso-element:endnote-list']")) {
    for (const line of rest.querySelectorAll("hr, br")) line.remove()
    unwrap(rest)
  }
  if (!found.length) return
  page.body.append(page.createElement("hr"), list)
}
