// Lists and headings as the story has them, whoever wrote them.
import { isEmpty, replaceWith, unwrap } from "./page.js"

// Google Docs and old pages put a list beside the item that it belongs to.
export function lists(page) {
  for (const list of [...page.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")]) {
    const item = list.previousElementSibling
    if (item?.localName === "li") {
      item.append(list)
      continue
    }
    const made = page.createElement("li")
    list.replaceWith(made)
    made.append(list)
  }
}

// A story's own headings begin at 2, because its title is the first.
export function headings(page) {
  const found = [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  const highest = Math.min(...found.map((heading) => Number(heading.localName[1])))
  for (const heading of found) {
    if (heading.closest("li, td, th")) replaceWith(heading, "p")
    else replaceWith(heading, `h${Math.min(4, Number(heading.localName[1]) + 2 - highest)}`)
  }
}

// A table's head is made of heads, and a line of preformatted text ends once.
export function tablesAndLines(page) {
  for (const cell of [...page.querySelectorAll("thead td")]) {
    const head = page.createElement("th")
    for (const name of ["colspan", "rowspan"]) if (cell.hasAttribute(name)) head.setAttribute(name, cell.getAttribute(name))
    head.append(...cell.childNodes)
    cell.replaceWith(head)
  }
  for (const end of page.querySelectorAll("pre br")) end.replaceWith(/^\r?\n/.test(end.nextSibling?.data || "") ? "" : "\n")
}

export function emptiness(page) {
  for (const line of page.querySelectorAll("br.Apple-interchange-newline, body > br, div > br:only-child")) line.remove()
  for (const element of [...page.querySelectorAll("p, h2, h3, h4, li, blockquote, figure")].reverse()) {
    if (isEmpty(element) && !element.querySelector("img, hr, table, ul, ol")) element.remove()
  }
  for (const section of page.querySelectorAll("figure")) if (!section.querySelector("img")) unwrap(section)
  for (const caption of page.querySelectorAll("figcaption")) if (!caption.closest("figure")) replaceWith(caption, "p")
}
