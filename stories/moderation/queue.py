"""The queue as its page shows it: who waits, until when, with what, and who is reading it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Prefetch, Subquery

from accounts.models import User
from stories.models import Claim, Decision, SavedView, Submission, Topic
from stories.models.authorship import authors_of
from stories.models.keyset import Page, page_of
from stories.models.submission import QUEUE_ORDER, SubmissionQuerySet
from stories.moderation.counting import Count, count_views
from stories.moderation.due import Due, due_of
from stories.moderation.filters import QueueFilter
from stories.moderation.news import present, present_words
from stories.moderation.records import Record, records_of
from stories.moderation.saved_views import Kept, gone_from
from stories.prose.languages import Language, language_of

ROWS = 30
WITH_ME = QueueFilter(state="mine")
WITH_AUTHORS = QueueFilter(state="returned")
LATE = QueueFilter(due="late")
SOON = QueueFilter(due="soon")
WAITING = QueueFilter(state="waiting")
NOTHING_NARROWED = QueueFilter()

_COLUMNS = (
    "state",
    "round",
    "queued_at",
    "due_at",
    "topics",
    "language",
    "story__author",
    "revision__title",
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
    due: Due
    present: str


@dataclass(frozen=True)
class Tab:
    """A view of the queue as a link. `note` says what is amiss with it."""

    name: str
    query: str
    count: Count | None
    is_here: bool
    note: str = ""


@dataclass(frozen=True)
class Queue:
    view: QueueFilter
    mine: list[Row]
    rows: list[Row]
    page: Page[Submission]
    topics: dict[str, str]
    saved: list[Kept]
    counts: dict[QueueFilter, Count]

    @property
    def waiting(self) -> Count:
        return self.counts[WAITING]

    @property
    def heading(self) -> str:
        if self.view.is_empty:
            return self.waiting.said("is waiting", "are waiting") or "Nothing is waiting"
        return self.counts[self.view].said("in this view", "in this view") or "Nothing in this view"

    @property
    def gone(self) -> str:
        return gone_from(self.view, self.topics)

    @property
    def is_saved(self) -> bool:
        return any(kept.view == self.view for kept in self.saved)

    @property
    def tabs(self) -> list[Tab]:
        return [
            self._tab("Everything", NOTHING_NARROWED),
            self._tab("Overdue", LATE, self.counts[LATE]),
            self._tab("Due soon", SOON, self.counts[SOON]),
            self._tab("With me", WITH_ME),
            self._tab("With their authors", WITH_AUTHORS),
        ]

    @property
    def saved_tabs(self) -> list[Tab]:
        return [
            self._tab(kept.saved.name, kept.view, self.counts[kept.view], note=kept.gone)
            for kept in self.saved
        ]

    def _tab(self, name: str, view: QueueFilter, count: Count | None = None, *, note: str = "") -> Tab:
        return Tab(name, view.query, count, is_here=self.view == view, note=note)


def queue_for(editor: User, *, view: QueueFilter = NOTHING_NARROWED, cursor: str, now: datetime) -> Queue:
    """Nine queries, however many rows and views: mine, the page, claims, topics, authors, presence, views, counts."""
    others = Submission.objects.not_by(editor)
    mine = list(_listed(WITH_ME.apply(others, editor=editor, now=now)).in_line()) if view.is_empty else []
    narrowed = view.apply(others, editor=editor, now=now)
    listed = _listed(narrowed).exclude(pk__in=[submission.pk for submission in mine])
    page = page_of(listed, order=QUEUE_ORDER, cursor=cursor, size=ROWS)
    topics = dict(Topic.objects.values_list("slug", "name"))
    rows = _rows([*mine, *page.items], by=editor, topics=topics, now=now)
    saved = [Kept.of(each, topics) for each in SavedView.objects.of(editor)]
    counted = [WAITING, LATE, SOON, view, *(kept.view for kept in saved)]
    return Queue(
        view=view,
        mine=rows[: len(mine)],
        rows=rows[len(mine) :],
        page=page,
        topics=topics,
        saved=saved,
        counts=count_views(counted, by=editor, now=now),
    )


def _listed(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    claims = Claim.objects.live().with_held().select_related("editor")
    returns = Decision.objects.filter(submission=OuterRef("pk"), kind=Decision.Kind.RETURN)
    return (
        submissions.annotate(
            writers=authors_of(OuterRef("story_id"), "username", "display_name"),
            returned_at=Subquery(returns.order_by("-round").values("decided_at")[:1]),
        )
        .select_related("story", "revision__rendering")
        .only(*_COLUMNS)
        .prefetch_related(Prefetch("claims", queryset=claims, to_attr="live_claims"))
    )


def _rows(submissions: Sequence[Submission], *, by: User, topics: dict[str, str], now: datetime) -> list[Row]:
    records = records_of(submission.story.author_id for submission in submissions)
    there = present(by, now, at=[submission.pk for submission in submissions])
    return [
        Row(
            submission=submission,
            language=language_of(submission.language),
            topics=[topics[slug] for slug in submission.topics if slug in topics],
            record=records.get(submission.story.author_id, Record()),
            claim=next((claim for claim in submission.live_claims if claim.is_live(now)), None),  # type: ignore[attr-defined]
            due=due_of(submission, returned_at=submission.returned_at, now=now),  # type: ignore[attr-defined]
            present=present_words(there.get(submission.pk, [])),
        )
        for submission in submissions
    ]
