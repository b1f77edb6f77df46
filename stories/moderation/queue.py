"""The queue as its page shows it: who waits, since when, with what, and who is reading it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Prefetch
from django.utils.timesince import timesince

from accounts.models import User
from stories.models import Claim, Submission, Topic
from stories.models.authorship import authors_of
from stories.models.keyset import Page, page_of
from stories.models.submission import QUEUE_ORDER
from stories.moderation.records import Record, records_of
from stories.prose.languages import Language, language_of
from stories.status import SubmissionState

ROWS = 30
MOST_COUNTED = 100

_COLUMNS = (
    "state",
    "round",
    "queued_at",
    "story__author",
    "revision__title",
    "revision__language",
    "revision__topics",
    "revision__rendering__words",
    "revision__rendering__minutes",
)


@dataclass(frozen=True)
class Row:
    submission: Submission
    language: Language
    topics: list[str]
    record: Record
    claim: Claim | None
    waited: str


@dataclass(frozen=True)
class Queue:
    mine: list[Row]
    rows: list[Row]
    page: Page[Submission]
    waiting: int

    @property
    def waiting_words(self) -> str:
        """Nobody plans a day by the difference between 100 and 10,000, and counting those costs."""
        if self.waiting > MOST_COUNTED:
            return f"More than {MOST_COUNTED} stories are waiting"
        if self.waiting == 1:
            return "One story is waiting"
        return f"{self.waiting} stories are waiting" if self.waiting else "Nothing is waiting"


def queue_for(editor: User, *, cursor: str, now: datetime) -> Queue:
    """Seven queries, however many rows: mine, the page, who reads what (twice), authors, topics, the count."""
    claims = Claim.objects.live().select_related("editor")
    listed = (
        Submission.objects.not_by(editor)
        .annotate(writers=authors_of(OuterRef("story_id"), "username", "display_name"))
        .select_related("story", "revision__rendering")
        .only(*_COLUMNS)
        .prefetch_related(Prefetch("claims", queryset=claims, to_attr="live_claims"))
    )
    mine = list(
        listed.filter(state=SubmissionState.IN_REVIEW, claims__editor=editor, claims__ended_at__isnull=True)
    )
    others = listed.with_editors().exclude(pk__in=[submission.pk for submission in mine])
    page = page_of(others, order=QUEUE_ORDER, cursor=cursor, size=ROWS)
    shown = [*mine, *page.items]
    rows = _rows(shown, now=now)
    waiting = Submission.objects.waiting().not_by(editor).order_by(*QUEUE_ORDER)[: MOST_COUNTED + 1].count()
    return Queue(mine=rows[: len(mine)], rows=rows[len(mine) :], page=page, waiting=waiting)


def _rows(submissions: Sequence[Submission], *, now: datetime) -> list[Row]:
    records = records_of(submission.story.author_id for submission in submissions)
    topics = dict(Topic.objects.values_list("slug", "name"))
    return [
        Row(
            submission=submission,
            language=language_of(submission.revision.language),
            topics=[topics[slug] for slug in submission.revision.topics if slug in topics],
            record=records.get(submission.story.author_id, Record()),
            claim=next((claim for claim in submission.live_claims if claim.is_live(now)), None),  # type: ignore[attr-defined]
            waited=_waited(submission.queued_at, now),
        )
        for submission in submissions
    ]


def _waited(since: datetime, now: datetime) -> str:
    return timesince(since, now, depth=1) if now - since >= timedelta(minutes=1) else "just now"
