"""Leases on submissions: take, renew, put back, run out. Two editors never hold the same one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from stories.models import Authorship, Claim, Event, Proposal, Submission
from stories.models.submission import QUEUE_ORDER, SubmissionQuerySet
from stories.permissions import is_editor, may_review
from stories.status import (
    SUBMISSION_MOVES,
    Action,
    AlreadyThere,
    NotAllowed,
    Stale,
    SubmissionState,
    WrongState,
    check_move,
)
from stories.workflow.holding import overtake, refuse_held
from stories.workflow.recording import record_submission_move

Narrowing = Callable[[SubmissionQuerySet], SubmissionQuerySet]


class NothingWaiting(WrongState):
    """The queue holds nothing that this editor may take."""


def claim_next(*, by: User, key: UUID, among: Narrowing | None = None, at: datetime | None = None) -> Claim:
    """The submission due first that nobody holds and `by` did not write; of those that `among` leaves, if given.

    `key` is made by the form: the same form sent twice gives the same claim. Raises NothingWaiting.
    """
    if not is_editor(by):
        raise NotAllowed("Only editors can take stories from the queue.")
    at = at or timezone.now()
    expire_claims(at=at)
    return _take(by=by, key=key, at=at, among=among)


def claim(submission: Submission, *, by: User, key: UUID, at: datetime | None = None) -> Claim:
    """This very submission. Raises AlreadyThere when `by` holds it, Stale when a colleague does."""
    if not may_review(by, submission):
        raise NotAllowed("Nobody reads their own story as its editor.")
    at = at or timezone.now()
    expire_claims(at=at)
    return _take(by=by, key=key, at=at, submission=submission)


def once(*, by: User, key: UUID) -> Claim | None:
    return Claim.objects.filter(editor=by, key=key).select_related("submission__story").first()


@transaction.atomic
def _take(
    *,
    by: User,
    key: UUID,
    at: datetime,
    submission: Submission | None = None,
    among: Narrowing | None = None,
) -> Claim:
    wait_for_twin(key)
    held = once(by=by, key=key)
    if held is not None:
        return held
    locked = _lock_named(submission, by=by) if submission else _lock_next(by=by, among=among)
    refuse_author(locked, by=by)
    _refuse_proposed(locked)
    return _begin(locked, by=by, key=key, at=at)


def refuse_author(locked: Submission, *, by: User) -> None:
    if Authorship.objects.filter(story=locked.story_id, author=by).exists():
        raise NotAllowed("You became one of its authors a moment ago, so you cannot read it as its editor.")


def _refuse_proposed(locked: Submission) -> None:
    proposal = Proposal.objects.standing().filter(submission=locked).select_related("proposed_by").first()
    if proposal is not None:
        raise WrongState(
            f"{proposal.proposed_by.name} proposes to decline this story, and a second editor is asked to agree. "
            "Nobody takes it before that has its answer."
        )


def wait_for_twin(key: UUID) -> None:
    """The same form sent twice at once: the second waits here until the first has its claim or has failed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int >> 65])


def _lock_next(*, by: User, among: Narrowing | None) -> Submission:
    proposed = Proposal.objects.filter(submission=OuterRef("pk"), ended_at__isnull=True)
    waiting = Submission.objects.waiting().not_by(by).filter(~Exists(proposed))
    waiting = among(waiting) if among else waiting
    submission = (
        waiting.order_by(*QUEUE_ORDER).select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
    )
    if submission is None:
        raise NothingWaiting("Nothing is waiting that you could take. New stories appear here by themselves.")
    return submission


def _lock_named(submission: Submission, *, by: User) -> Submission:
    locked = Submission.objects.select_for_update(no_key=True, of=("self",)).get(pk=submission.pk)
    if locked.state == SubmissionState.IN_REVIEW:
        holder = locked.claims.live().select_related("editor").get().editor
        if holder.pk == by.pk:
            raise AlreadyThere("You are reading this story already.")
        raise Stale(f"{holder.display_name or holder.username} took this story a moment before you.")
    return locked


def _begin(submission: Submission, *, by: User, key: UUID, at: datetime) -> Claim:
    source = submission.state
    submission.state = check_move(SUBMISSION_MOVES, Action.CLAIM, source)
    submission.version += 1
    submission.save(update_fields=["state", "version"])
    taken = lend(submission, by=by, key=key, at=at)
    record_submission_move(submission, Action.CLAIM, source=source, by=by, at=at, data={"claim": taken.pk})
    return taken


