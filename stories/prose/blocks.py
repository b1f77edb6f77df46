"""A story's body as a tree of blocks that hold runs of text: what the sanitiser writes and others read."""

from collections.abc import Iterator
from dataclasses import dataclass, field

# In the order in which they nest when written, outermost first; a link is outside them all.
MARKS = ("strong", "em", "s", "sub", "sup", "code")

# Blocks that hold runs of text, and blocks that hold blocks. A figure holds its caption's runs; a footer is the
# last block of a quote and says where it is from.
TEXT_KINDS = frozenset({"p", "h2", "h3", "h4", "pre", "figure", "footer"})
CONTAINER_KINDS = frozenset({"body", "ul", "ol", "li", "blockquote", "table", "tr", "td", "th"})


@dataclass(slots=True)
class Run:
    """Text of one look. A line break within a paragraph is "\\n"."""

    text: str
    marks: tuple[str, ...] = ()  # in the order of MARKS
    href: str = ""


@dataclass(slots=True)
class Block:
    """`attributes` are those that are written: start, colspan, rowspan, src, alt, and a figure's align, which is
    "wide" or not there; a table row's `head` is "1" when it belongs to the table's head."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


def block_text(block: Block) -> str:
    """The text of a block's own runs, without its children's."""
    return "".join(run.text for run in block.runs)


def walk(block: Block) -> Iterator[Block]:
    """The block and all below it, in reading order."""
    waiting = [block]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(here.children))
