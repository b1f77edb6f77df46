"""Tells an author, once and on the site alone, that stories of theirs carry a disclaimer's newer words."""

from django.utils import translation

from accounts.languages import mail_language
from accounts.models import User
from stories.models import Event, Notice, Rewording, Story
from stories.notices.saying import lines, paragraphs, say

KIND = "reword"


def notice_of(event: Event, rewording: Rewording, *, story: Story, recipient: User) -> Notice:
    """To be written by the caller. When it was ordered is the time of the notice: by that it is known again."""
    language = mail_language(recipient)
    text = paragraphs(
        say(
            "The editors worded a disclaimer anew, for all stories that carry it. Your own words are as they were."
        ),
        lines(say("They wrote:"), rewording.note),
    )
    with translation.override(language):
        return Notice(
            recipient=recipient,
            event=event,
            story=story,
            kind=KIND,
            language=language,
            subject=str(say("A disclaimer above your stories has newer words")),
            text=str(text),
            link=story.path if story.is_public else f"/writing/{story.pk}/",
            link_label=str(say("Read it on the site") if story.is_public else say("Open your story")),
            created_at=rewording.ordered_at,
            mail=Notice.Mail.NONE,
            mail_due_at=event.at,
        )
