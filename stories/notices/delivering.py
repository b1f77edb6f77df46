"""Mails what waits in the outbox: retried with growing pauses, under one Message-ID for ever."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from stories.models import Notice
from stories.notices.reporting import path_in_mail

LEASE = timedelta(minutes=10)
# How long somebody's mail server may refuse a mail before it stays on the site alone.
PATIENCE = timedelta(days=3)
LONGEST_PAUSE = timedelta(hours=6)
LONGEST_OUTAGE_PAUSE = timedelta(minutes=10)

log = logging.getLogger(__name__)


def deliver_due(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Sends what is due; returns how many went out. Two workers never send one notice at the same time.

    A notice is taken for ten minutes before it is sent and marked after. Only a worker that dies between
    the two has it sent again, under the same Message-ID, which mail servers and readers show once. While
    our own mail server is away nothing is given up, and a round ends at the first mail that it did not take.
    """
    sent = 0
    for _ in range(at_most):
        now = at or timezone.now()
        notice = _take(now)
        if notice is None:
            break
        try:
            compose(notice).send()
        except (
            Exception
        ) as error:  # whatever a mail server or a library throws, the notice stays in the outbox
            is_outage = _is_outage(error)
            _put_back(notice, error, is_outage=is_outage, now=now)
            if is_outage:
                break
        else:
            _mark_sent(notice, now=now)
            sent += 1
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


def _is_outage(error: Exception) -> bool:
    """Whether the server is at fault and not this mail: every error of smtplib is an OSError."""
    return isinstance(error, OSError) and not isinstance(
        error, SMTPRecipientsRefused | SMTPSenderRefused | SMTPDataError
    )


def _put_back(notice: Notice, error: Exception, *, is_outage: bool, now: datetime) -> None:
    log.warning("notice %s was not mailed, attempt %s: %s", notice.pk, notice.mail_attempts, error)
    pause = timedelta(seconds=30) * 2 ** min(notice.mail_attempts, 12)
    notice.mail_error = f"{type(error).__name__}: {error}".replace("\x00", "")[:300]
    notice.mail_due_at = now + min(pause, LONGEST_OUTAGE_PAUSE if is_outage else LONGEST_PAUSE)
    if not is_outage and now - notice.created_at > PATIENCE:
        notice.mail = Notice.Mail.GIVEN_UP
    notice.save(update_fields=["mail", "mail_error", "mail_due_at"])


def _mark_sent(notice: Notice, *, now: datetime) -> None:
    notice.mail = Notice.Mail.SENT
    notice.mail_sent_at = now
    notice.mail_error = ""
    notice.save(update_fields=["mail", "mail_sent_at", "mail_error"])


def compose(notice: Notice) -> EmailMultiAlternatives:
    """The mail of a notice: plain text, and the same as HTML that looks like the site. Answers go to the editors."""
    context = {
        "notice": notice,
        "paragraphs": notice.text.split("\n\n"),
        "address": settings.SITE_URL + path_in_mail(notice),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(notice.subject.split()),
        body=render_to_string("stories/mail/notice.txt", context),
        to=[notice.recipient.email if notice.recipient else notice.address],
        reply_to=[settings.EDITORS_MAIL],
        headers={
            "Message-ID": f"<notice-{notice.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("stories/mail/notice.html", context), "text/html")
    return mail
