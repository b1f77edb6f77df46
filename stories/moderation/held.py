"""Decisions that can still be taken back, as the desk's pages show them to who made them and to colleagues."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import formats, timezone

from accounts.models import User
from stories.models import Decision, HeldDecision, Submission

MOST = 10


@dataclass(frozen=True)
class Held:
    """`words` say what is about to happen; `is_open` whether its reader can take it back; `seconds` for how long."""

    decision: HeldDecision
    words: str
    is_open: bool
    seconds: int


def held_for(editor: User, *, now: datetime, submission: Submission | None = None) -> list[Held]:
    """One's own, the newest first, and what a colleague decided on `submission`: one query."""
    concerned = Q(decided_by=editor)
    if submission is not None:
        concerned |= Q(submission=submission)
    standing = HeldDecision.objects.standing().filter(concerned).select_related("revision", "decided_by")
    return [_shown(held, editor, now) for held in standing.order_by("-id")[:MOST]]


def _shown(held: HeldDecision, editor: User, now: datetime) -> Held:
    is_mine = held.decided_by_id == editor.pk
    return Held(
        held,
        words=_words(held, "You" if is_mine else held.decided_by.name),
        is_open=is_mine and now < held.due_at,
        seconds=max(0, int((held.due_at - now).total_seconds())),
    )


def _words(held: HeldDecision, who: str) -> str:
    title = f"“{held.revision.title}”"
    if held.kind == Decision.Kind.RETURN:
        return f"{who} decided to send {title} back to its author."
    if held.kind == Decision.Kind.DECLINE:
        return f"{who} decided to decline {title}."
    if held.publish_at is None:
        return f"{who} decided to publish {title}."
    when = formats.date_format(timezone.localtime(held.publish_at), "l j F Y, H:i")
    return f"{who} decided to publish {title} on {when}."
