"""What happened to a submission while an editor was reading it: for the page that refuses a stale decision."""

from dataclasses import dataclass
from datetime import datetime

from stories.models import Claim, Event, Submission
from stories.status import Action

_DID: dict[str, str] = {
    Action.CLAIM: "{who} took the story.",
    Action.TAKE_OVER: "{who} took it over: “{note}”",
    Action.RELEASE: "{who} put it back in the queue.",
    Action.EXPIRE: "The time of whoever was reading it ran out, and it went back to the queue.",
    Action.APPROVE: "{who} approved it.",
    Action.PUBLISH: "It was published.",
    Action.RETURN: "{who} sent it back to its author.",
    Action.DECLINE: "{who} declined it.",
    Action.SUBMIT: "{who}, its author, sent it in.",
    Action.REPLACE: "{who}, its author, sent a newer text.",
    Action.RESUBMIT: "{who}, its author, sent it again.",
    Action.WITHDRAW: "{who}, its author, withdrew it.",
    Action.REMOVE: "{who} removed the story from the public pages.",
    Action.RESTORE: "{who} put the story back on the public pages.",
    Action.UNLIST: "{who}, its author, took it off the public pages.",
    Action.PUBLISH_AGAIN: "{who}, its author, put it on the public pages again.",
    "change_disclaimer": "{who} gave it another disclaimer: “{note}”",
    "correct": "{who} added a correction: “{note}”",
    "propose": "{who} made a proposal about it, which a second editor answers.",
}


@dataclass(frozen=True)
class Happening:
    at: datetime
    words: str


def happenings_since(claim: Claim, submission: Submission) -> list[Happening]:
    """What others and the clock did after `claim` began, oldest first."""
    events = submission.story.events.select_related("actor").order_by("id")
    taking = events.filter(action__in=(Action.CLAIM, Action.TAKE_OVER), data__claim=claim.pk).first()
    after = events.filter(id__gt=taking.pk) if taking else events.none()
    known = (event for event in after if event.action in _DID)
    return [Happening(event.at, say_event(event)) for event in known]


def say_event(event: Event) -> str:
    return _DID[event.action].format(who=event.actor.name if event.actor else "Somebody", note=event.note)
