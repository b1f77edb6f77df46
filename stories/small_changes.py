"""Whether a text differs from one that an editor read by a few words alone, and what else it touches if not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from stories.content import Content
from stories.prose.blocks import walk
from stories.prose.compare import Comparison, compare
from stories.prose.compare_rows import EDITED, Row
from stories.prose.compare_segments import ADDED, REMOVED, SAME
from stories.prose.footnotes import notes_at_end
from stories.prose.parse import parse
from stories.prose.readable import plain_text

# Pieces in which a word may come or go; in pictures, rules and code nothing may.
_WORDS_ONLY = frozenset({"p", "li", "tr", "h2", "h3", "h4", "footer"})
# What a reader could type into a browser: a link that nobody has to click.
_ADDRESS = regex.compile(r"://|^www\.|@|\p{L}\.\p{L}{2}", regex.IGNORECASE)


@dataclass(frozen=True)
class Change:
    """`words` that came and went, and the names of all else that is another now."""

    words: int
    touched: tuple[str, ...]

    def is_small(self, *, under: int) -> bool:
        return not self.touched and self.words < under


def change_between(before: Content, after: Content) -> Change:
    compared = compare(before, after)
    touched = {fact.name: None for fact in compared.facts}
    if before.pictures != after.pictures:
        touched["pictures"] = None
    if compared.is_coarse or not all(_is_of_words(row) for row in compared.rows):
        touched["form"] = None
    if _moves_a_sign(compared) or _notes(before) != _notes(after):
        touched["footnotes"] = None
    if _addresses(after) - _addresses(before):
        touched["links"] = None
    return Change(compared.words_added + compared.words_removed, tuple(touched))


def _is_of_words(row: Row) -> bool:
    if row.change == SAME:
        return True
    return row.change in (EDITED, ADDED, REMOVED) and not row.became and row.piece.kind in _WORDS_ONLY


def _moves_a_sign(compared: Comparison) -> bool:
    """Of a footnote: a raised number that came, went or stands elsewhere."""
    changed = (each for row in compared.rows for each in row.segments if each.change != SAME or each.restyled)
    return any("sup" in each.marks for each in changed)


def _notes(text: Content) -> tuple[object, list[str]]:
    """The footnotes, and what is raised in the text."""
    body = parse(text.body)
    return notes_at_end(body), [run.text for block in walk(body) for run in block.runs if "sup" in run.marks]


def _addresses(text: Content) -> Counter[str]:
    return Counter(_typed(plain_text(parse(text.body))))


def _typed(text: str) -> Iterator[str]:
    return (word for word in text.split() if _ADDRESS.search(word))
