"""The longest series of words that two texts have in common, in a time that no text can stretch."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

# Cells of the table of one search. A cell is a bit: 120 million are 15 MB for the tenth of a second that it takes.
MOST_CELLS = 120_000_000

Pairs = list[tuple[int, int]]


def common(before: Sequence[Hashable], after: Sequence[Hashable]) -> Pairs:
    """Places of what stays, in order: (place before, place after). The longest series there is, unless the two are
    so long and so different that looking for it would take too long: then it is a shorter one, or none."""
    start, shortest = 0, min(len(before), len(after))
    while start < shortest and before[start] == after[start]:
        start += 1
    end = 0
    while end < shortest - start and before[-1 - end] == after[-1 - end]:
        end += 1
    head = [(place, place) for place in range(start)]
    tail = [(len(before) - place, len(after) - place) for place in range(end, 0, -1)]
    middle = _between(before[start : len(before) - end], after[start : len(after) - end])
    return head + [(i + start, j + start) for i, j in middle] + tail


def _between(before: Sequence[Hashable], after: Sequence[Hashable]) -> Pairs:
    if not before or not after:
        return []
    if len(before) * len(after) <= MOST_CELLS:
        return _longest(before, after)
    return _around_anchors(before, after)


def _around_anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> Pairs:
    """Words that each text has once hold the two together; between them the longest series is looked for."""
    found: Pairs = []
    room = MOST_CELLS
    i = j = 0
    for next_i, next_j in [*_anchors(before, after), (len(before), len(after))]:
        cells = (next_i - i) * (next_j - j)
        if 0 < cells <= room:
            room -= cells
            found += [(i + x, j + y) for x, y in _longest(before[i:next_i], after[j:next_j])]
        if next_i < len(before):
            found.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return found


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> Pairs:
    here, there = Counter(before), Counter(after)
    places = {word: place for place, word in enumerate(after) if there[word] == 1 and here[word] == 1}
    pairs = [(place, places[word]) for place, word in enumerate(before) if word in places]
    return rising(pairs, [1] * len(pairs))


def _longest(before: Sequence[Hashable], after: Sequence[Hashable]) -> Pairs:
    """A column of the usual table is one number, a bit for each word of `after`: 1 where the series grows no longer.

    H. Hyyrö, Bit-parallel LCS-length computation revisited (2004).
    """
    masks: dict[Hashable, int] = {}
    for place, word in enumerate(after):
        masks[word] = masks.get(word, 0) | 1 << place
    every = (1 << len(after)) - 1
    row, rows = every, []
    for word in before:
        hits = row & masks.get(word, 0)
        if hits:
            row = ((row + hits) | (row - hits)) & every
        rows.append(row)
    found: Pairs = []
    i, j = len(before) - 1, len(after) - 1
    while i >= 0 and j >= 0:
        if rows[i] >> j & 1:
            j -= 1
        elif i and not rows[i - 1] >> j & 1:
            i -= 1
        else:
            found.append((i, j))
            i, j = i - 1, j - 1
    return found[::-1]


def rising(pairs: Pairs, weights: Sequence[int]) -> Pairs:
    """The heaviest series of `pairs`, which are in the order of their first places, whose second places rise."""
    places = sorted({second for _, second in pairs})
    # The best series that ends at or before each second place: a tree of maxima, as (weight, index of its last pair).
    tree = [(0, -1)] * (len(places) + 1)
    previous = [-1] * len(pairs)
    for index, (_, second) in enumerate(pairs):
        at = bisect_left(places, second)
        best = (0, -1)
        while at:
            best = max(best, tree[at], key=lambda found: found[0])
            at -= at & -at
        previous[index] = best[1]
        reached = (best[0] + weights[index], index)
        at = bisect_left(places, second) + 1
        while at < len(tree):
            if tree[at][0] < reached[0]:
                tree[at] = reached
            at += at & -at
    best, at = (0, -1), len(places)
    while at:
        best = max(best, tree[at], key=lambda found: found[0])
        at -= at & -at
    series = []
    index = best[1]
    while index >= 0:
        series.append(pairs[index])
        index = previous[index]
    return series[::-1]
