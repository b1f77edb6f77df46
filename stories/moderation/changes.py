"""What happened to a submission while an editor was reading it: for the page that refuses a stale decision."""

from dataclasses import dataclass
from datetime import datetime

from stories.models import Claim, Event, Revision, Submission
from stories.status import Action

_DID = {
    Action.CLAIM: "{who} took the story.",
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
}

_FIELDS = {
    "title": "The title",
    "summary": "The summary",
    "body": "The text",
    "language": "The language",
    "topics": "The topics",
    "tags": "The tags",
    "cover": "The cover picture",
    "cover_alt": "The words for the cover picture",
    "pictures": "The pictures",
    "disclosures": "What the author discloses",
}


@dataclass(frozen=True)
class Happening:
    at: datetime
    words: str


def happenings_since(claim: Claim, submission: Submission) -> list[Happening]:
    """What others and the clock did after `claim` began, oldest first."""
    events = submission.story.events.select_related("actor").order_by("id")
    taking = events.filter(action=Action.CLAIM, data__claim=claim.pk).first()
    after = events.filter(id__gt=taking.pk) if taking else events.none()
    known = (event for event in after if event.action in _DID)
    return [Happening(event.at, _say(event)) for event in known]


def _say(event: Event) -> str:
    return _DID[Action(event.action)].format(who=event.actor.name if event.actor else "Somebody")


def fields_that_differ(read: Revision | None, now: Revision) -> list[str]:
    if read is None or read.pk == now.pk:
        return []
    before, after = read.content, now.content
    return [words for name, words in _FIELDS.items() if getattr(before, name) != getattr(after, name)]


def links_added(read: Revision | None, now: Revision) -> list[list[str]]:
    """Those of the newer text (address, host, words) that the text which was read did not have."""
    if read is None or read.pk == now.pk:
        return []
    known = {link[0] for link in read.rendering.links}
    return [link for link in now.rendering.links if link[0] not in known]
