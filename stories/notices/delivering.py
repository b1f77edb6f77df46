"""Mails what waits in the outbox: retried with growing pauses, under one Message-ID for ever."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from stories.models import Notice
from stories.notices.choosing import is_off, kind_of, stop_path
from stories.notices.mailing import Letter, make_mail
from stories.notices.reporting import path_in_mail

LEASE = timedelta(minutes=10)
# How long somebody's mail server may refuse a mail before it stays on the site alone.
PATIENCE = timedelta(days=3)
# The same where it only says that it cannot take it now: its disk may be full on the day that it comes back.
PATIENCE_WITH_BUSY = timedelta(days=30)
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
        if is_off(notice):
            _leave_on_the_site(notice)
            continue
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


def _is_busy(error: Exception) -> bool:
    """Whether the server said 4xx: not now. 5xx is for good, and so is what no server said."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return bool(codes) and all(code < 500 for code in codes)
    return isinstance(error, SMTPResponseException) and error.smtp_code < 500


def _put_back(notice: Notice, error: Exception, *, is_outage: bool, now: datetime) -> None:
    log.warning("notice %s was not mailed, attempt %s: %s", notice.pk, notice.mail_attempts, error)
    pause = timedelta(seconds=30) * 2 ** min(notice.mail_attempts, 12)
    notice.mail_error = f"{type(error).__name__}: {error}".replace("\x00", "")[:300]
    notice.mail_due_at = now + min(pause, LONGEST_OUTAGE_PAUSE if is_outage else LONGEST_PAUSE)
    patience = PATIENCE_WITH_BUSY if _is_busy(error) else PATIENCE
    if not is_outage and now - notice.created_at > patience:
        notice.mail = Notice.Mail.GIVEN_UP
    notice.save(update_fields=["mail", "mail_error", "mail_due_at"])


def _leave_on_the_site(notice: Notice) -> None:
    """Who turned such mails off meanwhile reads it there."""
    notice.mail = Notice.Mail.NONE
    notice.save(update_fields=["mail"])


def _mark_sent(notice: Notice, *, now: datetime) -> None:
    notice.mail = Notice.Mail.SENT
    notice.mail_sent_at = now
    notice.mail_error = ""
    notice.save(update_fields=["mail", "mail_sent_at", "mail_error"])


def compose(notice: Notice) -> EmailMultiAlternatives:
    kind = kind_of(notice)
    return make_mail(
        Letter(
            to=notice.recipient.email if notice.recipient else notice.address,
            language=notice.language,
            subject=notice.subject,
            text=notice.text,
            link=path_in_mail(notice),
            link_label=notice.link_label,
            key=f"notice-{notice.pk}",
            stop=stop_path(notice.recipient_id, kind) if kind and notice.recipient_id else "",
        )
    )
