// "Report this story" takes along what is selected in the story, so that nobody has to copy it.
const LONGEST = 1000
const link = document.querySelector("[data-report]")
const plain = link?.getAttribute("href")

function selected() {
  const selection = getSelection()
  const story = document.querySelector("article.story")
  if (!selection || selection.isCollapsed || !story?.contains(selection.anchorNode)) return ""
  return selection.toString().replace(/\s+/g, " ").trim().slice(0, LONGEST)
}

function fill() {
  const passage = selected()
  link.setAttribute("href", passage ? `${plain}?passage=${encodeURIComponent(passage)}` : plain)
}

// Before the click: pressing a link may take the selection away.
if (link) for (const sign of ["pointerdown", "focus"]) link.addEventListener(sign, fill)
