"""Two pieces as one text in which each word stays, comes or goes."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from stories.prose.compare_pieces import PLAIN, Look, Piece
from stories.prose.compare_words import Pairs, common

SAME, ADDED, REMOVED = "same", "added", "removed"
LEAST_KEPT = 0.35  # of the words; where less stays, both are shown whole
LONE = 3  # words between two changes that are each longer: they read better as one change


@dataclass(frozen=True)
class Segment:
    """A run of text of one look. `restyled` is a text that stays under another look, or with another address."""

    change: str
    text: str
    marks: tuple[str, ...] = ()
    href: str = ""
    restyled: bool = False

    @property
    def look(self) -> str:
        """Its marks as classes of a style sheet."""
        return " ".join([*(f"look-{mark}" for mark in self.marks), *(["look-link"] if self.href else [])])


def plain_segments(before: str, after: str) -> tuple[Segment, ...]:
    """Of two plain texts: titles, summaries, descriptions."""
    return segments_between(_plain(before), _plain(after))


def _plain(text: str) -> Piece:
    return Piece("p", ((text, PLAIN),) if text else ())


def whole(piece: Piece, change: str) -> tuple[Segment, ...]:
    return tuple(_cut(piece, 0, len(piece.text), change))


def both_whole(one: Piece, other: Piece) -> tuple[Segment, ...]:
    return (*whole(one, REMOVED), *whole(other, ADDED))


def segments_between(one: Piece, other: Piece) -> tuple[Segment, ...]:
    """What stays and comes, put together, is the text of `other`; what stays and goes that of `one`."""
    if one.text == other.text:
        pairs = [(place, place) for place in range(len(one.spans))]
    else:
        pairs = _readable(common(one.words, other.words), one, other)
        if len(pairs) < LEAST_KEPT * max(len(one.spans), len(other.spans)):
            return both_whole(one, other)
    return tuple(_joined(_walk(one, other, pairs)))


def _readable(pairs: Pairs, one: Piece, other: Piece) -> Pairs:
    """Without the few words that happen to stand in both of two long changes."""
    runs = [[pairs[k] for _, k in group] for _, group in groupby(_numbered(pairs), key=lambda each: each[0])]
    kept: list[Pairs] = []
    for place, run in enumerate(runs):
        (i, j), (last_i, last_j) = run[0], run[-1]
        after_i, after_j = runs[place + 1][0] if place + 1 < len(runs) else (len(one.spans), len(other.spans))
        before_i, before_j = kept[-1][-1] if kept else (-1, -1)
        left = max(i - before_i, j - before_j) - 1
        right = max(after_i - last_i, after_j - last_j) - 1
        is_edge = not kept or place + 1 == len(runs)
        if len(run) > LONE or is_edge or min(left, right) <= len(run):
            kept.append(run)
    return [pair for run in kept for pair in run]


def _numbered(pairs: Pairs) -> Iterator[tuple[int, int]]:
    """Each pair's place with the number of its unbroken run."""
    number = 0
    for k, (i, j) in enumerate(pairs):
        if k and (i, j) != (pairs[k - 1][0] + 1, pairs[k - 1][1] + 1):
            number += 1
        yield number, k


def _walk(one: Piece, other: Piece, pairs: Pairs) -> Iterator[Segment]:
    at, there = 0, 0
    for i, j in pairs:
        (start, end), (new_start, new_end) = one.spans[i], other.spans[j]
        yield from _gap(one, other, (at, start), (there, new_start))
        yield from _stayed(one, other, (start, end), (new_start, new_end))
        at, there = end, new_end
    yield from _gap(one, other, (at, len(one.text)), (there, len(other.text)))


def _gap(one: Piece, other: Piece, old: tuple[int, int], new: tuple[int, int]) -> Iterator[Segment]:
    """What stands between two words that stayed: the spaces that both have are no change."""
    gone, come = one.text[slice(*old)], other.text[slice(*new)]
    head = len(_shared_space(gone, come))
    tail = len(_shared_space(gone[head:][::-1], come[head:][::-1]))
    yield from _cut(other, new[0], new[0] + head, SAME)
    yield from _cut(one, old[0] + head, old[1] - tail, REMOVED)
    yield from _cut(other, new[0] + head, new[1] - tail, ADDED)
    yield from _cut(other, new[1] - tail, new[1], SAME)


def _shared_space(one: str, other: str) -> str:
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size] and one[size].isspace():
        size += 1
    return one[:size]


def _stayed(one: Piece, other: Piece, old: tuple[int, int], new: tuple[int, int]) -> Iterator[Segment]:
    """A word that stayed; each part of it that has another look now is said to."""
    if len(one.runs) == 1 == len(other.runs) and one.runs[0][1] == other.runs[0][1]:
        yield Segment(SAME, other.text[slice(*new)], *other.runs[0][1])
        return
    was = list(_looks(one, *old))
    for start, end, look in _looks(other, *new):
        restyled = any(
            a - old[0] < end - new[0] and b - old[0] > start - new[0] and look != seen for a, b, seen in was
        )
        yield Segment(SAME, other.text[start:end], *look, restyled=restyled)


def _cut(piece: Piece, start: int, end: int, change: str) -> Iterator[Segment]:
    for first, last, look in _looks(piece, start, end):
        yield Segment(change, piece.text[first:last], *look)


def _looks(piece: Piece, start: int, end: int) -> Iterator[tuple[int, int, Look]]:
    """The runs of the piece between two places: (start, end, look)."""
    if start >= end:
        return
    starts = piece.starts
    for number in range(bisect_right(starts, start) - 1, len(piece.runs)):
        if starts[number] >= end:
            return
        last = starts[number] + len(piece.runs[number][0])
        if last > start:
            yield max(start, starts[number]), min(end, last), piece.runs[number][1]


def _joined(segments: Iterator[Segment]) -> Iterator[Segment]:
    """Neighbours of one kind and look as one."""
    for _, group in groupby(segments, key=lambda each: (each.change, each.marks, each.href, each.restyled)):
        parts = list(group)
        if len(parts) == 1:
            yield parts[0]
        else:
            first = parts[0]
            text = "".join(part.text for part in parts)
            yield Segment(first.change, text, first.marks, first.href, first.restyled)


def words_in(segments: Sequence[Segment], change: str) -> int:
    """Words, as between spaces, of this change."""
    return sum(len(segment.text.split()) for segment in segments if segment.change == change)


def is_changed(segments: Sequence[Segment]) -> bool:
    return any(segment.change != SAME or segment.restyled for segment in segments)
