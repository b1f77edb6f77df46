"""A story's body cut into the pieces that a comparison pairs: paragraphs, headings, items, pictures, rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

import regex

from stories.prose.blocks import Block, Run
from stories.prose.parse import parse

# Letters with their marks, in any script; the joiners are spelling in Indian scripts. Each other sign is alone.
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}\u200c\u200d_]++(?:['’][\p{L}\p{M}\p{N}]++)*+|[^\s]")

Look = tuple[tuple[str, ...], str]  # marks, and the address of a link or ""
PLAIN: Look = ((), "")


@dataclass(frozen=True)
class Piece:
    """`kind` is that of blocks, or "li" for the text that begins an item and "tr" for a row of a table.

    `inside` names what it stands in, outermost first; `attributes` are what words do not show (src, alt, start,
    the spans of cells). Cells are parted by a tab, the paragraphs of one cell by a line's end.
    """

    kind: str
    runs: tuple[tuple[str, Look], ...]
    inside: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    @cached_property
    def key(self) -> tuple[object, ...]:
        return (self.kind, self.inside, self.attributes, self.runs)

    @cached_property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)

    @cached_property
    def starts(self) -> list[int]:
        """Where its runs begin."""
        return list(accumulate((len(text) for text, _ in self.runs), initial=0))[: len(self.runs)]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where its words and signs begin and end."""
        return [found.span() for found in _WORD.finditer(self.text)]

    @cached_property
    def words(self) -> list[str]:
        return [self.text[start:end] for start, end in self.spans]

    @property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """The attributes that are not a picture's own, of which a list of pictures speaks."""
        return tuple(each for each in self.attributes if each[0] not in ("src", "alt"))

    @property
    def alt(self) -> str:
        return dict(self.attributes).get("alt", "")

    @property
    def source(self) -> str:
        """The address of a picture, "" for anything else."""
        return dict(self.attributes).get("src", "")


def pieces_in(html: str) -> list[Piece]:
    """The pieces of canonical HTML in reading order."""
    return pieces_of(parse(html))


def pieces_of(body: Block) -> list[Piece]:
    return list(chain.from_iterable(_pieces(child, ()) for child in body.children))


def _pieces(block: Block, inside: tuple[str, ...]) -> Iterator[Piece]:
    if block.kind in ("ul", "ol"):
        for place, item in enumerate(block.children):
            start = block.attributes.items() if not place else ()
            yield from _item(item, (*inside, block.kind), start)
    elif block.kind == "table":
        for row in block.children:
            yield _row(row, inside)
    elif block.kind == "blockquote":
        for child in block.children:
            yield from _pieces(child, (*inside, "blockquote"))
    else:
        yield Piece(block.kind, _runs(block.runs), inside, tuple(sorted(block.attributes.items())))


def _item(item: Block, inside: tuple[str, ...], attributes: Iterable[tuple[str, str]]) -> Iterator[Piece]:
    """What begins the item bears its mark; what follows in it stands below."""
    children = item.children
    if children and children[0].kind == "p":
        yield Piece("li", _runs(children[0].runs), inside, tuple(sorted(attributes)))
        children = children[1:]
    for child in children:
        yield from _pieces(child, inside)


def _row(row: Block, inside: tuple[str, ...]) -> Piece:
    runs: list[tuple[str, Look]] = []
    attributes = list(row.attributes.items())
    for place, cell in enumerate(row.children):
        if place:
            runs.append(("\t", PLAIN))
        attributes += [
            (f"{place} {name}", value) for name, value in (*cell.attributes.items(), (cell.kind, ""))
        ]
        for number, part in enumerate(chain.from_iterable(_pieces(child, ()) for child in cell.children)):
            runs += [("\n", PLAIN)] if number else []
            runs += part.runs
            attributes += [(f"{place}.{number} {name}", value) for name, value in part.attributes]
    return Piece("tr", tuple(runs), (*inside, "table"), tuple(attributes))


def _runs(runs: Iterable[Run]) -> tuple[tuple[str, Look], ...]:
    return tuple((run.text, (run.marks, run.href)) for run in runs)
