"""HTML from anybody read into blocks: what is known keeps its meaning, the rest keeps its words.

One pass over the tokens with a stack of open elements. The stack has a limit, so the time is proportional to
the length of the text, and whoever reads the blocks may recurse.
"""

import re

from stories.prose.addresses import FindPicture, safe_href, safe_picture
from stories.prose.blocks import Block, Run
from stories.prose.elements import (
    CELLS,
    CONTAINERS,
    DIVISIONS,
    ENDS_BEFORE_ITS_LIKE,
    HEADINGS,
    ITEM_OF,
    MARK_OF,
    ROW_PARTS,
    TABLE_PARTS,
    TEXT_OF,
    VOID,
)
from stories.prose.errors import TooLong
from stories.prose.openings import Open, Openings
from stories.prose.plain import clean_line
from stories.prose.tidy import tidy_figure, tidy_quote, tidy_table, tidy_text
from stories.prose.tokens import RAW, Start, Text, tokenise

MAX_CHARACTERS = 500_000
MAX_PIECES = 30_000  # blocks and runs of one look; a long novel has a third of them
MAX_ALT = 500  # characters

_WHITE_CHARACTERS = " \t\n\f\r"
_WHITE = re.compile(f"[{_WHITE_CHARACTERS}]+")
_MANY_PIECES = (
    "This story is made of more than 30,000 paragraphs and changes of formatting. "
    "Please make two stories of it, or paste it again as plain text."
)
_EMPTY_LINE = re.compile(r"\r?\n[ \t]*+\r?\n\s*+")
_NUMBER = re.compile(r"[0-9]{1,4}")


def parse(
    source: str, *, max_characters: int = MAX_CHARACTERS, find_picture: FindPicture = safe_picture
) -> Block:
    """The body as blocks. `find_picture` gives the address of ours for an address that stands there, or None.

    Raises TooDeep when more than MAX_DEPTH elements stand within each other, TooLong at more than MAX_PIECES or as
    soon as it is certain that the blocks written as HTML take more than `max_characters`.
    """
    reader = _Reader(max_characters, find_picture)
    for token in tokenise(source):
        if isinstance(token, Text):
            reader.text(token.text)
        elif isinstance(token, Start):
            reader.start(token)
        else:
            reader.end(token.name)
    return reader.finish()