def lend(submission: Submission, *, by: User, key: UUID, at: datetime) -> Claim:
    return Claim.objects.create(
        submission=submission, editor=by, key=key, claimed_at=at, expires_at=at + lease()
    )


def lease() -> timedelta:
    return timedelta(minutes=settings.CLAIM_MINUTES)


@transaction.atomic
def renew(claim: Claim, *, by: User, at: datetime | None = None) -> Claim:
    """Another full lease from now. Raises Stale when it is over: a colleague may be reading by now."""
    at = at or timezone.now()
    _, claim = lock_claim(claim)
    check_live(claim, by=by, at=at)
    claim.expires_at = at + lease()
    claim.save(update_fields=["expires_at"])
    return claim


@transaction.atomic
def release(claim: Claim, *, by: User, note: str = "", at: datetime | None = None) -> Submission:
    """Puts the story back at its old place in the queue."""
    at = at or timezone.now()
    submission, claim = lock_claim(claim)
    if claim.editor_id != by.pk:
        raise NotAllowed("A colleague is reading this story; only they can put it back.")
    if claim.ended_at is not None:
        raise AlreadyThere("The story is not with you any more; nothing was changed.")
    refuse_held(claim, by=by)
    return _put_back(submission, claim, Action.RELEASE, by=by, note=note, at=at)


def interrupt(claim: Claim, *, at: datetime) -> Submission:
    """Ends a lease because the author takes everything back; what the editor typed stays on their page."""
    submission, claim = lock_claim(claim)
    overtake(claim, why="Its author took the story back.", at=at)
    return _put_back(submission, claim, Action.EXPIRE, by=None, note="", at=at)


def let_go(claim: Claim, *, by: User, note: str = "", at: datetime) -> None:
    """Puts the story back because `by` may not be its editor any more; what they decided a moment ago ends with it."""
    _, claim = lock_claim(claim)
    overtake(claim, why="The story was put back.", at=at, by=by)
    release(claim, by=by, note=note, at=at)


def expire_claims(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Puts back what nobody renewed; returns how many. Run by the clock and before each claim."""
    at = at or timezone.now()
    expired = 0
    for pk in Claim.objects.run_out(at).order_by("expires_at").values_list("submission", flat=True)[:at_most]:
        with transaction.atomic():
            locked = Submission.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
            submission = locked.filter(pk=pk, state=SubmissionState.IN_REVIEW).first()
            claim = submission and submission.claims.run_out(at).first()
            if submission and claim:
                _put_back(submission, claim, Action.EXPIRE, by=None, note="", at=at)
                expired += 1
    return expired


def _put_back(
    submission: Submission, claim: Claim, action: Action, *, by: User | None, note: str, at: datetime
) -> Submission:
    source = submission.state
    submission.state = check_move(SUBMISSION_MOVES, action, source)
    submission.version += 1
    submission.save(update_fields=["state", "version"])
    end_claim(claim, Claim.End.RELEASED if action is Action.RELEASE else Claim.End.EXPIRED, at=at)
    record_submission_move(
        submission, action, source=source, by=by, note=note, at=at, data={"claim": claim.pk}
    )
    return submission


def lock_claim(claim: Claim) -> tuple[Submission, Claim]:
    """The submission's row first, then the claim as it is now: every verb locks in this order."""
    submission = Submission.objects.select_for_update(no_key=True, of=("self",)).get(pk=claim.submission_id)
    return submission, Claim.objects.with_held().get(pk=claim.pk)


def check_live(claim: Claim, *, by: User, at: datetime) -> None:
    if claim.editor_id != by.pk:
        raise NotAllowed("A colleague is reading this story.")
    if claim.end == Claim.End.TAKEN:
        raise Stale(taken_words(claim))
    if claim.is_held:
        refuse_held(claim, by=by)
    if not claim.is_live(at):
        raise Stale(
            "Your time with this story ran out, and it went back to the queue. Take it again to go on."
        )


def taken_words(claim: Claim) -> str:
    """Who took the story from the holder of `claim`, and why."""
    taking = Event.objects.filter(submission=claim.submission_id, action=Action.TAKE_OVER)
    event = taking.select_related("actor").get(data__previous=claim.pk)
    who = event.actor.name if event.actor else "A colleague"
    return f"{who} took this story over from you: “{event.note}”"


def end_claim(claim: Claim, end: Claim.End, *, at: datetime) -> None:
    claim.ended_at = at
    claim.end = end
    claim.save(update_fields=["ended_at", "end"])
