"""Undoes what was done to several submissions at once, row by row, as far as it can still be undone."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Batch, BatchRow, Claim, Event, HeldDecision
from stories.models.held import HeldDecisionQuerySet
from stories.status import AlreadyThere, MoveRefused, NotAllowed, Stale, SubmissionState, WrongState
from stories.workflow.claiming import claim, release, wait_for_twin
from stories.workflow.locking import lock_story
from stories.workflow.taking_back import take_back


def can_be_undone(batch: Batch, *, at: datetime) -> bool:
    """Whether there is something left of it to undo: two queries at most."""
    if batch.kind in (Batch.Kind.FREE, Batch.Kind.UNDO) or Batch.objects.filter(undoes=batch).exists():
        return False
    if batch.kind == Batch.Kind.RELEASE:
        return batch.rows.filter(event__isnull=False, submission__state=SubmissionState.QUEUED).exists()
    if batch.kind == Batch.Kind.CLAIM:
        events = Event.objects.filter(batch_row__batch=batch).values_list("data", flat=True)
        taken = [data.get("claim", 0) for data in events]
        return Claim.objects.live().filter(pk__in=taken).exists()
    return held_by(batch).filter(due_at__gt=at).exists()


def held_by(batch: Batch) -> HeldDecisionQuerySet:
    """The decisions of a batch that wait to be carried out: two queries."""
    events = Event.objects.filter(batch_row__batch=batch).values_list("data", flat=True)
    return HeldDecision.objects.standing().filter(pk__in=[data.get("held", 0) for data in events])


def undo(batch: Batch, *, by: User, key: UUID, at: datetime | None = None) -> Batch:
    """A batch of its own, of the rows that something was done to. The same form sent twice undoes once."""
    if batch.by_id != by.pk:
        raise NotAllowed("Only who did this can undo it.")
    if batch.kind in (Batch.Kind.FREE, Batch.Kind.UNDO):
        raise WrongState("This cannot be undone. The stories are where everybody can take them.")
    with transaction.atomic():
        wait_for_twin(key)
        done = Batch.objects.filter(undoes=batch).first()
        if done is not None and done.key == key:
            return done
        if done is not None:
            raise AlreadyThere("You have undone this already. Nothing was changed.")
        undoing = Batch.objects.create(
            kind=Batch.Kind.UNDO, by=by, key=key, at=at or timezone.now(), undoes=batch
        )
    rows = batch.rows.filter(event__isnull=False).select_related("event", "submission__story")
    for position, row in enumerate(rows, start=1):
        _undo(undoing, position, row, at=at or timezone.now())
    return undoing


@transaction.atomic
def _undo(undoing: Batch, position: int, row: BatchRow, *, at: datetime) -> None:
    left_out, event = "", None
    try:
        with transaction.atomic():
            lock_story(row.submission.story)
            _verb(row, by=undoing.by, at=at)
            event = Event.objects.filter(submission=row.submission, actor=undoing.by).latest("id")
    except MoveRefused as refused:
        left_out = refused.message
    BatchRow.objects.create(
        batch=undoing,
        position=position,
        submission=row.submission,
        revision_id=row.revision_id,
        event=event,
        left_out=left_out,
    )


def _verb(row: BatchRow, *, by: User, at: datetime) -> None:
    data = row.event.data if row.event else {}
    if row.batch.kind == Batch.Kind.CLAIM:
        release(Claim.objects.get(pk=data["claim"]), by=by, at=at)
    elif row.batch.kind == Batch.Kind.RELEASE:
        claim(row.submission, by=by, key=uuid4(), at=at)
    elif "held" in data:
        held = HeldDecision.objects.select_related("claim").get(pk=data["held"])
        take_back(held, by=by, at=at)
        if row.was_waiting:
            release(Claim.objects.get(pk=held.claim_id), by=by, at=at)
    else:
        raise Stale("It was sent at once, so it cannot be taken back.")
