"""Tells an author that they are asked to lead a story, and who asked that they will not."""

from stories.models import Event, HandOver, Notice
from stories.notices.saying import paragraphs, say
from stories.notices.telling import put
from stories.notices.words import Words, desk, title_of


def tell_offered(event: Event, asked: HandOver) -> Notice:
    who = asked.offered_by.name
    words = Words(
        say("%(name)s asks you to lead “%(title)s”", name=who, title=title_of(event)),
        paragraphs(
            say("You write this story with %(name)s, who would like to hand it over to you.", name=who),
            say(
                "Who leads a story invites its authors, orders their names, and alone can delete it. The text, the "
                "names and what readers see stay as they are."
            ),
            say("If you do nothing, nothing changes."),
        ),
        f"{desk(event)}authors/",
        say("Answer"),
    )
    return put(event, words, recipient=asked.offered_to)


def tell_refused(event: Event, asked: HandOver) -> Notice:
    words = Words(
        say("%(name)s will not lead “%(title)s”", name=asked.offered_to.name, title=title_of(event)),
        say("They declined, and you lead the story as before. You can ask another of its authors."),
        f"{desk(event)}authors/",
        say("See who writes it"),
    )
    return put(event, words, recipient=asked.offered_by)
