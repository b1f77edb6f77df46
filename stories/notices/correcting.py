"""Tells the authors of a published story what an editor said above it was wrong in it."""

from django.conf import settings

from stories.models import Event, Notice
from stories.notices.saying import lines, paragraphs, say
from stories.notices.telling import put
from stories.notices.words import Words, desk, title_of


def tell_corrected(event: Event) -> list[Notice]:
    authors = [author for author in event.story.authors() if author.is_active]
    return [put(event, _words(event), recipient=author) for author in authors]


def _words(event: Event) -> Words:
    is_public = event.story.is_public
    return Words(
        say("Your story “%(title)s” has a correction above it", title=title_of(event)),
        paragraphs(
            say(
                "An editor said above your story what was wrong in it, with the day. Your own words are as they were."
            ),
            lines(say("Readers see:"), event.note),
            say(
                "If it should stand in the text as well, change the text and submit it: the editors read the change."
            ),
            say(
                "If you think this is wrong, say why in an answer to the mail about it or to %(address)s. "
                "The chief editors read what is written there.",
                address=settings.EDITORS_MAIL,
            ),
        ),
        event.story.path if is_public else desk(event),
        say("Read it on the site") if is_public else say("Open your story"),
    )
