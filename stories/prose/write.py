"""Blocks written as canonical HTML: one spelling for one meaning, so that equal texts have equal hashes."""

from collections.abc import Iterable

from stories.prose.blocks import Block, Run
from stories.prose.errors import TooDeep, TooLong


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def escape_attribute(value: str) -> str:
    return escape(value).replace('"', "&quot;")


def write_runs(runs: Iterable[Run], *, link_attributes: str = "") -> str:
    """Runs as phrasing content; looks that two neighbours share stay open between them.

    `link_attributes` follows the href of each link, with a space before it.
    """
    out: list[str] = []
    opened: list[str] = []  # "a" with its address, then marks in their order
    for run in runs:
        wanted = [f"a {run.href}", *run.marks] if run.href else list(run.marks)
        shared = 0
        while shared < len(opened) and shared < len(wanted) and opened[shared] == wanted[shared]:
            shared += 1
        out.extend(_end(look) for look in reversed(opened[shared:]))
        out.extend(_start(look, link_attributes) for look in wanted[shared:])
        out.append(escape(run.text).replace("\n", "<br>"))
        opened = wanted
    out.extend(_end(look) for look in reversed(opened))
    return "".join(out)


def _start(look: str, link_attributes: str) -> str:
    if look.startswith("a "):
        return f'<a href="{escape_attribute(look[2:])}"{link_attributes}>'
    return f"<{look}>"


def _end(look: str) -> str:
    return "</a>" if look.startswith("a ") else f"</{look}>"


def start_tag(name: str, attributes: dict[str, str], *keys: str) -> str:
    """The tag with those of the attributes that are there, in the order of `keys`."""
    written = (f' {key}="{escape_attribute(attributes[key])}"' for key in keys if key in attributes)
    return f"<{name}{''.join(written)}>"


class Writer:
    """Writes blocks as the sanitiser keeps them. What readers get is written by a child of it."""

    link_attributes = ""

    def __init__(self, *, max_characters: int, max_depth: int) -> None:
        self.out: list[str] = []
        self.room = max_characters
        self.max_depth = max_depth

    def write(self, body: Block) -> str:
        """Raises TooLong and TooDeep where the writing would pass the limits."""
        self.children(body, 0)
        return "".join(self.out)

    def put(self, text: str) -> None:
        self.room -= len(text)
        if self.room < 0:
            raise TooLong
        self.out.append(text)

    def children(self, block: Block, depth: int) -> None:
        if depth > self.max_depth:
            raise TooDeep
        for child in block.children:
            self.block(child, depth + 1)

    def block(self, block: Block, depth: int) -> None:
        if block.kind in ("p", "h2", "h3", "h4", "footer"):
            self.text(block)
        elif block.kind == "pre":
            self.put(f"<pre><code>{escape(block.runs[0].text)}</code></pre>")
        elif block.kind == "hr":
            self.put("<hr>")
        elif block.kind == "figure":
            self.figure(block)
        elif block.kind == "table":
            self.table(block, depth)
        else:
            self.container(block, depth)

    def text(self, block: Block) -> None:
        self.put(f"<{block.kind}>{self.runs(block)}</{block.kind}>")

    def runs(self, block: Block) -> str:
        return write_runs(block.runs, link_attributes=self.link_attributes)

    def figure(self, block: Block) -> None:
        caption = f"<figcaption>{self.runs(block)}</figcaption>" if block.runs else ""
        self.put(f"{self.figure_tag(block)}{self.picture(block)}{caption}</figure>")

    def figure_tag(self, block: Block) -> str:
        return start_tag("figure", block.attributes, "align")

    def picture(self, block: Block) -> str:
        return start_tag("img", block.attributes, "src", "alt")

    def container(self, block: Block, depth: int) -> None:
        self.put(start_tag(block.kind, block.attributes, "start", "colspan", "rowspan"))
        only = block.children[0] if len(block.children) == 1 else None
        if block.kind in ("li", "td", "th") and only is not None and only.kind == "p":
            self.put(self.runs(only))
        else:
            self.children(block, depth)
        self.put(f"</{block.kind}>")

    def table(self, block: Block, depth: int) -> None:
        rows = block.children
        heads = 0
        while heads < len(rows) and rows[heads].attributes.get("head"):
            heads += 1
        self.put("<table>")
        for name, part in (("thead", rows[:heads]), ("tbody", rows[heads:])):
            if part:
                self.put(f"<{name}>")
                self.children(Block(name, children=part), depth + 1)
                self.put(f"</{name}>")
        self.put("</table>")
