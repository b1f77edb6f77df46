"""A story's canonical text as Markdown that reads back as the very same text, and the reader of it.

What Markdown cannot say (captions, wide pictures, cells that span, the source of a quote) stands there as the
HTML it is, which Markdown allows. Each block is read back as it is written: one that would come back otherwise is
written as HTML too.
"""

import json
import re
from collections.abc import Mapping

from markdown_it import MarkdownIt

from stories.prose.addresses import safe_picture
from stories.prose.blocks import Block, Run, block_text
from stories.prose.clean import MAX_BYTES, clean
from stories.prose.openings import MAX_DEPTH
from stories.prose.parse import parse
from stories.prose.write import Writer

# What a file says at its head, so that it is read whole and its HTML as HTML.
OURS = "mystory"

_READER = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable(["table", "strikethrough"])
_SIGNS = re.compile(r"([\\`*_\[\]<>~|&!#])")
_LINE_START = re.compile(r"^(\s*\d{0,9})([-+=.)])", re.MULTILINE)
_SIGNED = {"strong": ("**", "**"), "em": ("*", "*"), "s": ("~~", "~~")}
_BETWEEN_LISTS = "<!-- -->"


def read_own_markdown(text: str) -> str:
    """Canonical HTML of what `write_markdown` wrote. Pictures lie beside the file, as in the archive."""
    return clean(_READER.render(text), find_picture=_own_picture)


def write_markdown(html: str) -> str:
    """`read_own_markdown` of it gives `html` again, which has to be canonical."""
    blocks = parse(html).children
    written = [_written(block) for block in blocks]
    text = _joined(blocks, written)
    if read_own_markdown(text) == html:
        return text
    return "\n\n".join(_as_html(block) for block in blocks) + "\n"


def write_file(html: str, said: Mapping[str, str]) -> str:
    """The text under its head: `said` are the lines there, each a name and a value."""
    lines = [
        f"{OURS}: 1",
        *(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in said.items()),
    ]
    return "\n".join(["---", *lines, "---", "", write_markdown(html)])


def _own_picture(address: str) -> str | None:
    return safe_picture(f"/media/{address}" if address.startswith("pictures/") else address)


def _joined(blocks: list[Block], written: list[str]) -> str:
    """Two lists in a row would be read as one: a comment between keeps them apart."""
    parts: list[str] = []
    for place, text in enumerate(written):
        if place and blocks[place].kind == blocks[place - 1].kind and blocks[place].kind in ("ul", "ol"):
            parts.append(_BETWEEN_LISTS)
        parts.append(text)
    return "\n\n".join(parts) + "\n"


def _written(block: Block) -> str:
    html = _html(block)
    text = _markdown(block)
    return text if text and read_own_markdown(text) == html else _as_html(block)


def _html(block: Block) -> str:
    return Writer(max_characters=MAX_BYTES, max_depth=MAX_DEPTH).write(Block("body", children=[block]))


def _as_html(block: Block) -> str:
    """On one line, because an empty line would end it."""
    html = _html(block).replace('src="/media/pictures/', 'src="pictures/')
    return html if block.kind == "pre" else html.replace("\n", "&#10;")


def _markdown(block: Block) -> str:
    """ "" where Markdown has no way to say it."""
    match block.kind:
        case "p":
            return _inline(block.runs)
        case "h2" | "h3" | "h4":
            return f"{'#' * int(block.kind[1])} {_inline(block.runs)}"
        case "pre":
            return _fenced(block_text(block))
        case "hr":
            return "* * *"
        case "ul" | "ol":
            return _list(block)
        case "blockquote":
            parts = [_markdown(child) for child in block.children]
            return _indented("\n\n".join(parts), "> ", "> ") if all(parts) else ""
        case "figure":
            return "" if block.runs or "align" in block.attributes else _picture(block)
        case "table":
            return _table(block)
    return ""


def _picture(block: Block) -> str:
    address = block.attributes["src"].removeprefix("/media/")
    return f"![{_escaped(block.attributes.get('alt', ''))}](<{address}>)"


def _fenced(text: str) -> str:
    longest = max((len(found) for found in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _list(block: Block) -> str:
    items = []
    for number, item in enumerate(block.children, int(block.attributes.get("start", "1"))):
        mark = "- " if block.kind == "ul" else f"{number}. "
        parts = [_markdown(child) for child in item.children]
        if not all(parts):
            return ""
        nests = all(child.kind in ("ul", "ol") for child in item.children[1:])
        items.append(_indented(("\n" if nests else "\n\n").join(parts), mark, " " * len(mark)))
    return "\n".join(items)


def _indented(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join((others if place else first) + line for place, line in enumerate(lines))


def _table(block: Block) -> str:
    rows = [
        [_inline(cell.children[0].runs) if cell.children else "" for cell in row.children]
        for row in block.children
    ]
    if not rows:
        return ""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def _inline(runs: list[Run]) -> str:
    out: list[str] = []
    opened: list[str] = []
    for run in runs:
        wanted = ([f"a {run.href}"] if run.href else []) + [mark for mark in run.marks if mark != "code"]
        shared = 0
        while shared < min(len(opened), len(wanted)) and opened[shared] == wanted[shared]:
            shared += 1
        out += [_end(look) for look in reversed(opened[shared:])]
        out += [_start(look) for look in wanted[shared:]]
        out.append(_code(run.text) if "code" in run.marks else _escaped(run.text))
        opened = wanted
    out += [_end(look) for look in reversed(opened)]
    return _LINE_START.sub(r"\1\\\2", "".join(out))


def _start(look: str) -> str:
    if look.startswith("a "):
        return "["
    return _SIGNED[look][0] if look in _SIGNED else f"<{look}>"


def _end(look: str) -> str:
    if look.startswith("a "):
        return f"](<{look[2:]}>)"
    return _SIGNED[look][1] if look in _SIGNED else f"</{look}>"


def _code(text: str) -> str:
    longest = max((len(found) for found in re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    return f"{ticks} {text} {ticks}" if text[:1] == "`" or text[-1:] == "`" else f"{ticks}{text}{ticks}"


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text).replace("\xa0", "&nbsp;").replace("\n", "\\\n")
