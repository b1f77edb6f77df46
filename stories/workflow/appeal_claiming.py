"""Leases on appeals, as those on submissions: take, renew, put back, take over, run out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import AppealClaim, Event, Hearing
from stories.notices.appealing import tell_appeal_taken_over
from stories.permissions import may_answer
from stories.redress import APPEAL_MOVES, AppealAction, AppealState, check_redress_move
from stories.status import AlreadyThere, NotAllowed, Stale, WrongState
from stories.workflow.claiming import lease, wait_for_twin
from stories.workflow.recording import record_appeal
from stories.workflow.taking_over import checked_why

NOT_YOURS = "Somebody else than who decided, and who did not write the story, answers an appeal."


@transaction.atomic
def claim_appeal(hearing: Hearing, *, by: User, key: UUID, at: datetime | None = None) -> AppealClaim:
    """The same `key` gives the same claim. Raises AlreadyThere when `by` holds it, Stale when a colleague does."""
    at = at or timezone.now()
    if not may_answer(by, hearing.appeal):
        raise NotAllowed(NOT_YOURS)
    hearing = lock_hearing(hearing)
    held = AppealClaim.objects.filter(editor=by, key=key).first()
    if held is not None:
        return held
    if hearing.appeal.is_void:
        raise WrongState("Its author deleted the story, so there is nothing left to decide.")
    if hearing.state == AppealState.IN_REVIEW:
        _end_or_refuse(hearing, by=by, at=at)
    source, hearing.state = hearing.state, check_redress_move(APPEAL_MOVES, AppealAction.CLAIM, hearing.state)
    hearing.save(update_fields=["state"])
    taken = _lend(hearing, by=by, key=key, at=at)
    _record(hearing, AppealAction.CLAIM, source=source, by=by, at=at, data={"claim": taken.pk})
    return taken


def _end_or_refuse(hearing: Hearing, *, by: User, at: datetime) -> None:
    """A lease that ran out and that the clock has not come by to end is ended here."""
    holder = hearing.claims.live().select_related("editor").get()
    if not holder.is_live(at):
        _put_back(hearing, holder, AppealAction.EXPIRE, by=None, at=at)
        return
    if holder.editor_id == by.pk:
        raise AlreadyThere("You are reading this appeal already.")
    raise Stale(f"{holder.editor.name} took this appeal a moment before you.")


@transaction.atomic
def take_over_appeal(
    held: AppealClaim, *, by: User, key: UUID, note: str, at: datetime | None = None
) -> AppealClaim:
    """From the colleague whose claim the page showed, who is told who took it and why, in the words of `note`."""
    at = at or timezone.now()
    if not may_answer(by, held.hearing.appeal):
        raise NotAllowed(NOT_YOURS)
    why = checked_why(note)
    wait_for_twin(key)
    taken = AppealClaim.objects.filter(editor=by, key=key).first()
    if taken is not None:
        return taken
    hearing = lock_hearing(held.hearing)
    live = hearing.claims.live().select_related("editor").first()
    if live is None or not live.is_live(at):
        raise Stale(
            "Nobody is reading this appeal any more, so there is nobody to take it from: just take it."
        )
    if live.editor_id == by.pk:
        raise AlreadyThere("You are reading this appeal already.")
    if live.pk != held.pk:
        raise Stale(f"{live.editor.name} has this appeal by now. Nothing was taken over.")
    check_redress_move(APPEAL_MOVES, AppealAction.TAKE_OVER, hearing.state)
    end_claim(live, AppealClaim.End.TAKEN, at=at)
    taken = _lend(hearing, by=by, key=key, at=at)
    data = {"claim": taken.pk, "previous": live.pk}
    event = _record(hearing, AppealAction.TAKE_OVER, source=hearing.state, by=by, at=at, note=why, data=data)
    tell_appeal_taken_over(event, hearing.appeal, recipient=live.editor)
    return taken


@transaction.atomic
def renew_appeal(held: AppealClaim, *, by: User, at: datetime | None = None) -> AppealClaim:
    """Another full lease from now. Raises Stale when it is over."""
    at = at or timezone.now()
    lock_hearing(held.hearing)
    held = AppealClaim.objects.get(pk=held.pk)
    check_live(held, by=by, at=at)
    held.expires_at = at + lease()
    held.save(update_fields=["expires_at"])
    return held


@transaction.atomic
def release_appeal(held: AppealClaim, *, by: User, at: datetime | None = None) -> Hearing:
    """Puts it back at its place."""
    at = at or timezone.now()
    hearing = lock_hearing(held.hearing)
    held = AppealClaim.objects.get(pk=held.pk)
    if held.editor_id != by.pk:
        raise NotAllowed("A colleague is reading this appeal; only they can put it back.")
    if held.ended_at is not None:
        raise AlreadyThere("This appeal is not with you any more; nothing was changed.")
    _put_back(hearing, held, AppealAction.RELEASE, by=by, at=at)
    return hearing


def expire_appeal_claims(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Puts back what nobody renewed; returns how many. Run by the clock."""
    at = at or timezone.now()
    expired = 0
    over = AppealClaim.objects.run_out(at).order_by("expires_at")
    for pk in over.values_list("hearing", flat=True)[:at_most]:
        with transaction.atomic():
            locked = Hearing.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
            found = locked.select_related("appeal").filter(pk=pk, state=AppealState.IN_REVIEW).first()
            held = found and found.claims.run_out(at).first()
            if found and held:
                _put_back(found, held, AppealAction.EXPIRE, by=None, at=at)
                expired += 1
    return expired


