"""Two texts of one story made into one: what both have stays, and for each difference somebody chooses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from stories.prose.anchors import as_piece
from stories.prose.blocks import Block
from stories.prose.clean import MAX_BYTES
from stories.prose.compare_match import match
from stories.prose.compare_pieces import pieces_of
from stories.prose.compare_rows import Row, rows_between
from stories.prose.compare_segments import REMOVED, SAME
from stories.prose.compare_words import common, rising
from stories.prose.openings import MAX_DEPTH
from stories.prose.parse import parse
from stories.prose.write import Writer

FIRST, SECOND, BOTH, NEITHER = "first", "second", "both", "neither"
ANSWERS = (FIRST, SECOND, BOTH, NEITHER)
MOST_CHOICES = 200  # that a page asks for; where there are more, the last is all the rest


@dataclass(frozen=True)
class Choice:
    """A place where the texts differ, or, without a number, one where they do not.

    `first` and `second` are the blocks that each has there; of one that has none the other's need not be taken.
    """

    number: int | None
    first: tuple[Block, ...]
    second: tuple[Block, ...]
    has_moved: bool = False  # the other text has the very same at another place

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The two compared."""
        bodies = (Block("body", children=list(blocks)) for blocks in (self.first, self.second))
        return rows_between(*(pieces_of(body) for body in bodies))[0]

    @cached_property
    def usual(self) -> str:
        """What is chosen as long as nobody chose: the second of two that are one block in two wordings, else all there
        is, so that no word is left out unseen."""
        if not self.second:
            return NEITHER if self.has_moved else FIRST
        if not self.first:
            return SECOND
        shared = (segment for row in self.rows if row.change != REMOVED for segment in row.segments)
        return SECOND if any(segment.change == SAME for segment in shared) else BOTH


def choices_between(first: str, second: str) -> tuple[Choice, ...]:
    """Of two canonical texts, from the first block to the last."""
    found = list(_choices(parse(first).children, parse(second).children))
    only_first = {_spelled(each.first[0]) for each in found if len(each.first) == 1 and not each.second}
    only_second = {_spelled(each.second[0]) for each in found if len(each.second) == 1 and not each.first}
    moved = only_first & only_second
    return tuple(replace(each, has_moved=_stands_alone(each) in moved) if moved else each for each in found)


def _stands_alone(choice: Choice) -> str | None:
    """A block that one text has here and the other has not, as it is written."""
    blocks = choice.first + choice.second
    return _spelled(blocks[0]) if len(blocks) == 1 else None


def merge(first: str, second: str, answers: Mapping[int, str]) -> str:
    """Canonical HTML; a choice without one of the four answers gets its usual one. Raises TooLong, TooDeep."""
    blocks: list[Block] = []
    for choice in choices_between(first, second):
        answer = FIRST if choice.number is None else answers.get(choice.number, "")
        answer = answer if answer in ANSWERS else choice.usual
        if answer in (FIRST, BOTH):
            blocks += choice.first
        if answer in (SECOND, BOTH):
            blocks += choice.second
    return Writer(max_characters=MAX_BYTES, max_depth=MAX_DEPTH).write(Block("body", children=blocks))


def _choices(first: Sequence[Block], second: Sequence[Block]) -> Iterator[Choice]:
    pairs = common([_spelled(block) for block in first], [_spelled(block) for block in second])
    number = 0
    i = j = 0
    for next_i, next_j in [*pairs, (len(first), len(second))]:
        for one, other in _beside(first[i:next_i], second[j:next_j]):
            if number == MOST_CHOICES - 1:
                yield Choice(number, tuple(first[i:]), tuple(second[j:]))
                return
            yield Choice(number, one, other)
            number += 1
            i, j = i + len(one), j + len(other)
        if next_i < len(first):
            yield Choice(None, (first[next_i],), (second[next_j],))
        i, j = next_i + 1, next_j + 1


def _beside(
    first: Sequence[Block], second: Sequence[Block]
) -> Iterator[tuple[tuple[Block, ...], tuple[Block, ...]]]:
    """What stands in one place of both texts: a block beside the one it is a change of, others alone."""
    found = match([as_piece(block) for block in first], [as_piece(block) for block in second])
    i = j = 0
    for next_i, next_j in [*rising(found, [1] * len(found)), (len(first), len(second))]:
        yield from (((block,), ()) for block in first[i:next_i])
        yield from (((), (block,)) for block in second[j:next_j])
        if next_i < len(first):
            yield (first[next_i],), (second[next_j],)
        i, j = next_i + 1, next_j + 1


def _spelled(block: Block) -> str:
    """The block as it is written: equal ones are the same block."""
    return Writer(max_characters=2 * MAX_BYTES, max_depth=2 * MAX_DEPTH).write(
        Block("body", children=[block])
    )
