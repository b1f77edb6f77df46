"""Puts what somebody must be told into the outbox, in the transaction of the deed itself."""

from stories.models import Decision, Event, Notice, Reason
from stories.notices.words import words_for


def tell_author(
    event: Event, *, decision: Decision | None = None, reason: Reason | None = None
) -> Notice | None:
    """One notice to the story's author; none to who did the thing."""
    story = event.story
    if event.actor_id == story.author_id:
        return None
    words = words_for(event, decision=decision, reason=reason)
    return Notice.objects.create(
        recipient_id=story.author_id,
        event=event,
        story=story,
        kind=event.action,
        subject=words.subject,
        text=words.text,
        link=words.link,
        link_label=words.link_label,
        created_at=event.at,
        mail_due_at=event.at,
    )
