"""HTML from anybody read into blocks: what is known keeps its meaning, the rest keeps its words.

One pass over the tokens with a stack of open elements. The stack has a limit, so the time is proportional to
the length of the text, and whoever reads the blocks may recurse.
"""

import re
from collections.abc import Set

from stories.prose.addresses import safe_href, safe_picture
from stories.prose.blocks import MARKS, Block, Run
from stories.prose.errors import TooDeep, TooLong
from stories.prose.plain import clean_line
from stories.prose.tidy import tidy_figure, tidy_text
from stories.prose.tokens import RAW, Start, Text, tokenise

MAX_DEPTH = 100  # elements within each other
MAX_CHARACTERS = 500_000
MAX_PIECES = 30_000  # blocks and runs of one look; a long novel has a third of them
MAX_ALT = 500  # characters

_MARK_OF = {
    **{name: name for name in MARKS},
    **dict.fromkeys(("b",), "strong"),
    **dict.fromkeys(("i", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("del", "strike"), "s"),
    **dict.fromkeys(("kbd", "samp", "tt"), "code"),
}
_TEXT_OF = {
    "p": "p", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4",
    "pre": "pre", "listing": "pre",    "figcaption": "figcaption", "caption": "p",
}  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTAINERS = frozenset({"ul", "ol", "li", "blockquote", "table", "tr", "td", "th", "figure"})
_VOID = frozenset(
    {"area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input",
     "keygen", "link", "meta", "param", "source", "track", "wbr"}
)  # fmt: skip
# They have no look of their own here, but what stands in two of them does not stand in one paragraph.
_DIVISIONS = frozenset(
    {"address", "article", "aside", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
     "fieldset", "footer", "form", "frameset", "head", "header", "hgroup", "html", "legend", "main", "menu",
     "nav", "option", "search", "section", "select", "summary", "tbody", "tfoot", "thead"}
)  # fmt: skip
_ROW_PARTS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_TABLE_PARTS = _ROW_PARTS | _CELLS | {"table", "tr"}
# What an item must stand in, and what an item ends that its author left open.
_ITEM_OF = {
    "li": frozenset({"ul", "ol"}),
    "tr": frozenset({"table"}),
    "td": frozenset({"table"}),
    "th": frozenset({"table"}),
}
_ENDS_BEFORE_ITS_LIKE = {
    "li": frozenset({"li"}),
    "tr": frozenset({"tr"}),
    "td": _CELLS,
    "th": _CELLS,
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
    **dict.fromkeys(_ROW_PARTS, _ROW_PARTS),
}
_BREAKS = _DIVISIONS | _CONTAINERS | frozenset(_TEXT_OF)
_WHITE = re.compile(r"[ \t\n\f\r]+")
_MANY_PIECES = (
    "This story is made of more than 30,000 paragraphs and changes of formatting. "
    "Please make two stories of it, or paste it again as plain text."
)
_EMPTY_LINE = re.compile(r"\r?\n[ \t]*+\r?\n\s*+")
_NUMBER = re.compile(r"[0-9]{1,4}")


class _Open:
    """An element that is open: its name, and the block or mark that it brought."""

    __slots__ = ("block", "mark", "name")

    def __init__(self, name: str, *, block: Block | None = None, mark: str = "") -> None:
        self.name = name
        self.block = block
        self.mark = mark


def parse(source: str, *, max_characters: int = MAX_CHARACTERS) -> Block:
    """The body as blocks.

    Raises TooDeep when more than MAX_DEPTH elements stand within each other, TooLong at more than MAX_PIECES or as
    soon as it is certain that the blocks written as HTML take more than `max_characters`.
    """
    reader = _Reader(max_characters)
    for token in tokenise(source):
        if isinstance(token, Text):
            reader.text(token.text)
        elif isinstance(token, Start):
            reader.start(token)
        else:
            reader.end(token.name)
    return reader.finish()


class _Reader:
    def __init__(self, max_characters: int) -> None:
        self.body = Block("body")
        self.stack: list[_Open] = []
        self.open_names: dict[str, int] = {}
        self.containers: list[Block] = [self.body]
        self.marks: dict[str, int] = {}
        self.href = ""
        self.look: tuple[tuple[str, ...], str] | None = ((), "")
        self.leaf: Block | None = None
        self.room = max_characters
        self.pieces = MAX_PIECES

    # What the tokens do.

    def text(self, text: str) -> None:
        parts = _EMPTY_LINE.split(text) if "\n" in text and self.is_loose() else (text,)
        for number, part in enumerate(parts):
            if number:
                self.close_leaf()
            if self.leaf is None and not part.strip():
                continue
            leaf = self.leaf or self.open_leaf()
            self.add(leaf, part if leaf.kind == "pre" else _WHITE.sub(" ", part))

    def start(self, tag: Start) -> None:
        name = tag.name
        if name in _MARK_OF:
            self.push(_Open(name, mark=_MARK_OF[name]))
        elif name == "a":
            self.drop("a")
            self.push(_Open("a"))
            self.href, self.look = safe_href(tag.attributes.get("href", "")) or "", None
        elif name in _TEXT_OF:
            self.begin_block()
            if name in _HEADINGS:
                self.pop_within(_HEADINGS, _CONTAINERS)
            self.push(_Open(name))
        elif name in _CONTAINERS:
            self.begin_block()
            self.start_container(name, tag.attributes)
        elif name in _DIVISIONS:
            self.begin_block()
            self.pop_within(_ENDS_BEFORE_ITS_LIKE.get(name, frozenset()), _CONTAINERS - _ROW_PARTS)
            self.push(_Open(name))
        elif name in _VOID:
            self.void(tag)
        elif name not in RAW and not tag.closed:
            self.push(_Open(name))

    def void(self, tag: Start) -> None:
        if tag.name == "br" and self.leaf is not None:
            self.add(self.leaf, "\n")
        elif tag.name == "hr":
            self.begin_block()
            self.place(Block("hr"))
        elif tag.name == "img":
            address = safe_picture(tag.attributes.get("src", ""))
            if address is not None:
                self.close_leaf()
                alt = clean_line(tag.attributes.get("alt", "")[: MAX_ALT * 4])[:MAX_ALT].strip()
                self.place(Block("figure", attributes={"src": address, "alt": alt}))

    def end(self, name: str) -> None:
        if name in _MARK_OF or name == "a":
            self.drop(name)
        else:
            self.pop_within({name}, _CELLS if name not in _TABLE_PARTS else frozenset())

    def finish(self) -> Block:
        while self.stack:
            self.pop()
        self.close_leaf()
        return self.body

    # Blocks of text.

    def is_loose(self) -> bool:
        """Whether text stands in no block of its own, as somebody types it who knows of no tags."""
        return not any(entry.name in _BREAKS for entry in self.stack)

    def begin_block(self) -> None:
        if self.open_names.get("p"):
            self.pop_within({"p"}, _CONTAINERS)
        self.close_leaf()

    def open_leaf(self) -> Block:
        """A text block for what comes now, of the kind that the outermost open text element asks for."""
        kind = "p"
        for entry in reversed(self.stack):
            if entry.block is not None:
                break
            kind = _TEXT_OF.get(entry.name, kind)
        self.leaf = Block(kind)
        return self.leaf

    def add(self, leaf: Block, text: str) -> None:
        if self.look is None:
            self.look = (tuple(mark for mark in MARKS if self.marks.get(mark)), self.href)
        marks, href = self.look if leaf.kind != "pre" else ((), "")
        leaf.runs.append(Run(text, marks, href))

    def close_leaf(self) -> None:
        if self.leaf is not None:
            leaf, self.leaf = self.leaf, None
            for block in tidy_text(leaf):
                self.place(block)

    # Blocks that hold blocks.

    def start_container(self, name: str, attributes: dict[str, str]) -> None:
        if name in _ITEM_OF:
            self.pop_within(_ENDS_BEFORE_ITS_LIKE[name], _ITEM_OF[name])
            if name in _CELLS and self.containers[-1].kind == "table":
                self.start_container("tr", {})
            if self.containers[-1].kind not in (_ITEM_OF[name] if name not in _CELLS else {"tr"}):
                self.push(_Open(name))  # an item without its list is a division like another
                return
        block = Block(name)
        if name in _CELLS:
            _keep_number(block, attributes, "colspan", least=2, most=20)
            _keep_number(block, attributes, "rowspan", least=2, most=50)
        elif name == "tr" and self.is_in_head():
            block.attributes["head"] = "1"
        elif name == "ol":
            _keep_number(block, attributes, "start", least=0, most=9999)
            if block.attributes.get("start") == "1":
                del block.attributes["start"]
        self.spend(pieces=name != "figure")
        self.push(_Open(name, block=block))

    def is_in_head(self) -> bool:
        for entry in reversed(self.stack):
            if entry.name in ("thead", "table"):
                return entry.name == "thead"
        return False

    def place(self, block: Block) -> None:
        """Put a finished block where it may stand, and count it."""
        self.spend(
            pieces=1 + len(block.runs) + (block.kind == "figure"), characters=4 if block.kind == "hr" else 7
        )
        if block.runs:
            first = block.runs[0]  # its look is written at least here
            self.spend(
                characters=sum(len(run.text) for run in block.runs) + len(first.href) + 7 * len(first.marks)
            )
        self.put(block)

    def put(self, block: Block) -> None:
        """In a list it stands in the last item, beside a table before it.

        A table gets its own place only when it ends, so what is put beside it now stands before it.
        """
        above = next(each for each in reversed(self.containers) if each.kind not in ("table", "tr"))
        if above.kind in ("ul", "ol"):
            if not above.children:
                self.spend(pieces=1)
                above.children.append(Block("li"))
            above = above.children[-1]
        if block.kind == "figcaption" and above.kind != "figure":
            block.kind = "p"
        above.children.append(block)

    def put_container(self, block: Block) -> None:
        if block.kind == "figure":
            for each in tidy_figure(block):
                self.put(each)
        elif block.kind == "table":
            if any(cell.children for row in block.children for cell in row.children):
                self.put(block)
        elif block.kind in _CELLS or (block.kind in _ITEM_OF and block.children):
            # Of <li></li> all but two may have been counted for its paragraph.
            self.spend(characters=2 if block.children else 9)
            self.containers[-1].children.append(block)
        elif block.children:
            self.put(block)

    def spend(self, *, pieces: int = 0, characters: int = 0) -> None:
        """Count what there is, and what will be written of it at the least; no less when it is read again."""
        self.pieces -= pieces
        self.room -= characters
        if self.pieces < 0:
            raise TooLong(_MANY_PIECES)
        if self.room < 0:
            raise TooLong

    # The stack of what is open.

    def push(self, entry: _Open) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise TooDeep
        self.stack.append(entry)
        self.open_names[entry.name] = self.open_names.get(entry.name, 0) + 1
        if entry.mark:
            self.marks[entry.mark] = self.marks.get(entry.mark, 0) + 1
            self.look = None
        elif entry.block is not None:
            self.containers.append(entry.block)

    def pop(self) -> None:
        entry = self.stack.pop()
        self.forget(entry)
        if entry.block is not None:
            self.close_leaf()
            self.containers.pop()
            self.put_container(entry.block)
        elif entry.name in _BREAKS:
            self.close_leaf()

    def forget(self, entry: _Open) -> None:
        self.open_names[entry.name] -= 1
        if entry.mark:
            self.marks[entry.mark] -= 1
            self.look = None
        elif entry.name == "a":
            self.href, self.look = "", None

    def pop_within(self, names: Set[str], barriers: Set[str]) -> None:
        """End the nearest open element of these names and all within it, unless a barrier stands before."""
        for name in names:
            if self.open_names.get(name):
                break
        else:
            return
        for index in range(len(self.stack) - 1, -1, -1):
            name = self.stack[index].name
            if name in names:
                while len(self.stack) > index:
                    self.pop()
                return
            if name in barriers:
                return

    def drop(self, name: str) -> None:
        """End the last open mark or link of this name and leave open what stands within it."""
        if not self.open_names.get(name):
            return
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].name == name:
                self.forget(self.stack.pop(index))
                return


def _keep_number(block: Block, attributes: dict[str, str], key: str, *, least: int, most: int) -> None:
    value = attributes.get(key, "")
    if _NUMBER.fullmatch(value) and least <= int(value) <= most:
        block.attributes[key] = str(int(value))
