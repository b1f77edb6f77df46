// Word: lists written as paragraphs with a mark in them, tracked changes, comments, hidden text.
import { replaceWith, styleOf } from "./page.js"

const NUMBERED = /^\s*[(]?(\d+|[a-z]{1,4})[.)]/i

export const isWord = (html) => /urn:schemas-microsoft-com:office|name="?(Generator|ProgId)"? content="?(Microsoft )?Word/i.test(html)

export function fromWord(page) {
  const gone = "del, [data-style*='mso-element:comment'], [data-style*='display:none'], [data-style*='mso-hide:all'], .MsoCommentReference"
  for (const element of page.querySelectorAll(gone)) element.remove()
  for (const title of page.querySelectorAll("p.MsoTitle")) replaceWith(title, "h1")
  for (const caption of page.querySelectorAll("p.MsoQuote, p.MsoIntenseQuote")) quote(page, caption)
  lists(page)
}

function quote(page, paragraph) {
  const before = paragraph.previousElementSibling
  const place = before?.localName === "blockquote" ? before : page.createElement("blockquote")
  if (place !== before) paragraph.before(place)
  place.append(paragraph)
}

function takeMark(paragraph) {
  let mark = ""
  for (const span of paragraph.querySelectorAll("[data-style]")) {
    if (!/mso-list:\s*ignore/i.test(styleOf(span))) continue
    mark += span.textContent
    span.remove()
  }
  return mark
}

function lists(page) {
  let open = [] // the lists around the last item, outermost first
  for (const paragraph of [...page.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const level = Number(/mso-list:\s*l\d+\s+level(\d+)/i.exec(styleOf(paragraph))?.[1] || 0)
    if (!level) {
      open = []
      continue
    }
    const mark = takeMark(paragraph)
    if (paragraph.localName !== "p") continue // a heading with a number is a heading
    const tag = NUMBERED.test(mark) ? "ol" : "ul"
    if (paragraph.previousElementSibling !== open[0]) open = []
    open.length = Math.min(open.length, level)
    if (open.length === level && open[level - 1].localName !== tag) open.length = level - 1
    while (open.length < level) {
      const list = page.createElement(tag)
      const around = open.at(-1)
      const number = Number(/\d+/.exec(mark)?.[0])
      if (tag === "ol" && number > 1 && open.length === level - 1) list.setAttribute("start", number)
      if (!around) paragraph.before(list)
      else (around.lastElementChild || around.appendChild(page.createElement("li"))).append(list)
      open.push(list)
    }
    const item = page.createElement("li")
    item.append(...paragraph.childNodes)
    open.at(-1).append(item)
    paragraph.remove()
  }
}
