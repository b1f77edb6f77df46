"""The outbox: each notice is mailed once, whatever the mail server, a colleague or the clock does."""

import threading
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from stories.models import Notice
from stories.notices import delivering
from stories.notices.delivering import deliver_due
from tests.stories import make_returned

HOUR = timedelta(hours=1)


class Flaky(EmailBackend):
    """A mail server that throws what it is told to, for the addresses it is told."""

    error: Exception | None = None
    refused: str = ""

    def send_messages(self, messages):
        if self.error is not None and any(self.refused in message.to[0] for message in messages):
            raise self.error
        return super().send_messages(messages)


@pytest.fixture
def flaky(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Flaky"
    yield Flaky
    Flaky.error, Flaky.refused = None, ""


@pytest.fixture
def notice(author, editor) -> Notice:
    make_returned(author, editor=editor)
    return Notice.objects.get()


def test_notice_is_mailed_once(notice, author):
    assert (deliver_due(), deliver_due()) == (1, 0)

    (sent,) = mail.outbox
    assert sent.to == [author.email]
    notice.refresh_from_db()
    assert (notice.mail, notice.mail_attempts) == (Notice.Mail.SENT, 1)
    assert notice.mail_sent_at is not None


def test_notice_written_in_a_transaction_that_failed_is_not_there(author, editor):
    assert deliver_due() == 0
    assert mail.outbox == []


def test_notice_that_is_not_due_waits(notice):
    assert deliver_due(at=notice.mail_due_at - HOUR) == 0
    assert mail.outbox == []


def test_outage_delays_and_loses_nothing(notice, flaky):
    flaky.error = ConnectionRefusedError("no mail server")
    now = timezone.now()
    for step in range(100):
        assert deliver_due(at=now + step * HOUR) == 0

    notice.refresh_from_db()
    assert (notice.mail, notice.mail_attempts) == (Notice.Mail.WAITING, 100)
    assert notice.mail_error == "ConnectionRefusedError: no mail server"
    flaky.error = None
    assert deliver_due(at=now + 100 * HOUR) == 1
    assert len(mail.outbox) == 1
    notice.refresh_from_db()
    assert (notice.mail, notice.mail_error) == (Notice.Mail.SENT, "")


def test_outage_ends_the_round_at_the_first_mail(author, other_author, editor, flaky):
    make_returned(author, editor=editor)
    make_returned(other_author, editor=editor)
    flaky.error = SMTPServerDisconnected("gone")

    deliver_due()

    assert sorted(Notice.objects.values_list("mail_attempts", flat=True)) == [0, 1]


def test_outage_is_over_within_ten_minutes_of_its_end(notice, flaky):
    flaky.error = TimeoutError("slow")
    now = timezone.now()
    for step in range(20):
        deliver_due(at=now + step * HOUR)
    flaky.error = None

    assert deliver_due(at=now + 19 * HOUR + timedelta(minutes=10)) == 1


def test_address_that_is_refused_does_not_stop_the_others(author, other_author, editor, flaky):
    make_returned(author, editor=editor)
    make_returned(other_author, editor=editor)
    flaky.error, flaky.refused = SMTPRecipientsRefused({}), author.username

    assert deliver_due() == 1
    assert [message.to for message in mail.outbox] == [[other_author.email]]


def test_address_that_is_refused_for_three_days_is_given_up_and_stays_on_the_site(notice, flaky):
    flaky.error = SMTPRecipientsRefused({})
    start = notice.created_at
    tries = 0
    for step in range(24 * 5):
        before = Notice.objects.get().mail_attempts
        deliver_due(at=start + step * HOUR)
        tries += Notice.objects.get().mail_attempts - before

    notice.refresh_from_db()
    assert notice.mail == Notice.Mail.GIVEN_UP
    assert 10 < tries < 25
    assert notice.text
    flaky.error = None
    assert deliver_due(at=start + timedelta(days=30)) == 0


def test_worker_killed_before_it_marked_the_mail_sends_it_again_under_the_same_id(notice, monkeypatch):
    def die(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(delivering, "_mark_sent", die)
    now = timezone.now()
    with pytest.raises(KeyboardInterrupt):
        deliver_due(at=now)
    monkeypatch.undo()

    assert deliver_due(at=now + timedelta(minutes=9)) == 0
    assert deliver_due(at=now + timedelta(minutes=10)) == 1
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_text_that_cannot_be_composed_does_not_stop_the_others(author, other_author, editor, monkeypatch):
    make_returned(author, editor=editor)
    make_returned(other_author, editor=editor)
    compose = delivering.compose

    def stumble(notice):
        if notice.recipient_id == author.pk:
            raise ValueError("cannot be composed")
        return compose(notice)

    monkeypatch.setattr(delivering, "compose", stumble)

    assert deliver_due() == 1


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_mail_each_notice_once(author, editor):
    for number in range(12):
        make_returned(author, editor=editor, title=f"Story {number}")
    start = threading.Barrier(4)
    sent: list[int] = []

    def work() -> None:
        try:
            start.wait()
            sent.append(deliver_due())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(sent) == 12
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == len(mail.outbox) == 12
    assert set(Notice.objects.values_list("mail", "mail_attempts")) == {(Notice.Mail.SENT, 1)}
