"""What has been said about a submission, round by round, by its author and by editors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Func, IntegerField, OuterRef, Subquery

from stories.models import Decision, Event, Request, Submission
from stories.moderation.record_log import by_policy
from stories.moderation.settling import asked_on
from stories.status import Action, SubmissionState, say

DECISIONS = 50
TRIPS = 5

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
    Action.APPROVE_BY_POLICY: "let it go live as a small change",
    "find_fine": "looked at the small change and found it fine",
    "put_back": "put the former text back",
    "reply": "wrote to the editors",
    "propose": "proposed to decline it",
    "agree": "agreed to decline it",
    "refuse_proposal": "did not agree to decline it",
    "take_back_proposal": "took that proposal back",
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


def decisions_on(submission: Submission) -> list[Decision]:
    """The latest of all on its story, the newest first: one query."""
    decisions = Decision.objects.filter(submission__story=submission.story_id).order_by("-id")
    return list(decisions.select_related("decided_by", "reason")[:DECISIONS])


def conversation_of(submission: Submission, decisions: Sequence[Decision]) -> list[Round]:
    """The newest round first: one query, and two more for what was asked once a story was sent back."""
    events = submission.events.filter(action__in=_SAID).select_related("actor").order_by("id")
    reasons = {decision.pk: decision.reason.label for decision in decisions if decision.reason}
    was_returned = submission.round > 1 or submission.state == SubmissionState.RETURNED
    asked: dict[int, list[Request]] = {}
    for request in asked_on(submission) if was_returned else ():
        asked.setdefault(request.decision_id, []).append(request)
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
        who=event.actor.name if event.actor else by_policy(event),
        did=_SAID[event.action],
        at=event.at,
        note=event.note,
        reason=reasons.get(decision, ""),
        requests=asked.get(decision, []),
    )


def requests_in(rounds: list[Round]) -> list[Request]:
    """All that was asked, in its order."""
    turns = [turn for found in reversed(rounds) for turn in found.turns]
    return [request for turn in turns for request in turn.requests]


@dataclass(frozen=True)
class Trip:
    """An earlier submission of the story, how it ended, and how many requests it left open."""

    submission: Submission
    state: str
    decisions: list[Decision]
    left_open: int


def earlier_trips(submission: Submission, decisions: Sequence[Decision]) -> list[Trip]:
    """Newest first: one query."""
    left = Request.objects.filter(decision__submission=OuterRef("pk")).unsettled().order_by()
    number = left.annotate(number=Func(F("pk"), function="COUNT")).values("number")
    trips = submission.story.submissions.exclude(pk=submission.pk).order_by("-id")
    return [
        Trip(trip, say(trip.state), [d for d in decisions if d.submission_id == trip.pk], trip.left_open)
        for trip in trips.annotate(left_open=Subquery(number, output_field=IntegerField()))[:TRIPS]
    ]
