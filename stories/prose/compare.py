"""Two texts of one story compared: pieces matched, moved ones found, words that came and went inside them.

Pure and the same for the same texts. No text can make it take long: what would is compared by whole pieces
(`is_coarse`), and a page shows `parts`, which are no more than a page can bear.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from stories.prose.compare_facts import Fact, Text, facts_between
from stories.prose.compare_pieces import pieces_in
from stories.prose.compare_rows import EDITED, MOVED, Row, rows_between
from stories.prose.compare_segments import ADDED, REMOVED, SAME, words_in
from stories.prose.languages import language_of

MOST_ROWS = 1_000  # that a page shows of the changed pieces
MOST_FOLDED = 300  # that it shows of unchanged ones in a row
MOST_UNCHANGED = 1_000  # that it shows of those that are put away, in all
FOLDED = 4  # unchanged pieces in a row, from which those in the middle are put away


@dataclass(frozen=True)
class Part:
    """Rows that are shown, or unchanged ones that are put away: of very many the first, and `number` says how many."""

    rows: tuple[Row, ...]
    number: int
    is_folded: bool = False


@dataclass(frozen=True)
class Comparison:
    facts: tuple[Fact, ...]
    rows: tuple[Row, ...]
    language: str
    former_language: str
    is_coarse: bool = False

    @property
    def direction(self) -> str:
        return language_of(self.language).direction

    @property
    def former_direction(self) -> str:
        return language_of(self.former_language).direction

    @property
    def is_same(self) -> bool:
        return not self.facts and all(row.change == SAME for row in self.rows)

    @cached_property
    def edited(self) -> int:
        return sum(row.change == EDITED or (row.change == MOVED and row.is_edited) for row in self.rows)

    @cached_property
    def moved(self) -> int:
        """Moves, each of one piece or of several in a row."""
        return len({row.move for row in self.rows if row.move})

    @cached_property
    def added(self) -> int:
        return sum(row.change == ADDED for row in self.rows)

    @cached_property
    def removed(self) -> int:
        return sum(row.change == REMOVED for row in self.rows)

    @cached_property
    def words_added(self) -> int:
        return sum(words_in(row.segments, ADDED) for row in self.rows)

    @cached_property
    def words_removed(self) -> int:
        return sum(words_in(row.segments, REMOVED) for row in self.rows)

    @property
    def counted(self) -> str:
        """2 passages changed, 1 moved, 1 new, 1 removed; 14 words added, 9 removed."""
        pieces = (
            (self.edited, "changed"),
            (self.moved, "moved"),
            (self.added, "new"),
            (self.removed, "removed"),
        )
        words = ((self.words_added, "added"), (self.words_removed, "removed"))
        return "; ".join(filter(None, (_counted("passage", pieces), _counted("word", words))))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return tuple(_parts(self.rows))

    @property
    def is_cut(self) -> bool:
        """There are more changes than `parts` has."""
        return sum(part.number for part in self.parts) < len(self.rows)


def compare(before: Text, after: Text, *, topic_names: Mapping[str, str] | None = None) -> Comparison:
    """`topic_names` gives the names of topics by their slugs; a slug that is not in it stands for itself."""
    old, new = pieces_in(before.body), pieces_in(after.body)
    rows, is_coarse = rows_between(old, new)
    return Comparison(
        facts=facts_between(before, after, old=old, new=new, topic_names=topic_names or {}),
        rows=rows,
        language=after.language,
        former_language=before.language,
        is_coarse=is_coarse,
    )


def _counted(noun: str, counts: Sequence[tuple[int, str]]) -> str:
    """What there is any of; the first says of what."""
    said = [(number, what) for number, what in counts if number]
    nouns = [f" {noun if number == 1 else f'{noun}s'}" for number, _ in said[:1]] + [""] * len(said)
    return ", ".join(f"{number:,}{nouns[place]} {what}" for place, (number, what) in enumerate(said))


def _parts(rows: Sequence[Row]) -> Iterator[Part]:
    """Long series of unchanged rows are put away but for one at each end."""
    room, folded = MOST_ROWS, MOST_UNCHANGED
    for is_same, group in groupby(rows, key=lambda row: row.change == SAME):
        series = tuple(group)
        if not is_same:
            yield Part(series[:room], min(room, len(series)))
            room -= len(series)
        elif len(series) < FOLDED:
            yield Part(series, len(series))
        else:
            yield Part(series[:1], 1)
            away = series[1:-1][: min(MOST_FOLDED, folded)]
            folded -= len(away)
            yield Part(away, len(series) - 2, is_folded=True)
            yield Part(series[-1:], 1)
        if room <= 0:
            return
