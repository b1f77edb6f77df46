// What is pasted from Word, Google Docs, LibreOffice, Pages, a page or Markdown, as plain headings, lists, links, tables.
import { cleanAddress, links } from "./paste/links.js"
import { emptiness, headings, lists, tablesAndLines } from "./paste/lists.js"
import { fromMac, isMac } from "./paste/mac.js"
import { looksLikeMarkdown, markdownToHtml } from "./paste/markdown.js"
import { notes } from "./paste/notes.js"
import { looksFromStyles, readPage, unwrap } from "./paste/page.js"
import { fromWord, isWord } from "./paste/word.js"

const NO_TEXT = "script, style, meta, link, title, iframe, object, embed, svg, math, template, form, input, button, select, textarea, video, audio, noscript, col, colgroup, [title='header'], [title='footer']"
const TEXT_BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, td, th, blockquote"
export const PLACE = /^\u2063picture (\d+)\u2063$/ // a paragraph that holds a picture's place while it is being sent

const isTracker = (image) => ["width", "height"].some((side) => /^[01](px)?$/.test(image.getAttribute(side) || "")) || /(^|;)\s*(width|height):\s*[01]px/i.test(image.getAttribute("data-style") || "")

// Pictures written out in the page are taken along; what lies elsewhere is counted, and nobody fetches it.
function pictures(page) {
  const taken = []
  let left = 0
  for (const image of [...page.querySelectorAll("img, v\\:imagedata")]) {
    const src = image.getAttribute("src") || ""
    if (/^\/media\/pictures\//.test(src)) continue
    if (!src || isTracker(image)) image.remove()
    else if (/^data:image\/(png|jpe?g|gif|webp|avif);base64,/i.test(src)) {
      const place = page.createElement("p")
      place.textContent = `\u2063picture ${taken.push({ src, alt: image.getAttribute("alt") || "" }) - 1}\u2063`
      const around = image.closest(TEXT_BLOCKS)
      if (around && around.parentElement && around.localName !== "li" && !around.matches("td, th")) around.after(place)
      else image.before(place)
      image.remove()
    } else {
      left += 1
      image.remove()
    }
  }
  return { taken, left }
}

// Gives {html, pictures, left}: pictures to be sent, and how many were left out because they lie elsewhere.
export function cleanPaste(html) {
  const page = readPage(html)
  const fromOffice = isWord(html)
  for (const element of page.querySelectorAll(NO_TEXT)) element.remove()
  for (const wrapper of page.querySelectorAll("b[id^='docs-internal-guid']")) unwrap(wrapper)
  for (const element of [...page.querySelectorAll("*")]) if (element.localName.includes(":")) unwrap(element)
  for (const space of page.querySelectorAll(".Apple-converted-space")) space.replaceWith(" ")
  if (fromOffice) fromWord(page)
  if (isMac(html)) fromMac(page, html)
  looksFromStyles(page)
  notes(page)
  lists(page)
  headings(page)
  tablesAndLines(page)
  links(page)
  const { taken, left } = pictures(page)
  emptiness(page)
  for (const element of page.querySelectorAll("[data-style]")) element.removeAttribute("data-style")
  return { html: page.body.innerHTML, pictures: taken, left }
}

// An address alone in the clipboard that says where somebody came from, without that; "" for everything else.
export function countedAddress(transfer) {
  const text = transfer.getData("text/plain").trim()
  return /^https?:\/\/\S+$/i.test(text) && cleanAddress(text) !== text ? cleanAddress(text) : ""
}

// The HTML of Markdown in the clipboard; "" for what is none. Editors of code give it a dress of colours.
export function markdownOf(transfer) {
  const html = transfer.getData("text/html")
  const dressed = /white-space:\s*pre\b/i.test(html.slice(0, 600)) && /monospace|menlo|consolas|courier/i.test(html.slice(0, 600))
  const text = transfer.getData("text/plain")
  return (!html || dressed) && looksLikeMarkdown(text) ? markdownToHtml(text) : ""
}
