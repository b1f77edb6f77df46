"""Does the same to several submissions, each by the verb for one of them, and writes down what was left out and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Batch, BatchRow, Claim, Event, LedBy, PreparedReply, Reason, Story, Submission
from stories.models.batch import AT_ONCE
from stories.permissions import is_editor, may_free
from stories.prose.plain import clean_text
from stories.status import Incomplete, MoveRefused, NotAllowed, Stale, SubmissionState, say
from stories.workflow.claiming import claim, expire_claims, release, wait_for_twin
from stories.workflow.deciding import Read
from stories.workflow.foreseeing import why_not_now
from stories.workflow.locking import lock_story, lock_submission
from stories.workflow.preparing import fill_reply
from stories.workflow.taking_back import Meant, decide
from stories.workflow.taking_over import take_over


@dataclass(frozen=True)
class Shown:
    """A row of the list that was confirmed: what it was then."""

    submission_id: int
    version: int
    revision_id: int


@dataclass(frozen=True)
class Deed:
    """What is done to each of them. There is no approval among the kinds: one approves a text that one has read."""

    kind: Batch.Kind
    note: str = ""
    reason: Reason | None = None
    led_by: str = LedBy.OWN
    reply: PreparedReply | None = None


def carry_out(
    deed: Deed, shown: Sequence[Shown], *, by: User, key: UUID, at: datetime | None = None
) -> Batch:
    """Each row in a transaction of its own, so that one which is refused holds up no other.

    What changed since the list was shown is left out. The same form sent twice gives the same batch. Raises
    Incomplete without the words that all are told, NotAllowed for what only chief editors may.
    """
    if not is_editor(by) or (deed.kind == Batch.Kind.FREE and not may_free(by)):
        raise NotAllowed("Only chief editors put back what a colleague is reading.")
    note = _checked(deed, shown)
    with transaction.atomic():
        wait_for_twin(key)
        batch, is_new = Batch.objects.get_or_create(
            by=by,
            key=key,
            defaults={
                "kind": deed.kind,
                "at": at or timezone.now(),
                "note": note,
                "reason": deed.reason if deed.kind == Batch.Kind.DECLINE else None,
            },
        )
    if is_new:
        expire_claims(at=batch.at)
        for position, row in enumerate(shown, start=1):
            _do(batch, position, row, deed, at=at or timezone.now())
    return batch


def _checked(deed: Deed, shown: Sequence[Shown]) -> str:
    if not shown:
        raise Incomplete("Tick at least one story.", field="row")
    if len(shown) > AT_ONCE or len({row.submission_id for row in shown}) < len(shown):
        raise Incomplete(f"Tick at most {AT_ONCE} stories, each once.", field="row")
    note = clean_text(deed.reply.text if deed.reply else deed.note)
    if deed.kind == Batch.Kind.RETURN and deed.reply is None:
        raise Incomplete("Choose the reply that the authors are sent.", field="reply")
    if deed.kind == Batch.Kind.DECLINE and deed.reason is None:
        raise Incomplete("Choose the reason that the authors are given.", field="reason")
    if deed.kind == Batch.Kind.DECLINE and not note:
        raise Incomplete("Write to the authors why you decline it.", field="note")
    if deed.kind == Batch.Kind.FREE and not note:
        raise Incomplete("Say why. Your colleague is told in these words.", field="note")
    return note if deed.kind in (Batch.Kind.RETURN, Batch.Kind.DECLINE, Batch.Kind.FREE) else ""


@transaction.atomic
def _do(batch: Batch, position: int, row: Shown, deed: Deed, *, at: datetime) -> None:
    story = Story.objects.get(submissions=row.submission_id)
    left_out, was_waiting, event = "", False, None
    try:
        with transaction.atomic():
            submission = _as_shown(lock_story(story), row)
            was_waiting = submission.state == SubmissionState.QUEUED
            _verb(deed, submission, by=batch.by, at=at)
            event = Event.objects.filter(submission=submission, actor=batch.by).latest("id")
    except MoveRefused as refused:
        left_out = refused.message
    BatchRow.objects.create(
        batch=batch,
        position=position,
        submission_id=row.submission_id,
        revision_id=row.revision_id,
        event=event,
        left_out=left_out,
        was_waiting=was_waiting,
    )


def _as_shown(story: Story, row: Shown) -> Submission:
    submission = lock_submission(story, row.submission_id)
    if (submission.version, submission.revision_id) != (row.version, row.revision_id):
        raise Stale(f"It changed after the list was shown. It is {say(submission.state)} now.")
    return submission


def _verb(deed: Deed, submission: Submission, *, by: User, at: datetime) -> None:
    held = Claim.objects.live().with_held().select_related("editor").filter(submission=submission).first()
    if why_not := why_not_now(deed.kind, submission, held, by=by, reply=deed.reply):
        raise Stale(why_not)
    match deed.kind:
        case Batch.Kind.CLAIM:
            claim(submission, by=by, key=uuid4(), at=at)
        case Batch.Kind.RELEASE if held:
            release(held, by=by, at=at)
        case Batch.Kind.FREE if held:
            release(take_over(held, by=by, key=uuid4(), note=deed.note, at=at), by=by, at=at)
        case Batch.Kind.RETURN | Batch.Kind.DECLINE:
            held = held or claim(submission, by=by, key=uuid4(), at=at)
            read = Read(held, submission.revision_id, submission.revision.sha256)
            decide(read, _meant(deed, submission, by=by), by=by, at=at)


def _meant(deed: Deed, submission: Submission, *, by: User) -> Meant:
    if deed.reply is not None:
        return Meant(deed.kind, note=fill_reply(deed.reply, submission, by=by))
    return Meant(deed.kind, note=deed.note, reason=deed.reason, led_by=deed.led_by)
