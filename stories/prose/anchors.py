"""A passage of a text held by where it stands and by its words, and found again in a newer text.

A block is one of the body's own: a paragraph, a heading, a whole list. Places are counted in its words with all white
space left out, so that a browser, which joins and parts lines in its own way, counts the same.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from stories.prose.blocks import TEXT_KINDS, Block, block_text, walk
from stories.prose.compare_match import match
from stories.prose.compare_pieces import PLAIN, Piece, pieces_of
from stories.prose.compare_words import Pairs, common
from stories.prose.parse import parse

CONTEXT = 40  # characters that are kept of what stands before and after
MOST_QUOTED = 1_000  # characters
TELLING = 20  # characters without white space, from which words found elsewhere are the same words

MOST_FOUND = 100  # places of the same words that are weighed against each other

SAME, CHANGED = "same", "changed"


class NoPassage(ValueError):
    """The words do not stand where they are said to stand."""


@dataclass(frozen=True)
class Anchor:
    """`quote` with a little `before` and `after` it, in the block of this number, from the character `start`."""

    block: int
    start: int
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Place:
    """Where an anchor's words stand now. `words` are others than its quote when `state` is "changed"."""

    block: int
    start: int
    end: int
    words: str
    state: str = SAME


@dataclass(frozen=True)
class Passage:
    """A block's words, and the same without white space, with the place of each character that is left."""

    text: str

    @cached_property
    def places(self) -> list[int]:
        return [place for place, sign in enumerate(self.text) if not sign.isspace()]

    @cached_property
    def squeezed(self) -> str:
        return squeeze(self.text)

    def squeezed_at(self, place: int) -> int:
        """A place in the text as one in the characters that are no white space."""
        return bisect_left(self.places, place)

    def find(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Where `wanted`, squeezed, begins and ends in the text: each time it stands there."""
        at = self.squeezed.find(wanted) if wanted else -1
        while at >= 0:
            yield self.places[at], self.places[at + len(wanted) - 1] + 1
            at = self.squeezed.find(wanted, at + 1)


def squeeze(text: str) -> str:
    return "".join(text.split())


def leaves_of(block: Block) -> list[Block]:
    """The blocks in it that have words of their own, in reading order."""
    return [leaf for leaf in walk(block) if leaf.kind in TEXT_KINDS and leaf.runs]


def words_of(block: Block) -> str:
    """All words of a block, a line for each paragraph in it; those said of a picture that has no caption."""
    return "\n".join(block_text(leaf) for leaf in leaves_of(block)) or block.attributes.get("alt", "")


def anchor_in(html: str, block: int, quote: str = "", *, before: str = "") -> Anchor:
    """The anchor of words that somebody marked, or of the whole block when they marked none.

    `before` is what stands before them where they were marked, and tells equal words apart. Raises NoPassage.
    """
    blocks = parse(html).children
    if not 0 <= block < len(blocks):
        raise NoPassage
    passage = Passage(words_of(blocks[block]))
    found = _marked(passage, squeeze(quote), squeeze(before)) if squeeze(quote) else [(0, len(passage.text))]
    if not found:
        raise NoPassage
    start, end = max(found, key=lambda place: _agree(passage, place, before, ""))
    if squeeze(quote) and end - start > MOST_QUOTED:
        raise NoPassage
    end = min(end, start + MOST_QUOTED)
    text = passage.text
    return Anchor(
        block, start, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    )


def _marked(passage: Passage, wanted: str, before: str) -> list[tuple[int, int]]:
    """Where the words stand after what stood before them; where that is nowhere, the first places of the words."""
    after = [
        (passage.places[passage.squeezed_at(start) + len(before)], end)
        for start, end in islice(passage.find(before + wanted), MOST_FOUND)
    ]
    return after or list(islice(passage.find(wanted), MOST_FOUND))


def _agree(passage: Passage, place: tuple[int, int], before: str, after: str) -> int:
    """How many characters around the place are those that are wanted."""
    start, end = place
    head = passage.text[max(0, start - 2 * CONTEXT) : start]
    return _shared(squeeze(head)[::-1], squeeze(before)[::-1]) + _shared(
        squeeze(passage.text[end : end + 2 * CONTEXT]), squeeze(after)
    )


def _shared(one: str, other: str) -> int:
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size]:
        size += 1
    return size


class Newer:
    """A newer text, or the same, in which anchors of an older one are looked for. Reads and pairs them once."""

    def __init__(self, was: str, now: str) -> None:
        self.was, self.now = was, now
        self.compared: dict[tuple[int, int], tuple[Piece, Piece, Pairs]] = {}

    @cached_property
    def blocks(self) -> list[Block]:
        return parse(self.now).children

    @cached_property
    def passages(self) -> list[Passage]:
        return [Passage(words_of(block)) for block in self.blocks]

    @cached_property
    def old(self) -> list[Block]:
        return parse(self.was).children

    @cached_property
    def partners(self) -> dict[int, int]:
        if self.was == self.now:
            return {number: number for number in range(len(self.blocks))}
        return dict(
            match([as_piece(block) for block in self.old], [as_piece(block) for block in self.blocks])
        )

    def find(self, anchor: Anchor) -> Place | None:
        """Its words if they stand as they were, wherever that is; else what was made of them; else None."""
        return self._as_it_was(anchor) or self._changed(anchor)

    def _as_it_was(self, anchor: Anchor) -> Place | None:
        wanted = squeeze(anchor.quote)
        found: list[tuple[tuple[int, bool, int], int, int, int]] = []
        for number, start, end in self._places(wanted, anchor):
            agreed = _agree(self.passages[number], (start, end), anchor.before, anchor.after)
            found.append(((agreed, number == anchor.block, -abs(start - anchor.start)), number, start, end))
        if not found:
            return None
        (agreed, *_), number, start, end = max(found)
        around = len(squeeze(anchor.before)) + len(squeeze(anchor.after))
        is_sure = 0 < around == agreed or (len(wanted) >= TELLING and len(found) == 1)
        if not is_sure and self.partners.get(anchor.block) != number:
            return None
        return Place(number, start, end, self.passages[number].text[start:end])

    def _places(self, wanted: str, anchor: Anchor) -> list[tuple[int, int, int]]:
        """With all that stood around them if they stand so anywhere, else the first places of the words."""
        before, after = squeeze(anchor.before), squeeze(anchor.after)
        around = []
        for number, passage in enumerate(self.passages):
            for start, end in islice(passage.find(before + wanted + after), MOST_FOUND):
                first, last = passage.squeezed_at(start) + len(before), passage.squeezed_at(end) - len(after)
                around.append((number, passage.places[first], passage.places[last - 1] + 1))
        nearest = sorted(enumerate(self.passages), key=lambda each: abs(each[0] - anchor.block))
        found = ((number, *place) for number, passage in nearest for place in passage.find(wanted))
        return (around or list(islice(found, MOST_FOUND))) if wanted else []

    def _common(self, block: int, partner: int) -> tuple[Piece, Piece, Pairs]:
        """The words that two blocks have in common, looked for once however many notes are on them."""
        if (block, partner) not in self.compared:
            one = Piece("p", ((words_of(self.old[block]), PLAIN),))
            other = Piece("p", ((self.passages[partner].text, PLAIN),))
            self.compared[block, partner] = (one, other, common(one.words, other.words))
        return self.compared[block, partner]

    def _changed(self, anchor: Anchor) -> Place | None:
        """In the block that was made of its block: what stands there between the words around it that stayed."""
        partner = self.partners.get(anchor.block)
        if partner is None:
            return None
        text = self.passages[partner].text
        if not anchor.quote:
            return Place(partner, 0, len(text), text)
        one, other, pairs = self._common(anchor.block, partner)
        end_of_quote = anchor.start + len(anchor.quote)
        before = bisect_right(pairs, anchor.start, key=lambda pair: one.spans[pair[0]][1])
        after = bisect_left(pairs, end_of_quote, key=lambda pair: one.spans[pair[0]][0])
        left = pairs[before - 1][1] if before else -1
        right = pairs[after][1] if after < len(pairs) else len(other.spans)
        if right - left < 2:
            return None
        start, end = other.spans[left + 1][0], other.spans[right - 1][1]
        return Place(partner, start, end, text[start:end], CHANGED)


def as_piece(block: Block) -> Piece:
    """All of a block's words as one piece: a list is a change of a list."""
    pieces = pieces_of(Block("body", children=[block]))
    runs = tuple((f"{text}\n", look) for piece in pieces for text, look in piece.runs)
    source = (("src", block.attributes["src"]),) if block.kind == "figure" else ()
    return Piece(block.kind, runs, attributes=source)


def openings(html: str, *, characters: int = 60) -> Sequence[tuple[int, str]]:
    """Each block that has words, by its number, with the first of them: to choose one from."""
    listed = []
    for number, block in enumerate(parse(html).children):
        words = " ".join(words_of(block)[: 4 * characters].split())
        if words:
            listed.append((number, words if len(words) <= characters else f"{words[:characters].rstrip()}…"))
    return listed


def squeezed_span(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """A place in the text as one in the characters that are no white space."""
    return passage.squeezed_at(start), passage.squeezed_at(end)
