"""The pieces of two texts as the rows of one list: what stayed, was changed, moved, came and went."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from stories.prose.compare_match import match
from stories.prose.compare_pieces import Piece
from stories.prose.compare_segments import (
    ADDED,
    REMOVED,
    SAME,
    Segment,
    both_whole,
    is_changed,
    segments_between,
    whole,
)
from stories.prose.compare_words import Pairs, rising

EDITED, MOVED, LEFT = "edited", "moved", "left"
MOST_SEGMENTS = 6_000  # in all changed pieces; what comes after is shown whole


@dataclass(frozen=True)
class Row:
    """A piece of either text.

    `change` is same, edited, added or removed; or moved, which may be edited too; or left: the place that a moved
    piece had. `move` numbers the moves, each of which may be of several pieces in a row.
    """

    change: str
    piece: Piece
    segments: tuple[Segment, ...]
    was: Piece | None = None
    move: int = 0
    is_up: bool = False
    is_first: bool = True  # of its move

    @property
    def is_edited(self) -> bool:
        return is_changed(self.segments) or self.became != ""

    @property
    def became(self) -> str:
        """What is another than before and is no word, in words."""
        if self.was is None or self.was.key == self.piece.key:
            return ""
        if self.was.kind != self.piece.kind:
            return f"{_kind(self.was)} before, {_kind(self.piece).lower()} now"
        if self.was.inside != self.piece.inside:
            return "Stands in another list or quotation, or in none"
        if self.was.beside != self.piece.beside:
            return "Its width, its numbering or its cells are others"
        return ""

    @property
    def what(self) -> str:
        return _kind(self.piece)

    @property
    def label(self) -> str:
        way = "up" if self.is_up else "down"
        if self.change == MOVED:
            return f"Moved {way} and changed" if self.is_edited else f"Moved {way}"
        return {
            EDITED: "Changed",
            ADDED: "New",
            REMOVED: "Removed",
            LEFT: f"Moved {way} from here",
            SAME: "",
        }[self.change]


_KINDS = {
    "p": "Paragraph", "h2": "Heading", "h3": "Heading of the second rank", "h4": "Heading of the third rank",
    "li": "Item of a list", "pre": "Code", "hr": "Line across", "figure": "Picture", "tr": "Row of a table",
    "footer": "Source of a quotation",
}  # fmt: skip


def _kind(piece: Piece) -> str:
    return _KINDS.get(piece.kind, "Piece")


def rows_between(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[tuple[Row, ...], bool]:
    """All pieces of both texts in the order of the newer one, those that went at their old places; and whether
    some changes are shown by whole pieces for there being too many."""
    pairs = match(old, new)
    stayed = rising(pairs, [1 + len(old[i].words) for i, _ in pairs])
    moves = _moves(set(pairs) - set(stayed), stayed)
    came_from = {j: i for i, j in pairs}
    went_to = dict(pairs)
    room = MOST_SEGMENTS
    rows: list[Row] = []
    at, there = -1, -1
    for i, j in [*stayed, (len(old), len(new))]:
        rows += [_gone(old[place], moves.get((place, went_to.get(place, -1)))) for place in range(at + 1, i)]
        for place in range(there + 1, j + (j < len(new))):
            source = came_from.get(place)
            was = old[source] if source is not None else None
            move = moves.get((source, place)) if source is not None else None
            row = _row(was, new[place], move, is_whole=room <= 0)
            room -= len(row.segments) if row.change != SAME else 0
            rows.append(row)
        at, there = i, j
    return tuple(rows), room <= 0


@dataclass(frozen=True)
class _Move:
    number: int
    is_up: bool
    is_first: bool


def _moves(moved: set[tuple[int, int]], stayed: Pairs) -> dict[tuple[int, int], _Move]:
    """Pieces that stood in a row and stand in a row are one move."""
    olds, news = [i for i, _ in stayed], [j for _, j in stayed]
    found: dict[tuple[int, int], _Move] = {}
    number, last = 0, (-2, -2)
    for i, j in sorted(moved):
        follows = (i, j) == (last[0] + 1, last[1] + 1)
        number += not follows
        found[i, j] = _Move(number, (bisect(news, j), j) < (bisect(olds, i), i), not follows)
        last = (i, j)
    return found


def _gone(piece: Piece, move: _Move | None) -> Row:
    if move is None:
        return Row(REMOVED, piece, whole(piece, REMOVED))
    return Row(LEFT, piece, (), move=move.number, is_up=move.is_up, is_first=move.is_first)


def _row(was: Piece | None, piece: Piece, move: _Move | None, *, is_whole: bool) -> Row:
    """A piece of the newer text."""
    if was is None:
        return Row(ADDED, piece, whole(piece, ADDED))
    if was.key == piece.key:
        segments = whole(piece, SAME)
    elif is_whole and was.text != piece.text:
        segments = both_whole(was, piece)
    else:
        segments = segments_between(was, piece)
    if move is not None:
        return Row(MOVED, piece, segments, was, move.number, move.is_up, move.is_first)
    return Row(SAME if was.key == piece.key else EDITED, piece, segments, was)
