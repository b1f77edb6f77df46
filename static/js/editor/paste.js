// What is pasted from Word, Google Docs, LibreOffice or a page, as plain headings, lists, links and tables.
// The parsed document is inert: no script in it runs and nothing is loaded.

// Styles are only read, and handlers go. Under another name the content policy has nothing to object to.
function inert(html) {
  return html
    .replace(/<style\b[\s\S]*?(<\/style>|$)/gi, "")
    .replace(/<[a-z][^>]*/gi, (tag) => tag.replace(/([\s/"'])(style|on[a-z]+)\s*=/gi, "$1data-$2="))
}

const styleOf = (element) => element.getAttribute("data-style") || ""

function replaceWith(element, tag) {
  const made = element.ownerDocument.createElement(tag)
  made.append(...element.childNodes)
  element.replaceWith(made)
  return made
}

function unwrap(element) {
  element.replaceWith(...element.childNodes)
}

// Word writes a list as paragraphs with a mark in them.
function listsFromWord(page) {
  let open = [] // the lists around the last item, outermost first
  let last = null
  for (const paragraph of [...page.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const level = Number(/mso-list:\s*l\d+\s+level(\d+)/i.exec(styleOf(paragraph))?.[1] || 0)
    if (!level) {
      open = []
      last = null
      continue
    }
    let mark = ""
    for (const span of paragraph.querySelectorAll("[data-style]")) {
      if (!/mso-list:\s*ignore/i.test(styleOf(span))) continue
      mark += span.textContent
      span.remove()
    }
    const tag = /^\s*(\d+|[a-z]{1,4})[.)]/i.test(mark) ? "ol" : "ul"
    if (last && paragraph.previousElementSibling !== open[0]) open = []
    open.length = Math.min(open.length, level)
    if (open.length === level && open[level - 1].localName !== tag) open.length = level - 1
    while (open.length < level) {
      const list = page.createElement(tag)
      const around = open.at(-1)
      if (!around) paragraph.before(list)
      else (around.lastElementChild || around.appendChild(page.createElement("li"))).append(list)
      open.push(list)
    }
    const item = page.createElement("li")
    item.append(...paragraph.childNodes)
    open.at(-1).append(item)
    paragraph.remove()
    last = item
  }
}

// Google Docs says bold and italic by styles of spans, and wraps all in a <b> that is not bold.
function looksFromStyles(page) {
  for (const wrapper of page.querySelectorAll("b[id^='docs-internal-guid'], b[data-style*='font-weight:normal']")) unwrap(wrapper)
  for (const span of page.querySelectorAll("span[data-style]")) {
    const style = styleOf(span)
    const looks = []
    if (/font-weight:\s*(bold|[6-9]00)/i.test(style) && !span.closest("h1, h2, h3, h4, h5, h6, strong, b")) looks.push("strong")
    if (/font-style:\s*italic/i.test(style) && !span.closest("em, i")) looks.push("em")
    for (const look of looks) {
      const made = page.createElement(look)
      made.append(...span.childNodes)
      span.append(made)
    }
  }
}

// A story's own headings begin at 2, because its title is the first.
function headings(page) {
  const shift = page.querySelector("h1") ? 1 : 0
  for (const heading of [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")]) {
    replaceWith(heading, `h${Math.min(4, Number(heading.localName[1]) + shift)}`)
  }
}

// Google leads through a page of its own, which counts who follows.
function links(page) {
  for (const link of page.querySelectorAll("a[href]")) {
    const through = /^https:\/\/www\.google\.com\/url\?(.*)/.exec(link.getAttribute("href"))
    const target = through && new URLSearchParams(through[1]).get("q")
    if (target) link.setAttribute("href", target)
  }
}

function emptiness(page) {
  for (const element of [...page.querySelectorAll("p, h2, h3, h4, li")].reverse()) {
    if (!element.textContent.replace(/[\s\u00a0\u200b]/g, "") && !element.querySelector("img, hr, ul, ol")) element.remove()
  }
}

// Gives {html, pictures}: how many pictures were left out because they lie elsewhere.
export function cleanPaste(html) {
  const page = new DOMParser().parseFromString(inert(html), "text/html")
  for (const element of page.querySelectorAll("script, style, meta, link, title, iframe, object, embed, svg, math, template, form, input, button, select, textarea, video, audio")) element.remove()
  for (const element of [...page.querySelectorAll("*")]) if (element.localName.includes(":")) unwrap(element)
  looksFromStyles(page)
  listsFromWord(page)
  headings(page)
  links(page)
  let pictures = 0
  for (const image of page.querySelectorAll("img")) {
    if (/^\/media\/pictures\//.test(image.getAttribute("src") || "")) continue
    image.remove()
    pictures += 1
  }
  emptiness(page)
  for (const element of page.querySelectorAll("[data-style]")) element.removeAttribute("data-style")
  return { html: page.body.innerHTML, pictures }
}
