"""The editors' daily mail: on working days, in the morning of the editor's own clock, and only when something waits."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts.languages import choose_mail_language
from accounts.models import User
from stories.models import MailChoice, Reason
from stories.notices.choosing import choose
from stories.workflow.appealing import appeal, appealable
from stories.workflow.digesting import send_digests, waiting_for
from tests.redress.reports import make_report
from tests.stories import make_claimed, make_declined, make_published, make_small_change, make_waiting

MONDAY = datetime(2026, 3, 9, 3, 31, tzinfo=UTC)  # 09:01 in Kolkata
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def working(settings):
    settings.WORKING_ZONE = "Asia/Kolkata"
    settings.WORKING_DAYS = frozenset(range(5))
    settings.WORKING_SPANS = ((9 * 60, 18 * 60),)
    settings.HOLIDAYS = frozenset({date(2026, 3, 10)})


class Down(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail server")


def sent() -> list[tuple[str, str]]:
    """To whom and about which day; the outbox is empty after it."""
    found = [(message.to[0].split("@")[0], message.subject) for message in mail.outbox]
    mail.outbox.clear()
    return found


def test_editor_is_told_once_a_working_day_what_waits(author, editor):
    make_waiting(author, at=MONDAY - 8 * DAY)
    make_waiting(author, title="Another", at=MONDAY)

    assert send_digests(at=MONDAY - timedelta(minutes=2)) == 0  # 08:59
    assert (send_digests(at=MONDAY), send_digests(at=MONDAY), send_digests(at=MONDAY + 9 * HOUR)) == (1, 0, 0)
    (message,) = mail.outbox
    assert message.subject == "What waits at MyStory, Monday 9 March"
    assert "2 stories wait for an editor.\nOf these 1 is overdue." in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    sent()
    assert send_digests(at=MONDAY + DAY) == 0  # a holiday
    assert send_digests(at=MONDAY + 2 * DAY) == 1
    assert sent() == [("esther-thomas", "What waits at MyStory, Wednesday 11 March")]
    assert send_digests(at=MONDAY + 5 * DAY) == 0  # Saturday


def test_nothing_is_sent_when_nothing_waits_or_it_is_ones_own(editor, author):
    make_waiting(editor, at=MONDAY)

    assert send_digests(at=MONDAY) == 0
    make_waiting(author, at=MONDAY)
    assert send_digests(at=MONDAY + HOUR) == 0  # the day's has been decided on
    assert sent() == []
    assert send_digests(at=MONDAY + 2 * DAY) == 1


def test_it_comes_in_the_editors_own_morning_and_language_and_can_be_off(author, editor, other_editor):
    make_waiting(author, at=MONDAY)
    choose(editor, off=[], zone="America/New_York")
    choose(other_editor, off=["digest"], zone="")
    choose_mail_language(editor, "hi")

    assert send_digests(at=MONDAY) == 0
    assert send_digests(at=datetime(2026, 3, 9, 12, 59, tzinfo=UTC)) == 0  # 08:59 in New York, in summer time
    assert send_digests(at=datetime(2026, 3, 9, 13, 0, tzinfo=UTC)) == 1

    ((who, subject),) = sent()
    assert who == "esther-thomas"
    assert subject.replace("\u200c", "") == "MyStory पर क्या प्रतीक्षा में है, सोमवार 9 मार्च"


def test_failing_mail_server_delays_it_and_loses_nothing(author, editor, settings):
    make_waiting(author, at=MONDAY)
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Down"

    assert (send_digests(at=MONDAY), send_digests(at=MONDAY + HOUR)) == (0, 0)
    settings.EMAIL_BACKEND = backend
    make_waiting(author, title="Another", at=MONDAY + HOUR)
    assert send_digests(at=MONDAY + HOUR + timedelta(minutes=9)) == 0
    assert send_digests(at=MONDAY + HOUR + timedelta(minutes=10)) == 1

    assert "2 stories wait" in mail.outbox[0].body
    assert MailChoice.objects.get(member=editor).digest_day == date(2026, 3, 9)


def test_what_waits_is_counted_for_who_may_decide_on_it(author, other_author, editor, other_editor, reader):
    declined = make_declined(author, editor=editor, reason=Reason.objects.get(code="advertising")).story
    (against,) = appealable(declined)
    appeal(declined, against.decision, "It is none.", by=author, key=against.decision.claim.key)
    make_report(make_published(other_author, editor=editor), other_editor)
    make_claimed(author, editor=editor)

    mine, others = (waiting_for(User.objects.get(pk=who.pk), at=MONDAY) for who in (editor, other_editor))

    assert (mine.mine, mine.reports, mine.appeals) == (1, 1, 0)
    assert (others.mine, others.reports, others.appeals) == (0, 0, 1)


def test_second_looks_and_readings_are_told_to_who_has_not_decided(author, editor, other_editor, settings):
    settings.SECOND_READING_PERCENT = 100
    make_small_change(author, editor=editor)  # of a story that `editor` approved
    make_small_change(other_editor, editor=editor, title="Their own")

    waits = (waiting_for(User.objects.get(pk=who.pk), at=MONDAY) for who in (editor, other_editor))

    assert [(each.second_looks, each.second_readings) for each in waits] == [(2, 0), (1, 1)]
    assert send_digests(at=MONDAY) == 2
    (body,) = (message.body for message in mail.outbox if message.to[0].startswith("farid"))
    assert "1 small change that went live by itself waits for a second look." in body
    assert "1 decision waits for a second reading." in body


@pytest.mark.parametrize("stories", [1, 3])
def test_what_waits_asks_the_same_queries(author, editor, django_assert_num_queries, stories):
    for number in range(stories):
        make_waiting(author, title=f"Story {number}", at=MONDAY)
    editor = User.objects.get(pk=editor.pk)
    editor.has_perm("stories.remove_story")

    with django_assert_num_queries(8):
        waiting_for(editor, at=MONDAY)
