"""What the desk shows of reports: the list in its order, and the reports of one story with its text beside them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import User
from stories.body import Body, ShownDisclaimer, body_of
from stories.models import Report, ReportClaim, ReportGroup, Revision, SecondLook, Story, Topic
from stories.models.keyset import Page, page_of
from stories.models.report import REPORTS_ORDER
from stories.moderation.due import Due, due_by_calendar
from stories.moderation.receipts import SENT, receipts_of
from stories.prose.languages import Language, language_of
from stories.redress import ReportState
from stories.workflow.weighing import ANSWER_WITHIN, BASE, accuracy, answers_to

ROWS = 30


@dataclass(frozen=True)
class Row:
    group: ReportGroup
    title: str
    language: Language
    kinds: list[str]
    number: int
    claim: ReportClaim | None
    due: Due
    receipts: Due


def reports_page(editor: User, *, cursor: str, now: datetime) -> tuple[Page[ReportGroup], list[Row]]:
    """Five queries, however many rows: what is to be looked at first comes first."""
    claims = ReportClaim.objects.live().select_related("editor")
    listed: QuerySet[ReportGroup] = (
        ReportGroup.objects.open()
        .not_by(editor)
        .filter(story__deleted_at__isnull=True)
        .select_related("story__published_revision")
        .defer("story__published_revision__body", "story__published_revision__summary")
        .prefetch_related(
            Prefetch("claims", queryset=claims, to_attr="live_claims"),
            Prefetch("reports", queryset=Report.objects.only("group", "kind").order_by("id")),
            Prefetch("second_looks", queryset=SecondLook.objects.only("group").order_by("id")),
        )
    )
    page = page_of(listed, order=REPORTS_ORDER, cursor=cursor, size=ROWS)
    receipts = receipts_of(page.items, now=now)
    return page, [_row(group, receipts.get(group.pk, SENT), now=now) for group in page.items]


def _row(group: ReportGroup, receipts: Due, *, now: datetime) -> Row:
    text = group.story.published_revision
    reports = list(group.reports.all())
    looks = list(group.second_looks.all())
    claims: list[ReportClaim] = group.live_claims  # type: ignore[attr-defined]
    return Row(
        group=group,
        title=text.title if text else "",
        language=language_of(text.language if text else "en"),
        kinds=["A second look"]
        if looks
        else list(dict.fromkeys(each.get_kind_display() for each in reports)),
        number=len(reports) or len(looks),
        claim=next((claim for claim in claims if claim.is_live(now)), None),
        due=due_by_calendar(group.due_at, whole=ANSWER_WITHIN, now=now),
        receipts=receipts,
    )


def load_reports(user: User, group_id: int) -> ReportGroup:
    """One's own story's, and one's own, are not found; nor are those of a story that its author deleted."""
    kept = ReportGroup.objects.not_by(user).filter(story__deleted_at__isnull=True)
    return get_object_or_404(kept.select_related("story__author", "again_of__decision"), pk=group_id)


@dataclass(frozen=True)
class Told:
    """A report, and what is known of who sent it: how often they were right, never who they are."""

    report: Report
    sender: str


@dataclass(frozen=True)
class Reports:
    """`claim` is the live one, whoever holds it; `is_mine` says that the form is shown."""

    group: ReportGroup
    told: list[Told]
    claim: ReportClaim | None
    is_mine: bool
    earlier: list[ReportGroup]
    newer_waits: bool
    due: Due
    receipts: Due
    asked: list[SecondLook]

    @property
    def last(self) -> int:
        """Up to where it was read."""
        read = [each.pk for each in self.asked] or [each.report.pk for each in self.told]
        return max(read, default=0)


def reports_of(group: ReportGroup, *, by: User, now: datetime) -> Reports:
    reports = list(group.heard.reports.order_by("id"))
    known = answers_to([report.reporter_id for report in reports if report.reporter_id is not None])
    claims = group.claims.live().select_related("editor")
    claim = next((claim for claim in claims if claim.is_live(now)), None)
    answered = [ReportState.UPHELD, ReportState.DISMISSED]
    earlier = group.story.report_groups.filter(state__in=answered).exclude(pk=group.pk)
    return Reports(
        group=group,
        told=[Told(report, _sender(report, known)) for report in reports],
        claim=claim,
        is_mine=claim is not None and claim.editor_id == by.pk,
        earlier=[] if group.again_of_id else list(earlier.select_related("decision").order_by("-id")[:10]),
        asked=list(group.second_looks.order_by("id")),
        newer_waits=group.story.submissions.waiting().exists(),
        due=due_by_calendar(group.due_at, whole=ANSWER_WITHIN, now=now),
        receipts=receipts_of([group], now=now).get(group.pk, SENT),
    )


def _sender(report: Report, known: dict[int, tuple[int, int]]) -> str:
    """With what it weighs, and of how many answers that is made."""
    if report.reporter_id is None:
        return f"A reader without an account, of whom nothing is known (weight {BASE:.2f}, halved for each further one)"
    right, answered = known.get(report.reporter_id, (0, 0))
    weight = f"weight {accuracy(right, answered):.2f}"
    if not answered:
        return f"A member, whose reports had no answer yet ({weight})"
    return f"A member, right in {right} of {answered} answered reports ({weight})"


def shown_story(story: Story) -> Body | None:
    """As readers see it, or saw it last."""
    text = Story.objects.select_related("published_revision__rendering").get(pk=story.pk).published_revision
    return shown_revision(text, story) if text else None


def shown_revision(text: Revision, story: Story) -> Body:
    """The very text, under what the story carries now."""
    return body_of(
        text,
        authors=story.authors(),
        html=text.rendering.html,
        minutes=text.rendering.minutes,
        topic_names=dict(Topic.objects.filter(slug__in=text.topics).values_list("slug", "name")),
        disclaimers=[
            ShownDisclaimer(given.label, given.text, given.language)
            for given in story.disclaimers.order_by("position")
        ],
        cover_size=text.rendering.cover,
        date=story.first_published_at,
    )
