"""What a comparison of words does not show: the title and all that stands beside the text, links, pictures, looks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from stories.prose.compare_pieces import Piece
from stories.prose.compare_segments import ADDED, REMOVED, SAME, Segment, is_changed, plain_segments
from stories.prose.disclosures import read_disclosures
from stories.prose.languages import language_of


class Text(Protocol):
    """A stories.content.Content, or anything else that has these."""

    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def topics(self) -> Sequence[str]: ...
    @property
    def tags(self) -> Sequence[str]: ...
    @property
    def cover(self) -> str: ...
    @property
    def cover_alt(self) -> str: ...
    @property
    def disclosures(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Line:
    """`about` are words of the story (those of a link), `source` the address of a picture that is spoken of."""

    segments: tuple[Segment, ...] = ()
    about: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """`in_language` says that the lines are in the story's language, not in that of the page."""

    name: str
    label: str
    lines: tuple[Line, ...]
    in_language: bool = False


def facts_between(
    before: Text, after: Text, *, old: Sequence[Piece], new: Sequence[Piece], topic_names: Mapping[str, str]
) -> tuple[Fact, ...]:
    """One for each thing that differs, in the order in which a page shows them."""
    named = [[topic_names.get(slug, slug) for slug in text.topics] for text in (before, after)]
    languages = [language_of(text.language).name for text in (before, after)]
    found = (
        Fact("title", "The title", _words(before.title, after.title), True),
        Fact("summary", "The summary", _words(before.summary, after.summary), True),
        Fact("language", "The language", _exchanged(*languages)),
        Fact("topics", "The topics", _listed(*named)),
        Fact("tags", "The tags", _listed(before.tags, after.tags), True),
        Fact("cover", "The cover picture", _cover(before.cover, after.cover)),
        Fact("cover_alt", "The words for the cover picture", _words(before.cover_alt, after.cover_alt), True),
        Fact("links", "Where links lead", tuple(_links(old, new))),
        Fact("pictures", "The pictures in the text", tuple(_pictures(old, new))),
        Fact("disclosures", "What the author discloses", _listed(told(before), told(after))),
    )
    return tuple(fact for fact in found if fact.lines)


def told(text: Text) -> list[str]:
    """What is disclosed, as readers are told."""
    said = read_disclosures(text.disclosures)
    return [f"{each.kind.label}: {each.answer}" if each.answer else each.kind.label for each in said]


def _words(before: str, after: str) -> tuple[Line, ...]:
    segments = plain_segments(before, after)
    return (Line(segments),) if is_changed(segments) else ()


def _exchanged(before: str, after: str) -> tuple[Line, ...]:
    parts = ((REMOVED, before), (ADDED, after))
    return (Line(tuple(Segment(*part) for part in parts if part[1])),) if before != after else ()


def _listed(before: Iterable[str], after: Iterable[str]) -> tuple[Line, ...]:
    """Each that went and came; where only their order is another, that."""
    was, now = list(before), list(after)
    if was == now:
        return ()
    gone = [Line((Segment(REMOVED, each),)) for each in was if each not in now]
    come = [Line((Segment(ADDED, each),)) for each in now if each not in was]
    if gone or come:
        return (*gone, *come)
    return (Line(tuple(Segment(SAME, each) for each in (", ".join(now),)), note="In another order:"),)


def _cover(before: str, after: str) -> tuple[Line, ...]:
    if before == after:
        return ()
    gone = (Line(source=before, note="Taken away:"),) if before else ()
    come = (Line(source=after, note="New:"),) if after else ()
    return gone + come


def _links(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Line]:
    """Words that lead elsewhere now, then links that went and came."""
    gone, come = Counter(_linked(old)), Counter(_linked(new))
    gone, come = gone - come, come - gone
    waiting: dict[str, list[str]] = defaultdict(list)
    for words, address in gone.elements():
        waiting[words].append(address)
    fresh = []
    for words, address in come.elements():
        if waiting[words]:
            was = waiting[words].pop(0)
            yield Line(
                (Segment(REMOVED, was), Segment(ADDED, address)), about=words, note="Leads elsewhere now:"
            )
        else:
            fresh.append((words, address))
    for words, addresses in waiting.items():
        for address in addresses:
            yield Line((Segment(REMOVED, address),), about=words, note="Taken away:")
    for words, address in fresh:
        yield Line((Segment(ADDED, address),), about=words, note="New:")


def _linked(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    for piece in pieces:
        for href, runs in groupby(piece.runs, key=lambda run: run[1][1]):
            if href:
                yield "".join(text for text, _ in runs).strip(), href


def _pictures(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Line]:
    """Those that went and came, and what is said for those who cannot see them, and under them."""
    was, now = _shown(old), _shown(new)
    for source, (alt, caption) in was.items():
        if source not in now:
            yield Line((Segment(REMOVED, alt or caption),), source=source, note="Taken away:")
    for source, (alt, caption) in now.items():
        if source not in was:
            yield Line((Segment(ADDED, alt or caption),), source=source, note="New:")
            continue
        old_alt, old_caption = was[source]
        if alt != old_alt:
            yield Line(
                plain_segments(old_alt, alt), source=source, note="Its words for those who cannot see it:"
            )
        if caption != old_caption:
            yield Line(plain_segments(old_caption, caption), source=source, note="Its caption:")


def _shown(pieces: Sequence[Piece]) -> dict[str, tuple[str, str]]:
    """By address: the alternative text and the caption. A picture that is shown twice is told by its first place."""
    found: dict[str, tuple[str, str]] = {}
    for piece in pieces:
        if piece.source:
            found.setdefault(piece.source, (piece.alt, piece.text))
    return found
