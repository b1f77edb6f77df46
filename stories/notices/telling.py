"""Puts what somebody must be told into the outbox, in the transaction of the deed itself."""

from accounts.models import User
from stories.models import Decision, Event, Notice, Reason
from stories.notices.words import words_for
from stories.permissions import may_review


def tell_author(
    event: Event, *, decision: Decision | None = None, reason: Reason | None = None
) -> Notice | None:
    """One notice to the story's author; none to who did the thing."""
    story = event.story
    if event.actor_id == story.author_id:
        return None
    return _put(event, story.author_id, decision=decision, reason=reason)


def tell_editors(event: Event) -> list[Notice]:
    """Those who decided on this submission and who reads it now; whoever takes it later reads it there."""
    submission = event.submission
    if submission is None:
        return []
    readers = User.objects.filter(claims__submission=submission, claims__ended_at__isnull=True)
    deciders = User.objects.filter(decisions__submission=submission)
    concerned = readers.union(deciders)
    return [_put(event, user.pk) for user in concerned if may_review(user, submission)]


def _put(
    event: Event, recipient_id: int, *, decision: Decision | None = None, reason: Reason | None = None
) -> Notice:
    words = words_for(event, decision=decision, reason=reason)
    return Notice.objects.create(
        recipient_id=recipient_id,
        event=event,
        story=event.story,
        kind=event.action,
        subject=words.subject,
        text=words.text,
        link=words.link,
        link_label=words.link_label,
        created_at=event.at,
        mail_due_at=event.at,
    )
