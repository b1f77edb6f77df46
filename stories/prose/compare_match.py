"""Which piece of one text is which piece of the other: the same, changed, or moved."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from stories.prose.compare_pieces import Piece
from stories.prose.compare_words import Pairs, common

ALIKE = 0.5  # the share of words that two pieces have in common, from which one is a change of the other
SHORT = 8  # words; so short a piece has to be more alike
SHORT_ALIKE = 0.75
MOST_PAIRS = 10_000  # looked at one by one; above it only those that share a rare word
RARE = 4  # pieces that a rare word stands in at most
NEVER_CROSSED = frozenset({"figure", "hr", "tr", "pre"})


def match(before: Sequence[Piece], after: Sequence[Piece]) -> Pairs:
    """Pairs of places, in the order of `before`; each place at most once. The same for the same texts, always."""
    pairs = common([piece.key for piece in before], [piece.key for piece in after])
    partner = dict(pairs)
    taken = {j for _, j in pairs}
    _take(partner, taken, _identical(before, after, partner, taken))
    _take(partner, taken, _similar(before, after, partner, taken))
    _take(partner, taken, _in_place(before, after, partner, taken))
    return sorted(partner.items())


def _take(partner: dict[int, int], taken: set[int], pairs: Iterator[tuple[int, int]]) -> None:
    """The first that asks gets it."""
    for i, j in list(pairs):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)


def _identical(
    before: Sequence[Piece], after: Sequence[Piece], partner: dict[int, int], taken: set[int]
) -> Iterator[tuple[int, int]]:
    """What stands elsewhere as it was. A rule has no words by which one could say that it is the same one."""
    places: dict[object, list[int]] = defaultdict(list)
    for j in range(len(after) - 1, -1, -1):
        if j not in taken:
            places[after[j].key].append(j)
    for i, piece in enumerate(before):
        if i not in partner and piece.kind != "hr" and places[piece.key]:
            yield i, places[piece.key].pop()


def _similar(
    before: Sequence[Piece], after: Sequence[Piece], partner: dict[int, int], taken: set[int]
) -> Iterator[tuple[int, int]]:
    """The most alike first; of equal ones those of a kind, then the nearest."""
    old = [i for i in range(len(before)) if i not in partner and before[i].kind != "hr"]
    new = [j for j in range(len(after)) if j not in taken and after[j].kind != "hr"]
    bags = {
        id(piece): Counter(piece.words) for piece in (*(before[i] for i in old), *(after[j] for j in new))
    }
    found = []
    for i, j in _candidates(before, after, old, new):
        one, other = before[i], after[j]
        crossed = one.kind != other.kind
        if crossed and (one.kind in NEVER_CROSSED or other.kind in NEVER_CROSSED):
            continue
        alike = likeness(one, other, bags[id(one)], bags[id(other)])
        if alike:
            found.append((crossed, -alike, abs(i - j), i, j))
    for *_, i, j in sorted(found):
        yield i, j


def likeness(one: Piece, other: Piece, bag: Counter[str], other_bag: Counter[str]) -> float:
    """From 0 to 1, and 0 where it is too little for a change of the same piece."""
    if one.source and one.source == other.source:
        return 1.0
    most, least = max(len(one.words), len(other.words)), min(len(one.words), len(other.words))
    needed = SHORT_ALIKE if most < SHORT else ALIKE
    if not least or 2 * least < needed * (most + least):
        return 0.0
    shared = sum((bag & other_bag).values())
    alike = 2 * shared / (most + least)
    return alike if alike >= needed else 0.0


def _candidates(
    before: Sequence[Piece], after: Sequence[Piece], old: list[int], new: list[int]
) -> Iterator[tuple[int, int]]:
    if len(old) * len(new) <= MOST_PAIRS:
        yield from ((i, j) for i in old for j in new)
        return
    here, there = _rare_words(before, old), _rare_words(after, new)
    seen: set[tuple[int, int]] = set()
    for word, places in here.items():
        for pair in ((i, j) for i in places for j in there.get(word, ())):
            if len(seen) == MOST_PAIRS:
                return
            if pair not in seen:
                seen.add(pair)
                yield pair


def _rare_words(pieces: Sequence[Piece], places: list[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place in places:
        for word in dict.fromkeys(pieces[place].words):
            found[word].append(place)
    return {word: where for word, where in found.items() if len(where) <= RARE}


def _in_place(
    before: Sequence[Piece], after: Sequence[Piece], partner: dict[int, int], taken: set[int]
) -> Iterator[tuple[int, int]]:
    """One piece alone between two that stayed, and one of its kind alone in its place: it was written anew."""
    edges = [(-1, -1), *sorted(partner.items()), (len(before), len(after))]
    for (i, j), (next_i, next_j) in pairwise(edges):
        if next_i - i == 2 and next_j - j == 2 and j + 1 not in taken:
            one, other = before[i + 1], after[j + 1]
            if one.kind == other.kind and one.words and other.words:
                yield i + 1, j + 1
