"""An editor's one answer to the reports of a story: uphold with what is done about it, dismiss, or answered before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import (
    DisclaimerVersion,
    LedBy,
    Reason,
    ReportClaim,
    ReportDecision,
    ReportGroup,
    Story,
)
from stories.notices.reporting import tell_outcome
from stories.permissions import may_judge
from stories.prose.plain import clean_text
from stories.redress import REPORT_MOVES, ReportAction, check_redress_move
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale, StoryState, WrongState
from stories.workflow.claiming import claim as claim_submission
from stories.workflow.deciding import NOTE_CHARACTERS, Read, return_to_author
from stories.workflow.disclaiming import change_published_disclaimer
from stories.workflow.locking import lock_story
from stories.workflow.publishing import remove
from stories.workflow.recording import record_report_move
from stories.workflow.report_claiming import check_live, end_claim, lock_reports

# Said to the author with the editor's note: what led to the decision, and never who.
LED_TO_IT = "Reports by readers led to this decision."

Measure = ReportDecision.Measure


@dataclass(frozen=True)
class ReportsRead:
    """What the editor had before them: the claim, and the last report that was on the page."""

    claim: ReportClaim
    up_to: int


@dataclass(frozen=True)
class Remedy:
    """What is done about the story, with what its author is told."""

    measure: str
    note: str = ""
    reason: Reason | None = None
    disclaimers: Sequence[DisclaimerVersion] = field(default=())


@transaction.atomic
def uphold(
    read: ReportsRead, remedy: Remedy, *, by: User, answer: str = "", at: datetime | None = None
) -> ReportDecision:
    """The reporters were right: the story is removed, given another disclaimer, or sent back, by the verbs for that.

    Raises Stale when the claim is over or another report came, AlreadyThere when this claim has had its answer.
    """
    at = at or timezone.now()
    if remedy.measure not in Measure.values:
        raise Incomplete("Choose what is done about the story.", field="decision")
    story, group, claim = _lock(read, by=by, at=at)
    note = _within(remedy.note, field="note")
    _carry_out(story, group, remedy, note=note, by=by, at=at)
    return _decide(
        ReportAction.UPHOLD,
        group,
        claim,
        by=by,
        at=at,
        kind=ReportDecision.Kind.UPHOLD,
        measure=remedy.measure,
        reason=remedy.reason if remedy.measure == Measure.REMOVE else None,
        note=note,
        answer=_within(answer, field="answer"),
    )


@transaction.atomic
def dismiss(read: ReportsRead, *, by: User, answer: str, at: datetime | None = None) -> ReportDecision:
    """The story stays as it is; the reporters are told why."""
    at = at or timezone.now()
    answer = _within(answer, field="answer")
    if not answer:
        raise Incomplete("Write to those who reported it why the story stays as it is.", field="answer")
    _, group, claim = _lock(read, by=by, at=at)
    return _decide(
        ReportAction.DISMISS, group, claim, by=by, at=at, kind=ReportDecision.Kind.DISMISS, answer=answer
    )


@transaction.atomic
def answered_before(
    read: ReportsRead, earlier: ReportGroup | None, *, by: User, answer: str = "", at: datetime | None = None
) -> ReportDecision:
    """The same was reported and answered before: the reporters are told that answer."""
    at = at or timezone.now()
    _, group, claim = _lock(read, by=by, at=at)
    if earlier is None or earlier.story_id != group.story_id or earlier.pk == group.pk:
        raise Incomplete("Choose which answer it was.", field="earlier")
    return _decide(
        ReportAction.DUPLICATE,
        group,
        claim,
        by=by,
        at=at,
        kind=ReportDecision.Kind.DUPLICATE,
        duplicate_of=earlier,
        answer=_within(answer, field="answer"),
    )


def _lock(read: ReportsRead, *, by: User, at: datetime) -> tuple[Story, ReportGroup, ReportClaim]:
    """Story, reports, claim, in this order, and only if they may be answered."""
    story = lock_story(read.claim.group.story)
    group = lock_reports(read.claim.group)
    group.story = story
    claim = ReportClaim.objects.get(pk=read.claim.pk)
    if not may_judge(by, group):
        raise NotAllowed("Nobody answers reports about their own story, or their own.")
    if claim.editor_id == by.pk and claim.end == ReportClaim.End.DECIDED:
        raise AlreadyThere("You have answered these reports already. Nothing was done twice.")
    check_live(claim, by=by, at=at)
    if group.again_of_id and group.second_looks.filter(pk__gt=read.up_to).exists():
        raise Stale("Another reader asked for this second look since you opened this page. Read it first.")
    if group.reports.filter(pk__gt=read.up_to).exists():
        raise Stale(
            "Another report of this story came since you opened this page. Read it before you decide."
        )
    return story, group, claim


def _carry_out(
    story: Story, group: ReportGroup, remedy: Remedy, *, note: str, by: User, at: datetime
) -> None:
    told = f"{note}\n\n{LED_TO_IT}" if note else ""  # an empty one is refused by the verbs
    match remedy.measure:
        case Measure.REMOVE:
            remove(story, by=by, reason=remedy.reason, note=note, led_by=LedBy.NOTICE, at=at)
        case Measure.DISCLAIMER:
            change_published_disclaimer(story, remedy.disclaimers, by=by, note=told, at=at)
        case Measure.RETURN:
            _send_back(story, note=told, by=by, at=at)
        case _:
            _check_mended(story, group)


def _send_back(story: Story, *, note: str, by: User, at: datetime) -> None:
    """The newer text that waits for an editor; readers keep the one they have."""
    submission = story.submissions.waiting().select_related("revision").first()
    if submission is None:
        raise WrongState("No newer text of this story waits for an editor, so there is nothing to send back.")
    held = claim_submission(submission, by=by, key=uuid4(), at=at)
    return_to_author(
        Read(claim=held, revision_id=submission.revision_id, sha256=submission.revision.sha256),
        by=by,
        note=note,
        at=at,
    )


def _check_mended(story: Story, group: ReportGroup) -> None:
    reported = set(group.heard.reports.values_list("revision", flat=True))
    if story.state == StoryState.PUBLISHED and story.published_revision_id in reported:
        raise WrongState(
            "Readers still see the text that was reported. Choose what is done about it, or dismiss the reports."
        )


def _within(text: str, *, field: str) -> str:
    text = clean_text(text)
    if len(text) > NOTE_CHARACTERS:
        raise Incomplete(f"This is longer than {NOTE_CHARACTERS:,} characters.", field=field)
    return text


def _decide(
    action: ReportAction, group: ReportGroup, claim: ReportClaim, *, by: User, at: datetime, **columns: object
) -> ReportDecision:
    source = group.state
    target = check_redress_move(REPORT_MOVES, action, source)
    decision = ReportDecision.objects.create(
        group=group, claim=claim, decided_by=by, decided_at=at, **columns
    )
    group.state = target
    group.ended_at = at
    group.save(update_fields=["state", "ended_at"])
    end_claim(claim, ReportClaim.End.DECIDED, at=at)
    event = record_report_move(
        group,
        action,
        source=source,
        by=by,
        at=at,
        data={"decision": decision.pk, "measure": decision.measure},
    )
    tell_outcome(event, group, decision)
    return decision
