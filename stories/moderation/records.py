"""What the desk knows of an author: one query for a page of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet, Subquery

from accounts.models import User
from stories.models import Decision, ReportGroup, Sanction, Story, Submission
from stories.redress import ReportState
from stories.status import StoryState


@dataclass(frozen=True)
class Record:
    """Published counts stories that readers see or saw, returned and declined decisions, reported
    what was upheld, warned and suspended what was not lifted on appeal. Where they are asked for, `in_row` counts
    what editors approved since the last breach, and `by_policy` what went live without them.
    """

    submitted: int = 0
    published: int = 0
    returned: int = 0
    declined: int = 0
    removed: int = 0
    reported: int = 0
    warned: int = 0
    suspended: int = 0
    in_row: int | None = None
    by_policy: int = 0

    @property
    def is_first_story(self) -> bool:
        return self.submitted <= 1 and not self.published

    @property
    def is_trusted(self) -> bool:
        return self.in_row is not None and 0 < settings.TRUSTED_AFTER <= self.in_row

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


def records_of(author_ids: Iterable[int], *, with_trust: bool = False) -> dict[int, Record]:
    """By author. Counted author by author inside the query, so that no plan ever reads all submissions.

    What they are trusted with costs as much again, and is said where the site has such a policy.
    """
    with_trust = with_trust and settings.TRUSTED_AFTER > 0
    stories = Story.objects.filter(author=OuterRef("pk"))
    seen = stories.filter(first_published_at__isnull=False)
    upheld = ReportGroup.objects.filter(story__author=OuterRef("pk"), state=ReportState.UPHELD)
    # What was lifted on appeal is held against nobody.
    sanctions = Sanction.objects.filter(member=OuterRef("pk")).exclude(appeal__answer__is_upheld=True)
    decisions = Decision.objects.filter(submission__story__author=OuterRef("pk"))
    rows = (
        User.objects.filter(pk__in=set(author_ids))
        .annotate(**_trust(decisions) if with_trust else {})
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
            *(("in_row", "by_policy") if with_trust else ()),
        )
    )
    return {author: Record(*counts) for author, *counts in rows}


def _trust(decisions: QuerySet[Decision]) -> dict[str, Any]:
    in_row = Func(F("pk"), function="stories_approvals_in_row", output_field=IntegerField())
    return {"in_row": in_row, "by_policy": _count(decisions.exclude(policy=""))}


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = rows.order_by().annotate(number=Func(F("pk"), function="COUNT")).values("number")
    return Subquery(counted, output_field=IntegerField())