def _put_back(
    hearing: Hearing, held: AppealClaim, action: AppealAction, *, by: User | None, at: datetime
) -> None:
    source, hearing.state = hearing.state, check_redress_move(APPEAL_MOVES, action, hearing.state)
    hearing.save(update_fields=["state"])
    released = action is AppealAction.RELEASE
    end_claim(held, AppealClaim.End.RELEASED if released else AppealClaim.End.EXPIRED, at=at)
    _record(hearing, action, source=source, by=by, at=at, data={"claim": held.pk})


def _lend(hearing: Hearing, *, by: User, key: UUID, at: datetime) -> AppealClaim:
    return AppealClaim.objects.create(
        hearing=hearing, editor=by, key=key, claimed_at=at, expires_at=at + lease()
    )


def _record(hearing: Hearing, action: AppealAction, *, source: str, **said: Any) -> Event:
    return record_appeal(hearing.appeal, action, source=source, target=hearing.state, **said)


def lock_hearing(hearing: Hearing) -> Hearing:
    """As it is now, and as it stays until the transaction ends. Who changes the story too locks that before."""
    locked = Hearing.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("appeal__story", "appeal__decision", "appeal__removal").get(pk=hearing.pk)


def check_live(held: AppealClaim, *, by: User, at: datetime) -> None:
    if held.editor_id != by.pk:
        raise NotAllowed("A colleague is reading this appeal.")
    if held.end == AppealClaim.End.TAKEN:
        raise Stale(_taken_words(held))
    if not held.is_live(at):
        raise Stale(
            "Your time with this appeal ran out, and it went back to the others. Take it again to go on."
        )


def _taken_words(held: AppealClaim) -> str:
    """Who took the appeal from the holder of the claim, and why."""
    taking = Event.objects.filter(story=held.hearing.appeal.story_id, action=AppealAction.TAKE_OVER)
    event = taking.select_related("actor").get(data__previous=held.pk)
    who = event.actor.name if event.actor else "A colleague"
    return f"{who} took this appeal over from you: “{event.note}”"


def end_claim(held: AppealClaim, end: AppealClaim.End, *, at: datetime) -> None:
    held.ended_at = at
    held.end = end
    held.save(update_fields=["ended_at", "end"])
