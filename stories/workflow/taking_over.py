"""Takes a story out of a colleague's hands, with a reason that the colleague is told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Claim, Submission
from stories.notices.colleagues import tell_taken_over
from stories.permissions import may_review
from stories.prose.plain import clean_line
from stories.status import (
    SUBMISSION_MOVES,
    Action,
    AlreadyThere,
    Incomplete,
    NotAllowed,
    Stale,
    SubmissionState,
    WrongState,
    check_move,
    say,
)
from stories.workflow.claiming import end_claim, expire_claims, lend, once, refuse_author, wait_for_twin
from stories.workflow.holding import refuse_held
from stories.workflow.recording import record_submission_move

WHY_CHARACTERS = 300


def take_over(held: Claim, *, by: User, key: UUID, note: str, at: datetime | None = None) -> Claim:
    """Ends the colleague's claim `held`, which the page showed, and begins one of `by`.

    The colleague is told who took the story and why. Raises AlreadyThere when `by` holds it, Stale when the claim
    that was meant is over, so that nobody takes it from somebody they did not see, Incomplete without a reason.
    """
    if not may_review(by, held.submission):
        raise NotAllowed("Nobody reads their own story as its editor.")
    at = at or timezone.now()
    expire_claims(at=at)
    return _take_over(held, by=by, key=key, why=checked_why(note), at=at)


def checked_why(note: str) -> str:
    why = clean_line(note)
    if not why:
        raise Incomplete("Say why you take it over. Your colleague is told in these words.", field="note")
    if len(why) > WHY_CHARACTERS:
        raise Incomplete(f"Say it in {WHY_CHARACTERS} characters or fewer.", field="note")
    return why


@transaction.atomic
def _take_over(held: Claim, *, by: User, key: UUID, why: str, at: datetime) -> Claim:
    wait_for_twin(key)
    if (taken := once(by=by, key=key)) is not None:
        return taken
    submission = Submission.objects.select_for_update(no_key=True, of=("self",)).get(pk=held.submission_id)
    refuse_author(submission, by=by)
    live = _lock_held(submission, held, by=by)
    source = submission.state
    submission.state = check_move(SUBMISSION_MOVES, Action.TAKE_OVER, source)
    submission.version += 1
    submission.save(update_fields=["state", "version"])
    end_claim(live, Claim.End.TAKEN, at=at)
    taken = lend(submission, by=by, key=key, at=at)
    data: dict[str, object] = {"claim": taken.pk, "previous": live.pk}
    event = record_submission_move(
        submission, Action.TAKE_OVER, source=source, by=by, at=at, note=why, data=data
    )
    tell_taken_over(event, recipient=live.editor)
    return taken


def _lock_held(submission: Submission, held: Claim, *, by: User) -> Claim:
    live = submission.claims.live().select_related("editor").first()
    if live is None:
        if submission.state == SubmissionState.QUEUED:
            raise Stale(
                "Nobody is reading this story any more, so there is nobody to take it from: just take it."
            )
        raise WrongState(f"This story is {say(submission.state)} by now. Nothing was taken over.")
    if live.editor_id == by.pk:
        raise AlreadyThere("You are reading this story already.")
    if live.pk != held.pk:
        raise Stale(f"{live.editor.name} has this story by now. Nothing was taken over.")
    refuse_held(live, by=by)
    return live