class _Reader(Openings):
    def __init__(self, max_characters: int, find_picture: FindPicture) -> None:
        self.body = Block("body")
        super().__init__(self.body)
        self.leaf: Block | None = None
        self.room = max_characters
        self.find_picture = find_picture
        self.pieces = MAX_PIECES

    # What the tokens do.

    def text(self, text: str) -> None:
        parts = _EMPTY_LINE.split(text) if "\n" in text and self.is_loose() else (text,)
        for number, part in enumerate(parts):
            if number:
                self.end_text()
            if self.leaf is None and not part.strip(_WHITE_CHARACTERS):
                continue
            leaf = self.leaf or self.open_leaf()
            self.add(leaf, part if leaf.kind == "pre" else _WHITE.sub(" ", part))

    def start(self, tag: Start) -> None:
        name = tag.name
        if name in MARK_OF:
            self.push(Open(name, mark=MARK_OF[name]))
        elif name == "a":
            self.push_link(safe_href(tag.attributes.get("href", "")) or "")
        elif name in TEXT_OF:
            self.begin_block()
            if name in HEADINGS:
                self.pop_within(HEADINGS, CONTAINERS)
            self.push(Open(name))
        elif name in CONTAINERS:
            self.begin_block()
            self.start_container(name, tag.attributes)
        elif name in DIVISIONS:
            self.begin_block()
            self.pop_within(ENDS_BEFORE_ITS_LIKE.get(name, frozenset()), CONTAINERS - ROW_PARTS)
            self.push(Open(name))
        elif name in VOID:
            self.void(tag)
        elif name not in RAW and not tag.closed:
            self.push(Open(name))

    def void(self, tag: Start) -> None:
        if tag.name == "br" and self.leaf is not None:
            self.add(self.leaf, "\n")
        elif tag.name == "hr":
            self.begin_block()
            self.place(Block("hr"))
        elif tag.name == "img":
            address = self.find_picture(tag.attributes.get("src", ""))
            if address is not None:
                self.end_text()
                alt = clean_line(tag.attributes.get("alt", "")[: MAX_ALT * 4])[:MAX_ALT].strip()
                self.place(Block("figure", attributes={"src": address, "alt": alt}))

    def end(self, name: str) -> None:
        if name in MARK_OF or name == "a":
            self.drop(name)
        else:
            self.pop_within({name}, CELLS if name not in TABLE_PARTS else frozenset())

    def finish(self) -> Block:
        while self.stack:
            self.pop()
        self.end_text()
        return self.body

    # Blocks of text.

    def begin_block(self) -> None:
        if self.open_names.get("p"):
            self.pop_within({"p"}, CONTAINERS)
        self.end_text()

    def open_leaf(self) -> Block:
        """A text block for what comes now, of the kind that the outermost open text element asks for."""
        kind = "p"
        for entry in reversed(self.stack):
            if entry.block is not None:
                break
            # A footer that is not a quote's is a division like another.
            if entry.name != "footer" or self.containers[-1].kind == "blockquote":
                kind = TEXT_OF.get(entry.name, kind)
        self.leaf = Block(kind)
        return self.leaf

    def add(self, leaf: Block, text: str) -> None:
        marks, href = self.look() if leaf.kind != "pre" else ((), "")
        leaf.runs.append(Run(text, marks, href))

    def end_text(self) -> None:
        if self.leaf is not None:
            leaf, self.leaf = self.leaf, None
            for block in tidy_text(leaf):
                self.place(block)

    # Blocks that hold blocks.

    def start_container(self, name: str, attributes: dict[str, str]) -> None:
        if name in ITEM_OF:
            self.pop_within(ENDS_BEFORE_ITS_LIKE[name], ITEM_OF[name])
            if name in CELLS and self.containers[-1].kind == "table":
                self.start_container("tr", {})
            if self.containers[-1].kind not in (ITEM_OF[name] if name not in CELLS else {"tr"}):
                self.push(Open(name))  # an item without its list is a division like another
                return
        block = Block(name)
        if name in CELLS:
            _keep_number(block, attributes, "colspan", least=2, most=20)
            _keep_number(block, attributes, "rowspan", least=2, most=50)
        elif name == "tr" and self.is_in_head():
            block.attributes["head"] = "1"
        elif name == "figure" and attributes.get("align") == "wide":
            block.attributes["align"] = "wide"
        elif name == "ol":
            _keep_number(block, attributes, "start", least=0, most=9999)
            if block.attributes.get("start") == "1":
                del block.attributes["start"]
        self.spend(pieces=name != "figure")
        self.push(Open(name, block=block))

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

    def end_container(self, block: Block) -> None:
        if block.kind == "figure":
            for each in tidy_figure(block):
                self.put(each)
        elif block.kind == "table":
            if any(cell.children for row in block.children for cell in row.children):
                tidy_table(block)
                self.put(block)
        elif block.kind in CELLS or (block.kind in ITEM_OF and block.children):
            # Of <li></li> all but two may have been counted for its paragraph.
            self.spend(characters=2 if block.children else 9)
            self.containers[-1].children.append(block)
        elif block.children:
            if block.kind == "blockquote":
                tidy_quote(block)
            self.put(block)

    def spend(self, *, pieces: int = 0, characters: int = 0) -> None:
        """Count what there is, and what will be written of it at the least; no less when it is read again."""
        self.pieces -= pieces
        self.room -= characters
        if self.pieces < 0:
            raise TooLong(_MANY_PIECES)
        if self.room < 0:
            raise TooLong


def _keep_number(block: Block, attributes: dict[str, str], key: str, *, least: int, most: int) -> None:
    value = attributes.get(key, "")
    if _NUMBER.fullmatch(value) and least <= int(value) <= most:
        block.attributes[key] = str(int(value))
