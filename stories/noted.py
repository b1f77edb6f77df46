"""Notes put to the passages of a text as it stands now: for the editors' page of it and for its author's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from stories.models import Note, Revision
from stories.prose.anchors import CHANGED, Newer, Place, squeezed_span
from stories.prose.compare_segments import Segment, plain_segments
from stories.prose.marking import Mark, mark

_GONE = 10**9  # where those stand whose passage is not in the text any more: after all others


@dataclass(frozen=True)
class Noted:
    """`number` is the one on the page; `place` is None for a note about no passage, or about one that is gone."""

    note: Note
    number: int
    place: Place | None
    # For the form that answers it, so that a form sent twice says it once.
    key: UUID = field(default_factory=uuid4)

    @property
    def is_gone(self) -> bool:
        return self.note.block is not None and self.place is None

    @property
    def is_changed(self) -> bool:
        return self.place is not None and self.place.state == CHANGED

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The words of a suggestion against those that they are for."""
        return plain_segments(self.note.quote, self.note.replacement)


def put_to(notes: Iterable[Note], body: str) -> list[Noted]:
    """In the order of the text; those about no passage first, those whose passage is gone last. One query when some
    were written on another text than `body` is."""
    listed = list(notes)
    texts = _texts({note.revision_id for note in listed if note.block is not None})
    newer = {pk: Newer(was, body) for pk, was in texts.items()}
    found = [
        (note, newer[note.revision_id].find(note.anchor) if note.anchor is not None else None)
        for note in listed
    ]
    found.sort(key=_order)
    return [Noted(note, number, place) for number, (note, place) in enumerate(found, start=1)]


def _texts(revisions: set[int]) -> dict[int, str]:
    if not revisions:
        return {}
    return dict(Revision.objects.filter(pk__in=revisions).values_list("pk", "body"))


def _order(found: tuple[Note, Place | None]) -> tuple[int, int, int]:
    note, place = found
    if note.block is None:
        return (-1, 0, note.pk)
    return (place.block, place.start, note.pk) if place else (_GONE, 0, note.pk)


def marked(page: str, noted: Sequence[Noted], body: str) -> str:
    """What was rendered of `body`, with a mark and a sign at each passage that somebody still speaks of."""
    standing = [each for each in noted if each.place is not None and not each.note.outcome]
    if not standing:
        return page
    passages = Newer("", body).passages
    marks = []
    for each in standing:
        assert each.place is not None  # noqa: S101 - those without were left out above
        start, end = squeezed_span(passages[each.place.block], each.place.start, each.place.end)
        marks.append(Mark(each.note.pk, each.number, each.place.block, start, end, each.note.kind))
    return mark(page, marks)
