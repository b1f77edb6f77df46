"""Tells an author, once and on the site alone, that stories of theirs carry a disclaimer's newer words."""

from stories.models import Event, Notice, Rewording, Story
from stories.notices.words import paragraphs

KIND = "reword"


def notice_of(event: Event, rewording: Rewording, *, story: Story, recipient_id: int) -> Notice:
    """To be written by the caller. When it was ordered is the time of the notice: by that it is known again."""
    return Notice(
        recipient_id=recipient_id,
        event=event,
        story=story,
        kind=KIND,
        subject="A disclaimer above your stories has newer words",
        text=paragraphs(
            "The editors worded a disclaimer anew, for all stories that carry it. Your own words are as they were.",
            f"They wrote:\n{rewording.note}",
        ),
        link=story.path if story.is_public else f"/writing/{story.pk}/",
        link_label="Read it on the site" if story.is_public else "Open your story",
        created_at=rewording.ordered_at,
        mail=Notice.Mail.NONE,
        mail_due_at=event.at,
    )
