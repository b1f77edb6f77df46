"""What an author is told of the policy for small changes: whether one goes live at once, and where the trust stands."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from stories.models import LaterLook, Statement, Story, Submission
from stories.status import OPEN, SubmissionState
from stories.workflow.trusting import outlook, trust_of
from stories.writing.steps import Standing

WITH_EDITORS = "Your story is with the editors. You will be told what they decide, here and by mail."
LIVE = (
    "Your change is small, so it went live at once: readers see it now. An editor may look at it afterwards."
)

_LOOKED = {
    "": "No editor read it before; one may look at it afterwards.",
    LaterLook.Verdict.FINE: "An editor looked at it afterwards and found it fine.",
    LaterLook.Verdict.PUT_BACK: "An editor looked at it afterwards and put the former text back.",
}


@dataclass(frozen=True)
class Told:
    """`words` say what comes or came of it, `trust` what the author has earned so far.

    `put_back` is why an editor put the former text back, if one did.
    """

    words: str
    trust: str
    is_live: bool = False
    put_back: Statement | None = None


def told_before(reader: User, story: Story) -> Told | None:
    """What comes of submitting the draft as it is saved. None where a trip goes on, or there is no such policy."""
    published = story.published_revision
    if published is None or not story.has_pending_change or story.is_scheduled:
        return None
    if not settings.TRUSTED_AFTER or story.submissions.filter(state__in=OPEN).exists():
        return None
    # Which files its pictures are is known when it is frozen; here their addresses tell.
    content = story.draft.content.changed(pictures=tuple(published.pictures))
    found = outlook(story, content, authors=story.authors(), at=timezone.now())
    if found is None:
        return None
    if found.is_live:
        return Told(
            "As it is saved now, this is a small change: it goes live at once when you submit it, and an editor may "
            "look at it afterwards.",
            _trust(reader),
            is_live=True,
        )
    return Told(f"It waits for an editor when you submit it, because {found.because}.", _trust(reader))


def as_told(standing: Standing, told: Told | None) -> Standing:
    """Of this very change, where more is known than what comes of any."""
    if told is None:
        return standing
    until = "you submit it" if told.is_live else "an editor has read the new one"
    return replace(
        standing, next=f"You have changed it since. Readers keep the text they have until {until}."
    )


def told_after(reader: User, submission: Submission) -> Told | None:
    """On the page of a submission that went live by the policy."""
    if submission.state != SubmissionState.APPROVED:
        return None
    by_policy = submission.decisions.exclude(policy="").select_related("later_look")
    decision = by_policy.first()
    if decision is None:
        return None
    return Told(
        "It went live at once when it was submitted, because it is a small change by authors whose texts were "
        f"approved often enough in a row. {_LOOKED[decision.later_look.verdict]}",
        _trust(reader),
        put_back=_put_back(submission, decision.later_look),
    )


def _put_back(submission: Submission, look: LaterLook) -> Statement | None:
    if look.verdict != LaterLook.Verdict.PUT_BACK:
        return None
    stated = Statement.objects.filter(
        event__submission=submission, restriction=Statement.Restriction.PUT_BACK
    )
    return stated.select_related("ground__reason").first()


def said_of(submission: Submission) -> str:
    """What the page says when the story was just submitted."""
    return LIVE if submission.state == SubmissionState.APPROVED else WITH_EDITORS


def _trust(reader: User) -> str:
    trust = trust_of(reader)
    if not trust.needed:
        return ""
    counted = f"{trust.approvals} of your texts {'was' if trust.approvals == 1 else 'were'} approved in a row"
    if trust.is_earned:
        return f"{counted}. A text that is declined, removed or put back, or a warning, ends that."
    return (
        f"{counted}. From {trust.needed} on, changes of fewer than {settings.SMALL_CHANGE_WORDS} words to what you "
        "have published go live at once."
    )
