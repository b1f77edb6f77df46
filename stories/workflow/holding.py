"""A decision that is held for its editor to take back: what waits for it, and what ends it from outside."""

from datetime import datetime

from accounts.models import User
from stories.models import Claim, Event, HeldDecision, HeldEnd
from stories.notices.colleagues import tell_overtaken
from stories.status import Stale
from stories.trust import HELD_MOVES, HeldAction, HeldState
from stories.workflow.recording import record_move


def refuse_held(claim: Claim, *, by: User) -> None:
    """For what cannot be done to a story between its decision and the end of the time to take it back."""
    held = HeldDecision.objects.standing().filter(claim=claim).select_related("decided_by").first()
    if held is None:
        return
    if held.decided_by_id == by.pk:
        raise Stale("You have decided on this story. Take the decision back first, while there is time.")
    raise Stale(f"{held.decided_by.name} has decided on this story a moment ago. Nothing was changed.")


def overtake(claim: Claim, *, why: str, at: datetime, by: User | None = None) -> None:
    """Ends what is held under the claim, because it cannot be carried out any more; its editor is told why.

    The caller holds the submission's row.
    """
    standing = HeldDecision.objects.standing().filter(claim=claim)
    for held in standing.select_related("submission__story", "submission__revision", "decided_by"):
        end_held(held, HeldAction.OVERTAKE, why=why, at=at)
        event = record_held(held, HeldAction.OVERTAKE, by=by, at=at)
        if held.decided_by != by:
            tell_overtaken(event, recipient=held.decided_by, why=why)


def end_held(
    held: HeldDecision, action: HeldAction, *, at: datetime, by: User | None = None, why: str = ""
) -> HeldEnd:
    """Once: the database lets nobody write a second end."""
    return HeldEnd.objects.create(held=held, kind=HELD_MOVES[action].target, by=by, why=why, at=at)


def record_held(held: HeldDecision, action: HeldAction, *, by: User | None, at: datetime) -> Event:
    submission = held.submission
    return record_move(
        submission.story,
        action,
        machine="held",
        source="" if action is HeldAction.HOLD else HeldState.HELD,
        target=HELD_MOVES[action].target,
        by=by,
        at=at,
        submission=submission,
        data={"held": held.pk},
    )
