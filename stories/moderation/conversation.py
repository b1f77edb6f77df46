"""What has been said about a submission, round by round: by the author on sending it, by editors on deciding."""

from dataclasses import dataclass, field
from datetime import datetime

from stories.models import Decision, Event, Submission
from stories.status import Action

_BY_AUTHOR = {
    Action.SUBMIT: "sent it in",
    Action.REPLACE: "sent a newer text",
    Action.RESUBMIT: "sent it again",
    Action.WITHDRAW: "withdrew it",
}
_BY_EDITOR = {
    Action.APPROVE: "approved it",
    Action.RETURN: "sent it back",
    Action.DECLINE: "declined it",
}
_SAID = {**_BY_AUTHOR, **_BY_EDITOR, Action.RELEASE: "put it back"}


@dataclass(frozen=True)
class Turn:
    who: str
    did: str
    at: datetime
    note: str = ""
    reason: str = ""


@dataclass
class Round:
    number: int
    turns: list[Turn] = field(default_factory=list)


def conversation_of(submission: Submission) -> list[Round]:
    """The newest round first: two queries."""
    events = submission.events.filter(action__in=_SAID).select_related("actor").order_by("id")
    reasons = _reasons(submission)
    rounds = [Round(1)]
    for event in events:
        if event.action == Action.RESUBMIT:
            rounds.append(Round(rounds[-1].number + 1))
        if event.action == Action.RELEASE and not event.note:
            continue
        rounds[-1].turns.append(_turn(event, reasons))
    return rounds[::-1]


def _turn(event: Event, reasons: dict[int, str]) -> Turn:
    return Turn(
        who=event.actor.name if event.actor else "",
        did=_SAID[Action(event.action)],
        at=event.at,
        note=event.note,
        reason=reasons.get(event.data.get("decision", 0), ""),
    )


def _reasons(submission: Submission) -> dict[int, str]:
    declined = submission.decisions.filter(kind=Decision.Kind.DECLINE).select_related("reason")
    return {decision.pk: decision.reason.label for decision in declined if decision.reason}


def earlier_trips(submission: Submission) -> list[Submission]:
    """The story's other submissions, newest first."""
    return list(submission.story.submissions.exclude(pk=submission.pk).order_by("-id")[:5])
