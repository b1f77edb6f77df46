"""Mails what waits in the outbox: retried with growing pauses, under one Message-ID for ever."""

import logging
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from stories.models import Notice

ATTEMPTS = 10
LEASE = timedelta(minutes=10)

log = logging.getLogger(__name__)


def deliver_due(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Sends what is due; returns how many went out. Two workers never send one notice at the same time.

    A notice is taken for ten minutes before it is sent and marked after. Only a worker that dies between
    the two has it sent again, under the same Message-ID, which mail servers and readers show once.
    """
    sent = 0
    for _ in range(at_most):
        notice = _take(at or timezone.now())
        if notice is None:
            break
        sent += _send(notice)
    return sent


@transaction.atomic
def _take(now: datetime) -> Notice | None:
    due = Notice.objects.to_mail().filter(mail_due_at__lte=now).order_by("mail_due_at", "id")
    notice = due.select_related("recipient").select_for_update(skip_locked=True, of=("self",)).first()
    if notice is not None:
        notice.mail_attempts += 1
        notice.mail_due_at = now + LEASE
        notice.save(update_fields=["mail_attempts", "mail_due_at"])
    return notice


def _send(notice: Notice) -> bool:
    try:
        compose(notice).send()
    except Exception as error:  # whatever a mail server or a library throws, the notice stays in the outbox
        log.warning("notice %s was not mailed, attempt %s: %s", notice.pk, notice.mail_attempts, error)
        notice.mail_error = f"{type(error).__name__}: {error}"[:300]
        notice.mail_due_at = timezone.now() + timedelta(seconds=30 * 2**notice.mail_attempts)
        if notice.mail_attempts >= ATTEMPTS:
            notice.mail = Notice.Mail.GIVEN_UP
        notice.save(update_fields=["mail", "mail_error", "mail_due_at"])
        return False
    notice.mail = Notice.Mail.SENT
    notice.mail_sent_at = timezone.now()
    notice.mail_error = ""
    notice.save(update_fields=["mail", "mail_sent_at", "mail_error"])
    return True


def compose(notice: Notice) -> EmailMultiAlternatives:
    """The mail of a notice: plain text, and the same as HTML that looks like the site."""
    context = {
        "notice": notice,
        "paragraphs": notice.text.split("\n\n"),
        "address": settings.SITE_URL + notice.link,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(notice.subject.split()),
        body=render_to_string("stories/mail/notice.txt", context),
        to=[notice.recipient.email],
        headers={
            "Message-ID": f"<notice-{notice.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("stories/mail/notice.html", context), "text/html")
    return mail
