"""A decision that is held for its editor to take back: what waits for it, and what ends it from outside."""

from datetime import datetime

from accounts.models import User
from stories.models import Claim, HeldDecision, HeldEnd
from stories.notices.colleagues import tell_overtaken
from stories.status import Stale
from stories.workflow.recording import record_change


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
        HeldEnd.objects.create(held=held, kind=HeldEnd.Kind.OVERTAKEN, why=why, at=at)
        submission = held.submission
        event = record_change(
            submission.story, "drop_decision", by=by, at=at, submission=submission, data={"held": held.pk}
        )
        if held.decided_by != by:
            tell_overtaken(event, recipient=held.decided_by, why=why)
