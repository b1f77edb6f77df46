"""What the desk knows of an author: one query for a page of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet, Subquery

from accounts.models import User
from stories.models import Decision, ReportGroup, Sanction, Story, Submission
from stories.redress import ReportState
from stories.status import StoryState


@dataclass(frozen=True)
class Record:
    """Published counts stories that readers see or saw, returned and declined decisions, reported
    what was upheld, warned and suspended what was not lifted on appeal.
    """

    submitted: int = 0
    published: int = 0
    returned: int = 0
    declined: int = 0
    removed: int = 0
    reported: int = 0
    warned: int = 0
    suspended: int = 0

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
            f"{self.reported} rightly reported" if self.reported else "",
            f"{self.warned} warned" if self.warned else "",
            f"{self.suspended} suspended" if self.suspended else "",
        ]
        return ", ".join(part for part in parts if part)


def records_of(author_ids: Iterable[int]) -> dict[int, Record]:
    """By author. Counted author by author inside the query, so that no plan ever reads all submissions."""
    stories = Story.objects.filter(author=OuterRef("pk"))
    seen = stories.filter(first_published_at__isnull=False)
    upheld = ReportGroup.objects.filter(story__author=OuterRef("pk"), state=ReportState.UPHELD)
    # What was lifted on appeal is held against nobody.
    sanctions = Sanction.objects.filter(member=OuterRef("pk")).exclude(is_upheld=True)
    decisions = Decision.objects.filter(submission__story__author=OuterRef("pk"))
    rows = (
        User.objects.filter(pk__in=set(author_ids))
        .annotate(
            submitted=_count(stories.filter(Exists(Submission.objects.filter(story=OuterRef("pk"))))),
            published=_count(seen.exclude(state=StoryState.REMOVED)),
            removed=_count(seen.filter(state=StoryState.REMOVED)),
            returned=_count(decisions.filter(kind=Decision.Kind.RETURN)),
            declined=_count(decisions.filter(kind=Decision.Kind.DECLINE)),
            reported=_count(upheld),
            warned=_count(sanctions.filter(kind=Sanction.Kind.WARNING)),
            suspended=_count(sanctions.filter(kind=Sanction.Kind.SUSPENSION)),
        )
        .values_list(
            "pk",
            "submitted",
            "published",
            "returned",
            "declined",
            "removed",
            "reported",
            "warned",
            "suspended",
        )
    )
    return {author: Record(*counts) for author, *counts in rows}


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = rows.order_by().annotate(number=Func(F("pk"), function="COUNT")).values("number")
    return Subquery(counted, output_field=IntegerField())
