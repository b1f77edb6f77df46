"""Tells a member of a warning or a suspension, and its end."""

from stories.models import Event, Notice, Sanction
from stories.notices.decided import stated
from stories.notices.saying import Moment, lines, paragraphs, say, sentences
from stories.notices.telling import put
from stories.notices.words import Words, title_of

CONDUCT = "/writing/conduct/"


def tell_member(event: Event, given: Sanction) -> Notice:
    if given.ends_at is None:
        words = Words(
            say("A warning about your story “%(title)s”", title=title_of(event)),
            paragraphs(
                say(
                    "The editors warn you. Nothing is taken from you by this: you can write and submit as before."
                ),
                sentences(say("The reason: %(label)s.", label=given.ground.label), given.ground.text),
                lines(say("The editor wrote:"), given.note),
                say("What you can do: %(remedy)s", remedy=given.ground.remedy),
            ),
            CONDUCT,
            say("See it"),
        )
    else:
        words = Words(
            say("You cannot submit or publish until %(when)s", when=Moment(given.ends_at, "l j F Y, H:i")),
            paragraphs(
                say("The editors suspended you because of your story “%(title)s”.", title=title_of(event)),
                *stated(event),
                say("It ends by itself at the time above; you need not do anything for it."),
            ),
            CONDUCT,
            say("See it, or appeal"),
        )
    return put(event, words, recipient=given.member)


def tell_ended(event: Event, given: Sanction) -> Notice:
    words = Words(
        say("You can submit and publish again"),
        say("The time of your suspension is over. Your drafts are where you left them."),
        "/writing/",
        say("Open your stories"),
    )
    return put(event, words, recipient=given.member)
