"""A submission as its author reads it: round by round, what was sent, asked, answered, said and decided."""

from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from stories.models import Decision, Request, Story, Submission
from stories.status import Action
from stories.writing.history import tell

_TOLD = (
    *(Action.SUBMIT, Action.RESUBMIT, Action.REPLACE, Action.WITHDRAW),
    *(Action.APPROVE, Action.APPROVE_BY_POLICY, Action.RETURN, Action.DECLINE),
    "reply",
    "put_back",
)


@dataclass(frozen=True)
class Turn:
    """`decision` and `requests` when it was an editor's answer."""

    at: datetime
    words: str
    note: str
    revision: int | None = None
    decision: Decision | None = None
    requests: list[Request] = field(default_factory=list)
    is_mine: bool = False


@dataclass
class Round:
    number: int
    turns: list[Turn] = field(default_factory=list)


def open_in(rounds: list[Round]) -> list[Request]:
    """What is asked for and neither accepted nor waived, the longest asked first."""
    turns = [turn for found in reversed(rounds) for turn in found.turns]
    return [request for turn in turns for request in turn.requests if request.verdict is None]


def rounds_of(submission: Submission, story: Story, *, reader: User) -> list[Round]:
    """The newest round first: five queries."""
    numbers = dict(story.revisions.values_list("pk", "number"))
    decisions = {
        d.pk: d
        for d in submission.decisions.select_related("reason", "decided_by", "statement__ground__reason")
    }
    asked: dict[int, list[Request]] = {}
    for request in (
        Request.objects.made_on(submission).select_related("decision").with_answers_told(submission)
    ):
        asked.setdefault(request.decision_id, []).append(request)
    rounds = [Round(1)]
    for event in submission.events.filter(action__in=_TOLD).select_related("actor").order_by("id"):
        if event.action == Action.RESUBMIT:
            rounds.append(Round(rounds[-1].number + 1))
        told = tell(event, reader=reader)
        decision = decisions.get(event.data.get("decision", 0))
        rounds[-1].turns.append(
            Turn(
                at=told.at,
                words=told.words,
                note=told.note or (decision.note if decision else ""),
                revision=numbers.get(event.data.get("revision", 0)),
                decision=decision,
                requests=asked.get(decision.pk, []) if decision else [],
                is_mine=event.actor_id == reader.pk,
            )
        )
    return rounds[::-1]
