"""The mails about closing an account, kept due on its row until they went; and what co-authors are told of it."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation

from accounts.languages import mail_language
from accounts.models import User
from stories.models import Closing, Event, Notice
from stories.notices.mailing import Letter, make_mail
from stories.notices.saying import Moment, paragraphs, say
from stories.notices.telling import put
from stories.notices.words import Words, desk, title_of, who_did

SOON = timedelta(days=3)
LEASE = timedelta(minutes=10)
PATIENCE = timedelta(days=3)  # how long the last mail is tried, and its address kept
PAGE = "/writing/closing/"

log = logging.getLogger(__name__)

_STORIES = {
    Closing.Stories.NAMED: say("Your published stories stay under your name."),
    Closing.Stories.NAMELESS: say("Your published stories stay without your name."),
    Closing.Stories.GONE: say("Your published stories go too. Those you wrote with others stay with them."),
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
    language = mail_language(closing.member)
    with translation.override(language):
        letter = Letter(
            to=closing.address or closing.member.email,
            language=language,
            subject=str(words.subject),
            text=str(words.text),
            link=words.link,
            link_label=str(words.link_label),
            key=f"closing-{closing.pk}-{closing.mail}",
        )
    return make_mail(letter)


def _words(closing: Closing) -> Words:
    site = settings.SITE_NAME
    if closing.mail == Closing.Mail.ENDED:
        return Words(
            say("Your account at %(site)s is closed", site=site),
            paragraphs(
                say(
                    "The 14 days are over. Your drafts, your earlier texts, your profile, your passkeys and this "
                    "address are deleted. This is our last mail to you."
                ),
                _STORIES[Closing.Stories(closing.stories)],
                say("Nobody else can take your user name. You are welcome to begin anew at any time."),
            ),
            "/",
            say("Read at %(site)s", site=site),
        )
    day = Moment(closing.ends_at, "l j F Y")
    is_first = closing.mail == Closing.Mail.BEGUN
    return Words(
        say("Your account at %(site)s will be closed on %(day)s", site=site, day=day)
        if is_first
        else say("In three days your account at %(site)s is closed", site=site),
        paragraphs(
            say("You asked for it, and nothing is deleted before that day.")
            if is_first
            else say("It is closed on %(day)s, as you asked for. Nothing is deleted before that.", day=day),
            _STORIES[Closing.Stories(closing.stories)],
            say(
                "Until then you can keep it: sign in and press “Keep my account”. After that nobody can bring it back. "
                "What you want to keep, take away before: your archive is one page further."
            ),
            say("If this was not you, sign in, keep the account, and change your password."),
        ),
        PAGE,
        say("Keep my account"),
    )


def tell_leaving(event: Event, heir: User, closing: Closing) -> list[Notice]:
    """To the other authors of a story: what becomes of it."""
    who, day = who_did(event), Moment(closing.ends_at, "l j F Y")
    told = []
    for author in _others(event):
        words = Words(
            say("%(name)s is leaving, and “%(title)s” stays with you", name=who, title=title_of(event)),
            paragraphs(
                say(
                    "%(name)s is closing the account on %(day)s. From then on you lead the story: you invite its "
                    "authors, order the names, and alone can delete it.",
                    name=who,
                    day=day,
                )
                if author.pk == heir.pk
                else say(
                    "%(name)s is closing the account on %(day)s. From then on %(heir)s leads the story: invites its "
                    "authors, orders the names, and alone can delete it.",
                    name=who,
                    day=day,
                    heir=heir.name,
                ),
                say(
                    "Nothing else changes: the text stays, and readers see what they see now. You can leave the story "
                    "too, whenever you like."
                ),
            ),
            f"{desk(event)}authors/",
            say("See who writes it"),
        )
        told.append(put(event, words, recipient=author))
    return told


def tell_staying(event: Event) -> list[Notice]:
    who = who_did(event)
    words = Words(
        say("%(name)s stays, and leads “%(title)s” as before", name=who, title=title_of(event)),
        say("%(name)s is not closing the account after all. Nothing changes.", name=who),
        f"{desk(event)}authors/",
        say("See who writes it"),
    )
    return [put(event, words, recipient=author) for author in _others(event)]


def _others(event: Event) -> list[User]:
    return [person for person in event.story.authors() if person.is_active and person.pk != event.actor_id]
