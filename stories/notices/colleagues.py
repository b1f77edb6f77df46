"""Tells an editor what a colleague did with a story that was theirs to read."""

from accounts.models import User
from stories.models import Event, Notice
from stories.notices.telling import put
from stories.notices.words import Words, paragraphs, title_of


def tell_taken_over(event: Event, *, recipient: User) -> Notice:
    """The reason is the event's note, in the colleague's own words."""
    who = event.actor.name if event.actor else "A colleague"
    words = Words(
        f"{who} took over “{title_of(event)}”",
        paragraphs(
            f"You were reading this story as its editor. {who} reads it now and wrote:\n{event.note}",
            "What you had typed is kept for you, and stands on the story’s page.",
        ),
        f"/moderation/{event.submission_id}/",
        "Open the submission",
    )
    return put(event, words, recipient=recipient)


def tell_overtaken(event: Event, *, recipient: User, why: str) -> Notice:
    """A decision that was held could not be carried out."""
    words = Words(
        f"Your decision on “{title_of(event)}” was not carried out",
        paragraphs(
            "Something came between in the moment before it was sent, so its author was told nothing.",
            why,
            "What you had typed is kept for you, and stands on the story’s page.",
        ),
        f"/moderation/{event.submission_id}/",
        "Open the submission",
    )
    return put(event, words, recipient=recipient)
