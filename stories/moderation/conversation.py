"""What has been said about a submission, round by round, by its author and by editors."""

from dataclasses import dataclass, field
from datetime import datetime

from stories.models import Decision, Event, Request, Submission
from stories.status import Action, SubmissionState

_BY_AUTHOR: dict[str, str] = {
    Action.SUBMIT: "sent it in",
    Action.REPLACE: "sent a newer text",
    Action.RESUBMIT: "sent it again",
    Action.WITHDRAW: "withdrew it",
}
_BY_EDITOR: dict[str, str] = {
    Action.APPROVE: "approved it",
    Action.RETURN: "sent it back",
    Action.DECLINE: "declined it",
}
_SAID: dict[str, str] = {
    **_BY_AUTHOR,
    **_BY_EDITOR,
    Action.RELEASE: "put it back",
    "reply": "wrote to the editors",
}


@dataclass(frozen=True)
class Turn:
    who: str
    did: str
    at: datetime
    note: str = ""
    reason: str = ""
    requests: list[Request] = field(default_factory=list)


@dataclass
class Round:
    number: int
    turns: list[Turn] = field(default_factory=list)


def conversation_of(submission: Submission) -> list[Round]:
    """The newest round first: two queries, and two more for what was asked once a story was sent back."""
    events = submission.events.filter(action__in=_SAID).select_related("actor").order_by("id")
    reasons = _reasons(submission)
    asked = _asked(submission) if submission.round > 1 or submission.state == SubmissionState.RETURNED else {}
    rounds = [Round(1)]
    for event in events:
        if event.action == Action.RESUBMIT:
            rounds.append(Round(rounds[-1].number + 1))
        if event.action == Action.RELEASE and not event.note:
            continue
        rounds[-1].turns.append(_turn(event, reasons, asked))
    return rounds[::-1]


def _turn(event: Event, reasons: dict[int, str], asked: dict[int, list[Request]]) -> Turn:
    decision = event.data.get("decision", 0)
    return Turn(
        who=event.actor.name if event.actor else "",
        did=_SAID[event.action],
        at=event.at,
        note=event.note,
        reason=reasons.get(decision, ""),
        requests=asked.get(decision, []),
    )


def _reasons(submission: Submission) -> dict[int, str]:
    declined = submission.decisions.filter(kind=Decision.Kind.DECLINE).select_related("reason")
    return {decision.pk: decision.reason.label for decision in declined if decision.reason}


def last_asked(rounds: list[Round]) -> list[Request]:
    """What the latest return asked for, with the author's answers."""
    turns = [turn for found in rounds for turn in reversed(found.turns)]
    return next((turn.requests for turn in turns if turn.requests), [])


def _asked(submission: Submission) -> dict[int, list[Request]]:
    """What was asked with each return, and the author's answers."""
    found: dict[int, list[Request]] = {}
    for request in Request.objects.made_on(submission).select_related("decision").with_answers():
        found.setdefault(request.decision_id, []).append(request)
    return found


def earlier_trips(submission: Submission) -> list[Submission]:
    """The story's other submissions, newest first."""
    return list(submission.story.submissions.exclude(pk=submission.pk).order_by("-id")[:5])
