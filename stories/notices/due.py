"""Tells editors that an answer is due soon, and chief editors that it is overdue."""

from collections.abc import Mapping, Sequence

from accounts.models import User
from stories.models import Event, Notice, Submission
from stories.notices.saying import Moment, Sentence, lines, paragraphs, say, say_many
from stories.notices.telling import put
from stories.notices.words import Words, title_of

MOST_NAMED = 10


def tell_reader_of_due(event: Event, submission: Submission, *, reader: User) -> Notice:
    words = Words(
        say("“%(title)s” is due on %(when)s", title=title_of(event), when=_moment(submission)),
        paragraphs(
            say("You are reading this story, and three quarters of the time for its answer have passed."),
            say("If you cannot decide on it until then, put it back: a colleague can take it at once."),
        ),
        f"/moderation/{submission.pk}/",
        say("Open the submission"),
    )
    return put(event, words, recipient=reader)


def tell_of_overdue(events: Sequence[Event], *, chief: User, readers: Mapping[int, User]) -> Notice:
    """One notice, however many became due at once: its event is that of the first."""
    named = [_line(event, readers) for event in events[:MOST_NAMED]]
    more = len(events) - MOST_NAMED
    words = Words(
        say_many(
            "The answer to “%(title)s” is overdue",
            "The answers to %(count)s stories are overdue",
            len(events),
            title=title_of(events[0]),
        ),
        paragraphs(
            lines(
                say_many(
                    "Its author waits longer than the editors have set themselves:",
                    "Their authors wait longer than the editors have set themselves:",
                    len(events),
                ),
                *named,
            ),
            say("And %(count)s more.", count=more) if more > 0 else "",
            say(
                "You are told of each story once. They stand first in the queue until somebody decides on them."
            ),
        ),
        "/moderation/?due=late",
        say("See what is overdue"),
    )
    return put(events[0], words, recipient=chief)


def _line(event: Event, readers: Mapping[int, User]) -> Sentence:
    submission = event.submission
    if submission is None:
        return title_of(event)
    title, when, reader = title_of(event), _moment(submission), readers.get(submission.pk)
    if reader is None:
        return say("“%(title)s”, due on %(when)s; nobody is reading it.", title=title, when=when)
    return say(
        "“%(title)s”, due on %(when)s; %(name)s is reading it.", title=title, when=when, name=reader.name
    )


def _moment(submission: Submission) -> Sentence:
    return Moment(submission.due_at, "l j F, H:i")
