// Markdown in the clipboard: what looks like it becomes what it means. A small reader for what people write by hand.
const SIGNS = [/^#{1,6} \S/m, /^ {0,3}([-*+]|\d{1,3}[.)]) \S.*\n(\s*\n)? {0,6}([-*+]|\d{1,3}[.)]) \S/m, /^ {0,3}> \S/m, /^ {0,3}```/m, /^\|?[^\n|]+\|[^\n]*\n\|?\s*:?-{3,}/m, /\*\*\S[^\n*]*\*\*/, /\[[^\]\n]+\]\(https?:[^)\s]+\)/]

export const looksLikeMarkdown = (text) => SIGNS.some((sign) => sign.test(text))

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")

// Marks within a line. Code first: nothing in it is a mark.
function inline(text) {
  const kept = []
  const keep = (html) => `\u0001${kept.push(html) - 1}\u0001`
  return escape(text.replace(/\u0001/g, ""))
    .replace(/(`+)(.+?)\1/g, (_, ticks, code) => keep(`<code>${code.trim()}</code>`))
    .replace(/\\([\\`*_{}[\]()#+.!~|>-])/g, (_, sign) => keep(sign))
    .replace(/!\[([^\]]*)\]\(([^)\s]+)(?: [^)]*)?\)/g, (_, alt, src) => keep(`<img src="${src}" alt="${alt}">`))
    .replace(/\[([^\]]+)\]\(([^)\s]+)(?: [^)]*)?\)/g, (_, words, href) => keep(`<a href="${href}">`) + words + keep("</a>"))
    .replace(/&lt;(https?:[^\s]+?)&gt;/g, (_, href) => keep(`<a href="${href}">${href}</a>`))
    .replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__(?!\w)/g, (_, one, other) => `<strong>${one ?? other}</strong>`)
    .replace(/\*(?=\S)(.+?)(?<=\S)\*|(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)/g, (_, one, other) => `<em>${one ?? other}</em>`)
    .replace(/~~(?=\S)(.+?)(?<=\S)~~/g, "<s>$1</s>")
    .replace(/ {2,}\n|\\\n/g, "<br>")
    .replace(/\u0001(\d+)\u0001/g, (_, number) => kept[number])
    .replace(/\u0001(\d+)\u0001/g, (_, number) => kept[number])
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => inline(cell.replace(/\\\|/g, "|").trim()))
const row = (line, tag) => `<tr>${cells(line).map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`

function table(lines) {
  const end = lines.findIndex((line) => !line.includes("|"))
  const rows = lines.splice(0, end < 0 ? lines.length : end)
  return `<table><thead>${row(rows[0], "th")}</thead><tbody>${rows.slice(2).map((line) => row(line, "td")).join("")}</tbody></table>`
}

const ITEM = /^( *)([-*+]|(\d{1,3})[.)]) +/

// Items with all that is indented below them, which is read like a text of its own.
function list(lines) {
  const [, indent, , first] = ITEM.exec(lines[0])
  const items = []
  while (lines.length) {
    const found = ITEM.exec(lines[0])
    if (!found || found[1].length > indent.length + 1 || Boolean(found[3]) !== Boolean(first)) break
    const width = found[0].length
    const item = [lines.shift().slice(width)]
    while (lines.length && (/^ *$/.test(lines[0]) ? /^ {2,}\S/.test(lines[1] || "") : /^\s/.test(lines[0]) && lines[0].search(/\S/) > found[1].length)) {
      item.push(lines.shift().replace(new RegExp(`^ {0,${width}}`), ""))
    }
    if (/^ *$/.test(lines[0] ?? "x") && ITEM.test(lines[1] || "")) lines.shift()
    items.push(`<li>${markdownToHtml(item.join("\n"))}</li>`)
  }
  const start = first && first !== "1" ? ` start="${Number(first)}"` : ""
  return first ? `<ol${start}>${items.join("")}</ol>` : `<ul>${items.join("")}</ul>`
}

function take(lines, pattern) {
  const taken = []
  while (lines.length && pattern.test(lines[0])) taken.push(lines.shift().replace(pattern, ""))
  return taken
}

const ENDS = /^ {0,3}(#{1,6} |>|```|~~~)|^ *$|^ {0,3}([-*_])( *\2){2,} *$/

function block(lines) {
  const line = lines[0]
  const heading = /^ {0,3}(#{1,6}) +(.*?)(?: +#+)? *$/.exec(line)
  if (heading) return lines.shift() && `<h${heading[1].length}>${inline(heading[2])}</h${heading[1].length}>`
  if (/^ {0,3}([-*_])( *\1){2,} *$/.test(line)) return lines.shift() && "<hr>"
  const fence = /^ {0,3}(```|~~~)/.exec(line)
  if (fence) {
    lines.shift()
    const end = lines.findIndex((each) => each.trim().startsWith(fence[1]))
    const code = lines.splice(0, end < 0 ? lines.length : end)
    lines.shift()
    return `<pre><code>${escape(code.join("\n"))}</code></pre>`
  }
  if (/^ {0,3}>/.test(line)) return `<blockquote>${markdownToHtml(take(lines, /^ {0,3}> ?/).join("\n"))}</blockquote>`
  if (ITEM.test(line)) return list(lines)
  if (line.includes("|") && /^[\s|:-]*-{3,}[\s|:-]*$/.test(lines[1] || "")) return table(lines)
  const words = [lines.shift()]
  while (lines.length && !ENDS.test(lines[0]) && !ITEM.test(lines[0])) words.push(lines.shift())
  return `<p>${inline(words.map((each) => each.trimStart()).join("\n"))}</p>`
}

export function markdownToHtml(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\t/g, "    ").split("\n")
  const out = []
  while (lines.length) {
    if (/^\s*$/.test(lines[0])) lines.shift()
    else out.push(block(lines))
  }
  return out.join("")
}
