"""Tells authors that a small change went live by the policy, and when an editor put it back."""

from stories.models import Event, Notice
from stories.notices.decided import stated
from stories.notices.saying import paragraphs, say
from stories.notices.telling import put
from stories.notices.words import Words, desk, title_of


def tell_live(event: Event) -> list[Notice]:
    """Its authors, who submitted it among them: it is the answer to what they sent in."""
    words = Words(
        say("Your change to “%(title)s” is live", title=title_of(event)),
        say(
            "It is a small change, and editors approved your texts many times in a row: readers see it at once, by a "
            "policy of the site. No editor has read it yet; one may look at it afterwards."
        ),
        event.story.path,
        say("Read it on the site"),
    )
    return _tell(event, words)


def tell_put_back(event: Event) -> list[Notice]:
    words = Words(
        say("Your change to “%(title)s” was put back", title=title_of(event)),
        paragraphs(
            say("An editor looked at your small change and put back the text that was approved before it."),
            say(
                "Nothing of it is lost: your draft is as you left it, and you can submit it again for an editor "
                "to read."
            ),
            *stated(event),
        ),
        desk(event),
        say("Open your story"),
    )
    return _tell(event, words)


def _tell(event: Event, words: Words) -> list[Notice]:
    return [put(event, words, recipient=author) for author in event.story.authors() if author.is_active]
