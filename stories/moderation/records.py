"""What the desk knows of an author: one query for a page of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from stories.models import Decision, Story
from stories.status import StoryState


@dataclass(frozen=True)
class Record:
    """Published counts stories that readers see or saw; returned and declined count decisions."""

    submitted: int = 0
    published: int = 0
    returned: int = 0
    declined: int = 0
    removed: int = 0

    @property
    def is_first_story(self) -> bool:
        return self.submitted <= 1 and not self.published

    @property
    def words(self) -> str:
        if self.is_first_story and not (self.returned or self.declined):
            return "first story"
        parts = [
            f"{self.published} published" if self.published else "nothing published yet",
            f"{self.returned} sent back" if self.returned else "",
            f"{self.declined} declined" if self.declined else "",
            f"{self.removed} removed" if self.removed else "",
        ]
        return ", ".join(part for part in parts if part)


def records_of(author_ids: Iterable[int]) -> dict[int, Record]:
    """By author; one who never submitted anything is not in it."""
    rows = (
        Story.objects.filter(author__in=set(author_ids), submissions__isnull=False)
        .values("author")
        .annotate(
            submitted=Count("id", distinct=True),
            published=Count(
                "id",
                filter=Q(first_published_at__isnull=False) & ~Q(state=StoryState.REMOVED),
                distinct=True,
            ),
            removed=Count("id", filter=Q(state=StoryState.REMOVED), distinct=True),
            returned=_decisions(Decision.Kind.RETURN),
            declined=_decisions(Decision.Kind.DECLINE),
        )
    )
    return {
        row["author"]: Record(
            submitted=row["submitted"],
            published=row["published"],
            returned=row["returned"],
            declined=row["declined"],
            removed=row["removed"],
        )
        for row in rows
    }


def _decisions(kind: Decision.Kind) -> Count:
    return Count("submissions__decisions", filter=Q(submissions__decisions__kind=kind), distinct=True)
