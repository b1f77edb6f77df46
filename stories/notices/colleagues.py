"""Tells an editor what a colleague did with a story that was theirs to read."""

from accounts.models import User
from stories.models import Event, Notice
from stories.notices.saying import lines, paragraphs, say
from stories.notices.telling import put
from stories.notices.words import Words, title_of, who_did


def tell_taken_over(event: Event, *, recipient: User) -> Notice:
    """The reason is the event's note, in the colleague's own words."""
    who = who_did(event)
    words = Words(
        say("%(name)s took over “%(title)s”", name=who, title=title_of(event)),
        paragraphs(
            lines(
                say("You were reading this story as its editor. %(name)s reads it now and wrote:", name=who),
                event.note,
            ),
            say("What you had typed is kept for you, and stands on the story’s page."),
        ),
        f"/moderation/{event.submission_id}/",
        say("Open the submission"),
    )
    return put(event, words, recipient=recipient)


def tell_overtaken(event: Event, *, recipient: User, why: str) -> Notice:
    """A decision that was held could not be carried out."""
    words = Words(
        say("Your decision on “%(title)s” was not carried out", title=title_of(event)),
        paragraphs(
            say("Something came between in the moment before it was sent, so its author was told nothing."),
            why,
            say("What you had typed is kept for you, and stands on the story’s page."),
        ),
        f"/moderation/{event.submission_id}/",
        say("Open the submission"),
    )
    return put(event, words, recipient=recipient)
