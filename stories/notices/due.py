"""Tells editors that an answer is due soon, and chief editors that it is overdue."""

from collections.abc import Mapping, Sequence

from django.utils import formats, timezone

from accounts.models import User
from stories.models import Event, Notice, Submission
from stories.notices.telling import put
from stories.notices.words import Words, paragraphs, title_of

MOST_NAMED = 10


def tell_reader_of_due(event: Event, submission: Submission, *, reader: User) -> Notice:
    words = Words(
        f"“{title_of(event)}” is due on {_moment(submission)}",
        paragraphs(
            "You are reading this story, and three quarters of the time for its answer have passed.",
            "If you cannot decide on it until then, put it back: a colleague can take it at once.",
        ),
        f"/moderation/{submission.pk}/",
        "Open the submission",
    )
    return put(event, words, recipient=reader)


def tell_of_overdue(events: Sequence[Event], *, chief: User, readers: Mapping[int, User]) -> Notice:
    """One notice, however many became due at once: its event is that of the first."""
    named = "\n".join(_line(event, readers) for event in events[:MOST_NAMED])
    if len(events) == 1:
        subject = f"The answer to “{title_of(events[0])}” is overdue"
        first = "Its author waits longer than the editors have set themselves:"
    else:
        subject = f"The answers to {len(events)} stories are overdue"
        first = "Their authors wait longer than the editors have set themselves:"
    more = f"And {len(events) - MOST_NAMED} more." if len(events) > MOST_NAMED else ""
    words = Words(
        subject,
        paragraphs(
            f"{first}\n{named}",
            more,
            "You are told of each story once. They stand first in the queue until somebody decides on them.",
        ),
        "/moderation/?due=late",
        "See what is overdue",
    )
    return put(events[0], words, recipient=chief)


def _line(event: Event, readers: Mapping[int, User]) -> str:
    submission = event.submission
    if submission is None:
        return title_of(event)
    reader = readers.get(submission.pk)
    who = f"{reader.name} is reading it" if reader else "nobody is reading it"
    return f"“{title_of(event)}”, due on {_moment(submission)}; {who}."


def _moment(submission: Submission) -> str:
    return formats.date_format(timezone.localtime(submission.due_at), "l j F, H:i")
