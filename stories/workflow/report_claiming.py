"""Leases on the reports of a story, as those on submissions: take, renew, put back, run out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import ReportClaim, ReportGroup
from stories.permissions import may_judge
from stories.redress import REPORT_MOVES, ReportAction, ReportState, check_redress_move
from stories.status import AlreadyThere, NotAllowed, Stale
from stories.workflow.claiming import lease
from stories.workflow.recording import record_report_move


@transaction.atomic
def claim_reports(group: ReportGroup, *, by: User, key: UUID, at: datetime | None = None) -> ReportClaim:
    """The same `key` gives the same claim. Raises AlreadyThere when `by` holds it, Stale when a colleague does."""
    at = at or timezone.now()
    if not may_judge(by, group):
        raise NotAllowed("Nobody reads reports about their own story, or their own.")
    group = lock_reports(group)
    held = ReportClaim.objects.filter(editor=by, key=key).first()
    if held is not None:
        return held
    if group.state == ReportState.IN_REVIEW:
        _end_or_refuse(group, by=by, at=at)
    source, group.state = group.state, check_redress_move(REPORT_MOVES, ReportAction.CLAIM, group.state)
    group.save(update_fields=["state"])
    taken = ReportClaim.objects.create(
        group=group, editor=by, key=key, claimed_at=at, expires_at=at + lease()
    )
    record_report_move(group, ReportAction.CLAIM, source=source, by=by, at=at, data={"claim": taken.pk})
    return taken


def _end_or_refuse(group: ReportGroup, *, by: User, at: datetime) -> None:
    """A lease that ran out and that the clock has not come by to end is ended here."""
    holder = group.claims.live().select_related("editor").get()
    if not holder.is_live(at):
        _put_back(group, holder, ReportAction.EXPIRE, by=None, at=at)
        return
    if holder.editor_id == by.pk:
        raise AlreadyThere("You are reading these reports already.")
    raise Stale(f"{holder.editor.name} took these reports a moment before you.")


@transaction.atomic
def renew_reports(claim: ReportClaim, *, by: User, at: datetime | None = None) -> ReportClaim:
    """Another full lease from now. Raises Stale when it is over."""
    at = at or timezone.now()
    lock_reports(claim.group)
    claim = ReportClaim.objects.get(pk=claim.pk)
    check_live(claim, by=by, at=at)
    claim.expires_at = at + lease()
    claim.save(update_fields=["expires_at"])
    return claim


@transaction.atomic
def release_reports(claim: ReportClaim, *, by: User, at: datetime | None = None) -> ReportGroup:
    """Puts them back at their place."""
    at = at or timezone.now()
    group = lock_reports(claim.group)
    claim = ReportClaim.objects.get(pk=claim.pk)
    if claim.editor_id != by.pk:
        raise NotAllowed("A colleague is reading these reports; only they can put them back.")
    if claim.ended_at is not None:
        raise AlreadyThere("These reports are not with you any more; nothing was changed.")
    _put_back(group, claim, ReportAction.RELEASE, by=by, at=at)
    return group


def expire_report_claims(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Puts back what nobody renewed; returns how many. Run by the clock."""
    at = at or timezone.now()
    expired = 0
    for pk in (
        ReportClaim.objects.run_out(at).order_by("expires_at").values_list("group", flat=True)[:at_most]
    ):
        with transaction.atomic():
            locked = ReportGroup.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
            group = locked.filter(pk=pk, state=ReportState.IN_REVIEW).first()
            claim = group and group.claims.run_out(at).first()
            if group and claim:
                _put_back(group, claim, ReportAction.EXPIRE, by=None, at=at)
                expired += 1
    return expired


def _put_back(
    group: ReportGroup, claim: ReportClaim, action: ReportAction, *, by: User | None, at: datetime
) -> None:
    source, group.state = group.state, check_redress_move(REPORT_MOVES, action, group.state)
    group.save(update_fields=["state"])
    released = action is ReportAction.RELEASE
    end_claim(claim, ReportClaim.End.RELEASED if released else ReportClaim.End.EXPIRED, at=at)
    record_report_move(group, action, source=source, by=by, at=at, data={"claim": claim.pk})


def lock_reports(group: ReportGroup) -> ReportGroup:
    """As they are now, and as they stay until the transaction ends. Who changes the story too locks that before."""
    held = ReportGroup.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "again_of__decision"
    )
    return held.get(pk=group.pk)


def check_live(claim: ReportClaim, *, by: User, at: datetime) -> None:
    if claim.editor_id != by.pk:
        raise NotAllowed("A colleague is reading these reports.")
    if not claim.is_live(at):
        raise Stale("Your time with these reports ran out, and they went back to the others.")


def end_claim(claim: ReportClaim, end: ReportClaim.End, *, at: datetime) -> None:
    claim.ended_at = at
    claim.end = end
    claim.save(update_fields=["ended_at", "end"])
