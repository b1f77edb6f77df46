"""What happened to a story, in the words people use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from stories.models import Decision, Event, Story

_WORDS = {
    "submit": "submitted it",
    "resubmit": "submitted it again",
    "replace": "sent a newer text in its place",
    "withdraw": "took it back",
    "claim": "began to read it",
    "take_over": "went on reading it instead of a colleague",
    "release": "put it back in the line",
    "expire": "The time of the editor who read it ran out; it went back to its place in the line",
    "approve": "approved it",
    "approve_by_policy": "let it go live at once, by the policy for small changes",
    "find_fine": "looked at the small change and found it fine",
    "put_back": "put the former text back",
    "return": "sent it back with what to change",
    "decline": "declined it",
    "publish": "published it",
    "unlist": "took it off the public pages",
    "publish_again": "put it on the public pages again",
    "remove": "removed it from the public pages",
    "restore": "put it back on the public pages",
    "schedule": "set a time for its publication",
    "unschedule": "took the planned publication back",
    "feature": "chose it for the front page",
    "unfeature": "took it off the front page",
    "move_feature": "moved it up on the front page",
    "correct": "added a correction above it",
    "change_disclaimer": "gave it another disclaimer",
    "wish": "wished for another publishing time",
    "delete": "put it into the bin",
    "bring_back": "took it out of the bin",
    "answer": "answered what was asked",
    "settle": "looked at the answers to what was asked",
    "reply": "wrote to the editors",
    "appeal": "appealed against the decision",
    "uphold_appeal": "upheld the appeal",
    "reject_appeal": "rejected the appeal",
    "message": "spoke about a note beside the text",
    "take_words": "took other words that an editor suggested",
    "allow_fixes": "said anew whether editors may correct small things",
    "fix": "corrected the text, as its author allowed",
    "invite": "invited somebody to write it too",
    "join": "became one of its authors",
    "leave": "left its authors",
    "order_authors": "ordered the names of its authors",
    "decline_invitation": "An invitation to write it was declined",
}
# What the decision itself says is not said twice.
_SAID_ELSEWHERE = frozenset({"approve", "return", "decline"})


@dataclass(frozen=True)
class Happening:
    at: datetime
    words: str
    note: str


def tell(event: Event, *, reader: User) -> Happening:
    words = _WORDS.get(event.action, event.action.replace("_", " "))
    note = "" if event.action in _SAID_ELSEWHERE else event.note_to_authors
    if event.actor is None:
        return Happening(event.at, words if words[0].isupper() else f"The site {words}", note)
    who = "You" if event.actor_id == reader.pk else event.actor.name
    return Happening(event.at, f"{who} {words}", note)


def rounds_of(story: Story) -> Iterable[Decision]:
    """The editors' decisions, the latest first, with the revision each was made on."""
    decisions = Decision.objects.filter(submission__story=story).order_by("-id")
    return decisions.select_related("decided_by", "reason", "revision", "statement__ground").defer(
        "revision__body"
    )[:50]
