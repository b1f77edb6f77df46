"""A little time to take a decision back before anything of it is sent: it is held, then carried out by the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Claim, Decision, DisclaimerVersion, HeldDecision, HeldEnd, LedBy, Reason
from stories.prose.plain import clean_text
from stories.status import AlreadyThere, MoveRefused, NotAllowed, WrongState
from stories.trust import HELD_MOVES, HeldAction
from stories.workflow.attending import forget_unsent
from stories.workflow.claiming import lease, lock_claim
from stories.workflow.deciding import Read, approve, decline, lock_read, return_to_author
from stories.workflow.holding import end_held, overtake, record_held
from stories.workflow.locking import lock_story


@dataclass(frozen=True)
class Meant:
    """What an editor decides: one of the three answers with all that its verb is given."""

    kind: str
    note: str = ""
    requests: Sequence[str] = ()
    reason: Reason | None = None
    led_by: str = LedBy.OWN
    disclaimers: Sequence[DisclaimerVersion] = ()
    publish_at: datetime | None = None


def decide(read: Read, meant: Meant, *, by: User, at: datetime | None = None) -> Decision | HeldDecision:
    """Holds the decision for as long as the site's editors may take one back; where they may not, makes it."""
    if settings.TAKE_BACK_SECONDS:
        return hold(read, meant, by=by, at=at)
    decision = make(read, meant, by=by, at=at)
    forget_unsent(decision.submission, by=by)
    return decision


def make(read: Read, meant: Meant, *, by: User, at: datetime | None = None) -> Decision:
    match meant.kind:
        case Decision.Kind.APPROVE:
            return approve(
                read,
                by=by,
                disclaimers=meant.disclaimers,
                note=meant.note,
                publish_at=meant.publish_at,
                at=at,
            )
        case Decision.Kind.DECLINE:
            return decline(read, by=by, reason=meant.reason, note=meant.note, led_by=meant.led_by, at=at)
    return return_to_author(read, by=by, note=meant.note, requests=meant.requests, at=at)


@transaction.atomic
def hold(read: Read, meant: Meant, *, by: User, at: datetime | None = None) -> HeldDecision:
    """Keeps the decision until its time is over. Nobody is told, the story stays in review and with its editor.

    Raises what the verb raises: the decision is made and undone, so that it is refused now, not later.
    """
    at = at or timezone.now()
    _, submission, claim = lock_read(read, by=by, at=at)
    with transaction.atomic():
        make(read, meant, by=by, at=at)
        transaction.set_rollback(True)
    held = HeldDecision.objects.create(
        submission=submission,
        claim=claim,
        kind=meant.kind,
        revision_id=read.revision_id,
        sha256=read.sha256,
        decided_by=by,
        decided_at=at,
        due_at=at + timedelta(seconds=settings.TAKE_BACK_SECONDS),
        reason=meant.reason if meant.kind == Decision.Kind.DECLINE else None,
        led_by=meant.led_by,
        note=clean_text(meant.note),
        requests=list(meant.requests),
        publish_at=meant.publish_at,
        disclaimers=_given(meant),
    )
    _lend_until(claim, held.due_at)
    record_held(held, HeldAction.HOLD, by=by, at=at)
    return held


def _given(meant: Meant) -> list[int]:
    return [version.pk for version in meant.disclaimers] if meant.kind == Decision.Kind.APPROVE else []


def _lend_until(claim: Claim, moment: datetime) -> None:
    """Another full lease after `moment`: whoever takes a decision back goes on reading."""
    claim.expires_at = moment + lease()
    claim.save(update_fields=["expires_at"])


@transaction.atomic
def take_back(held: HeldDecision, *, by: User, at: datetime | None = None) -> HeldEnd:
    """Before its time is over, by who made it: the story is with them again, with what they had typed.

    Raises AlreadyThere when it was taken back before, WrongState when it is too late.
    """
    at = at or timezone.now()
    submission, claim = lock_claim(held.claim)
    if held.decided_by_id != by.pk:
        raise NotAllowed("Only who made a decision can take it back.")
    held = HeldDecision.objects.select_related("end").get(pk=held.pk)
    held.submission = submission
    if held.state not in HELD_MOVES[HeldAction.TAKE_BACK].sources:
        _refuse_ended(held.end)
    if at >= held.due_at:
        raise WrongState("The time to take this decision back is over: it is being sent now.")
    taken = end_held(held, HeldAction.TAKE_BACK, by=by, at=at)
    _lend_until(claim, at)
    record_held(held, HeldAction.TAKE_BACK, by=by, at=at)
    return taken


def _refuse_ended(end: HeldEnd) -> None:
    if end.kind == HeldEnd.Kind.TAKEN_BACK:
        raise AlreadyThere("You have taken this decision back already. Nothing was sent.")
    if end.kind == HeldEnd.Kind.OVERTAKEN:
        raise WrongState(f"This decision was not carried out, so nothing was sent. {end.why}")
    raise WrongState("It was too late to take this decision back: it has been sent. Nothing was changed.")


def carry_out_due(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Makes the decisions whose time is over; returns how many. Run by the clock; two clocks never make one twice."""
    at = at or timezone.now()
    made = 0
    for held in HeldDecision.objects.due(at).select_related("submission__story", "claim")[:at_most]:
        with transaction.atomic():
            lock_story(held.submission.story)
            _, claim = lock_claim(held.claim)
            if HeldEnd.objects.filter(held=held).exists():
                continue
            _lend_until(claim, at)
            try:
                with transaction.atomic():
                    _carry_out(held, at=at)
                made += 1
            except MoveRefused as refused:
                overtake(claim, why=refused.message, at=at)
    return made


def _carry_out(held: HeldDecision, *, at: datetime) -> None:
    end_held(held, HeldAction.CARRY_OUT, at=at)
    versions = DisclaimerVersion.objects.in_bulk(held.disclaimers)
    later = held.publish_at if held.publish_at is not None and held.publish_at > at else None
    meant = Meant(
        held.kind,
        note=held.note,
        requests=held.requests,
        reason=held.reason,
        led_by=held.led_by,
        disclaimers=[versions[pk] for pk in held.disclaimers],
        publish_at=later,
    )
    read = Read(claim=held.claim, revision_id=held.revision_id, sha256=held.sha256)
    make(read, meant, by=held.decided_by, at=at)
    forget_unsent(held.submission, by=held.decided_by)
