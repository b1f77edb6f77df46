"""The mails about closing an account, kept due on its row until they went; and what co-authors are told of it."""

import logging
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from stories.models import Closing, Event, Notice
from stories.notices.telling import put
from stories.notices.words import Words, desk, paragraphs, title_of

SOON = timedelta(days=3)
LEASE = timedelta(minutes=10)
PATIENCE = timedelta(days=3)  # how long the last mail is tried, and its address kept
PAGE = "/writing/closing/"

log = logging.getLogger(__name__)

_STORIES = {
    Closing.Stories.NAMED: "Your published stories stay under your name.",
    Closing.Stories.NAMELESS: "Your published stories stay without your name.",
    Closing.Stories.GONE: "Your published stories go too. Those you wrote with others stay with them.",
}


def mail_closings(*, at: datetime | None = None, at_most: int = 20) -> int:
    """Sends what is due; returns how many went out. Run by the clock. A mail that fails is tried again."""
    sent = 0
    for _ in range(at_most):
        now = at or timezone.now()
        closing = _take(now)
        if closing is None:
            break
        try:
            _compose(closing).send()
        except Exception as error:  # whatever a mail server or a library throws, the mail stays due
            log.warning("closing %s was not mailed: %s", closing.pk, error)
            if closing.ended_at is not None and now - closing.ended_at > PATIENCE:
                _advance(closing)
        else:
            _advance(closing)
            sent += 1
    return sent


@transaction.atomic
def _take(now: datetime) -> Closing | None:
    """For ten minutes, so that a worker that dies has it sent again and two never send it at once."""
    due = Closing.objects.to_mail(now).order_by("mail_due_at", "id").select_related("member")
    closing = due.select_for_update(skip_locked=True, of=("self",)).first()
    if closing is not None:
        closing.mail_due_at = now + LEASE
        closing.save(update_fields=["mail_due_at"])
    return closing


def _advance(closing: Closing) -> None:
    """To the next mail; only while it is still this one's turn, for the account may have stayed or ended meanwhile."""
    is_first = closing.mail == Closing.Mail.BEGUN
    following = Closing.Mail.SOON if is_first else Closing.Mail.ENDED
    if closing.mail == Closing.Mail.ENDED:
        following = Closing.Mail.NONE
    due = closing.ends_at - SOON if is_first else None
    held = Closing.objects.filter(pk=closing.pk, mail=closing.mail, taken_back_at=None)
    held.update(mail=following, mail_due_at=due, address="")


def _compose(closing: Closing) -> EmailMultiAlternatives:
    words = _words(closing)
    context = {
        "notice": words,
        "paragraphs": words.text.split("\n\n"),
        "address": settings.SITE_URL + words.link,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    mail = EmailMultiAlternatives(
        subject=words.subject,
        body=render_to_string("stories/mail/notice.txt", context),
        to=[closing.address or closing.member.email],
        reply_to=[settings.EDITORS_MAIL],
        headers={
            "Message-ID": f"<closing-{closing.pk}-{closing.mail}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("stories/mail/notice.html", context), "text/html")
    return mail


def _words(closing: Closing) -> Words:
    if closing.mail == Closing.Mail.ENDED:
        return Words(
            f"Your account at {settings.SITE_NAME} is closed",
            paragraphs(
                "The 14 days are over. Your drafts, your earlier texts, your profile, your passkeys and this "
                "address are deleted. This is our last mail to you.",
                _STORIES[Closing.Stories(closing.stories)],
                "Nobody else can take your user name. You are welcome to begin anew at any time.",
            ),
            "/",
            f"Read at {settings.SITE_NAME}",
        )
    day = closing.ends_on
    is_first = closing.mail == Closing.Mail.BEGUN
    subject = f"Your account at {settings.SITE_NAME} will be closed on {day}"
    return Words(
        subject if is_first else f"In three days your account at {settings.SITE_NAME} is closed",
        paragraphs(
            "You asked for it, and nothing is deleted before that day."
            if is_first
            else f"It is closed on {day}, as you asked for. Nothing is deleted before that.",
            _STORIES[Closing.Stories(closing.stories)],
            "Until then you can keep it: sign in and press “Keep my account”. After that nobody can bring it back. "
            "What you want to keep, take away before: your archive is one page further.",
            "If this was not you, sign in, keep the account, and change your password.",
        ),
        PAGE,
        "Keep my account",
    )


def tell_leaving(event: Event, heir: User, closing: Closing) -> list[Notice]:
    """To the other authors of a story: what becomes of it."""
    who = event.actor.name if event.actor else "Its author"
    told = []
    for author in _others(event):
        leader = "you lead" if author.pk == heir.pk else f"{heir.name} leads"
        words = Words(
            f"{who} is leaving, and “{title_of(event)}” stays with you",
            paragraphs(
                f"{who} is closing the account on {closing.ends_on}. From then on {leader} the story: invites its "
                "authors, orders the names, and alone can delete it.",
                "Nothing else changes: the text stays, and readers see what they see now. You can leave the story "
                "too, whenever you like.",
            ),
            f"{desk(event)}authors/",
            "See who writes it",
        )
        told.append(put(event, words, recipient=author))
    return told


def tell_staying(event: Event) -> list[Notice]:
    who = event.actor.name if event.actor else "Its author"
    words = Words(
        f"{who} stays, and leads “{title_of(event)}” as before",
        f"{who} is not closing the account after all. Nothing changes.",
        f"{desk(event)}authors/",
        "See who writes it",
    )
    return [put(event, words, recipient=author) for author in _others(event)]


def _others(event: Event) -> list[User]:
    return [person for person in event.story.authors() if person.is_active and person.pk != event.actor_id]
