"""Tells an author that they are asked to lead a story, and who asked that they will not."""

from stories.models import Event, HandOver, Notice
from stories.notices.telling import put
from stories.notices.words import Words, desk, paragraphs, title_of


def tell_offered(event: Event, asked: HandOver) -> Notice:
    who = asked.offered_by.name
    words = Words(
        f"{who} asks you to lead “{title_of(event)}”",
        paragraphs(
            f"You write this story with {who}, who would like to hand it over to you.",
            "Who leads a story invites its authors, orders their names, and alone can delete it. The text, the "
            "names and what readers see stay as they are.",
            "If you do nothing, nothing changes.",
        ),
        f"{desk(event)}authors/",
        "Answer",
    )
    return put(event, words, recipient=asked.offered_to)


def tell_refused(event: Event, asked: HandOver) -> Notice:
    words = Words(
        f"{asked.offered_to.name} will not lead “{title_of(event)}”",
        "They declined, and you lead the story as before. You can ask another of its authors.",
        f"{desk(event)}authors/",
        "See who writes it",
    )
    return put(event, words, recipient=asked.offered_by)
