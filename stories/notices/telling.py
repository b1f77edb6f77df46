"""Puts what somebody must be told into the outbox, in the transaction of the deed itself."""

from django.utils import translation

from accounts.languages import mail_language
from accounts.models import User
from stories.models import Decision, Event, Notice
from stories.notices.words import Words, words_for
from stories.permissions import may_review


def tell_author(event: Event, *, decision: Decision | None = None) -> list[Notice]:
    """One notice to each of the story's authors who is still here; none to who did the thing."""
    others = [author for author in event.story.authors() if author.is_active and author.pk != event.actor_id]
    if not others:
        return []
    words = words_for(event, decision=decision)
    return [put(event, words, recipient=author) for author in others]


def tell_editors(event: Event) -> list[Notice]:
    """Those who decided on this submission and who reads it now; whoever takes it later reads it there."""
    submission = event.submission
    if submission is None:
        return []
    readers = User.objects.filter(claims__submission=submission, claims__ended_at__isnull=True)
    deciders = User.objects.filter(decisions__submission=submission)
    concerned = readers.union(deciders)
    words = words_for(event)
    return [put(event, words, recipient=user) for user in concerned if may_review(user, submission)]


def put(event: Event, words: Words, *, recipient: User | None = None, address: str = "") -> Notice:
    """To a member, in their language, or to an address that nobody here is known to have."""
    language = mail_language(recipient)
    with translation.override(language):
        return Notice.objects.create(
            recipient=recipient,
            address=address,
            event=event,
            story=event.story,
            kind=event.action,
            language=language,
            subject=str(words.subject),
            text=str(words.text),
            link=words.link,
            link_label=str(words.link_label),
            created_at=event.at,
            mail_due_at=event.at,
        )
