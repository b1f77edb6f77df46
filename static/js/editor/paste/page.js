// The pasted page as something to read: nothing in it runs or is loaded, and its styles are kept under another name.

// Styles are only read, and handlers go. Under another name the content policy has nothing to object to.
function inert(html) {
  return html
    .replace(/<style\b[\s\S]*?(<\/style>|$)/gi, "")
    .replace(/<[a-z][^>]*/gi, (tag) => tag.replace(/([\s/"'])(style|on[a-z]+)\s*=/gi, "$1data-$2="))
}

export function readPage(html) {
  return new DOMParser().parseFromString(inert(html), "text/html")
}

export const styleOf = (element) => element.getAttribute("data-style") || ""

export function replaceWith(element, tag) {
  const made = element.ownerDocument.createElement(tag)
  made.append(...element.childNodes)
  element.replaceWith(made)
  return made
}

export function unwrap(element) {
  element.replaceWith(...element.childNodes)
}

export const isEmpty = (element) => !element.textContent.replace(/[\s\u00a0\u200b\ufeff]/g, "")

// Looks that are said by a style and not by an element.
const LOOKS = [
  ["strong", /font-weight:\s*(bold|[6-9]00)/i, "h1, h2, h3, h4, h5, h6, th, strong, b"],
  ["em", /font-style:\s*italic/i, "em, i, cite"],
  ["s", /text-decoration[a-z-]*:[^;]*line-through/i, "s, del, strike"],
  ["sup", /vertical-align:\s*super/i, "sup"],
  ["sub", /vertical-align:\s*sub\b/i, "sub"],
]

export function looksFromStyles(page) {
  for (const wrapper of page.querySelectorAll("b[data-style]")) if (/(^|;)\s*font-weight:\s*normal/i.test(styleOf(wrapper))) unwrap(wrapper)
  for (const span of page.querySelectorAll("span[data-style], font[data-style]")) {
    for (const [tag, pattern, within] of LOOKS) {
      if (!pattern.test(styleOf(span)) || span.closest(within) || isEmpty(span)) continue
      const made = page.createElement(tag)
      made.append(...span.childNodes)
      span.append(made)
    }
  }
}
