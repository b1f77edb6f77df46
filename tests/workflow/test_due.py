"""The clock of a submission: running while editors have it, stopped while its author does, and told of once."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from stories.models import Event, Notice, Submission
from stories.workflow.claiming import claim_next
from stories.workflow.deciding import return_to_author
from stories.workflow.escalating import escalate_overdue, warn_of_due
from stories.workflow.submitting import submit
from tests.stories import change_draft, make_claimed, make_coauthor, make_published, make_waiting, read

KOLKATA = ZoneInfo("Asia/Kolkata")
FRIDAY = datetime(2026, 11, 27, 16, 0, tzinfo=KOLKATA)


@pytest.fixture(autouse=True)
def office(settings):
    settings.WORKING_DAYS, settings.WORKING_SPANS = frozenset(range(5)), ((9 * 60, 18 * 60),)
    settings.HOLIDAYS = frozenset({date(2026, 11, 30)})
    settings.ANSWER_HOURS = 8


def kolkata(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=KOLKATA)


def test_answer_is_due_after_so_many_working_hours(author):
    # Two hours on Friday; a weekend, a holiday on Monday; six hours on Tuesday.
    assert make_waiting(author, at=FRIDAY).due_at == kolkata(1, 15)


def test_clock_stands_still_while_the_author_has_it_and_goes_on_with_what_was_left(author, editor):
    held = make_claimed(author, editor=editor, at=FRIDAY)
    at = FRIDAY + timedelta(minutes=10)
    returned = return_to_author(read(held), by=editor, note="Say more.", at=at).submission
    back = kolkata(15, 9)
    change_draft(returned.story, title="Another", at=back)

    again = submit(returned.story, by=author, at=back)

    # Of the eight hours ten minutes were used; so the day of the return takes nothing away.
    assert again.due_at == kolkata(15, 16, 50)


def test_what_came_back_with_little_left_is_before_what_came_new(author, other_author, editor):
    held = make_claimed(author, editor=editor, at=kolkata(1, 9))
    returned = return_to_author(read(held), by=editor, note="Say more.", at=kolkata(1, 9, 15)).submission
    Submission.objects.filter(pk=returned.pk).update(due_at=kolkata(1, 10, 15))
    make_waiting(other_author, at=kolkata(2, 9))
    change_draft(returned.story, title="Another", at=kolkata(2, 10))
    submit(returned.story, by=author, at=kolkata(2, 10))

    taken = claim_next(by=editor, key=uuid4(), at=kolkata(2, 10))

    assert taken.submission_id == returned.pk


def test_reader_is_warned_at_three_quarters_and_once(author, editor, other_editor, chief_editor):
    held = make_claimed(author, editor=editor, at=kolkata(1, 9))  # due at 17:00
    held.expires_at = kolkata(2, 9)
    held.save()

    before = warn_of_due(at=kolkata(1, 14, 59))
    told = warn_of_due(at=kolkata(1, 15))
    again = warn_of_due(at=kolkata(1, 16))

    assert (before, told, again) == (0, 1, 0)
    assert list(Notice.objects.filter(kind="warn").values_list("recipient__username", "mail")) == [
        (editor.username, "waiting")
    ]


def test_chief_editors_are_told_once_of_all_that_is_overdue_but_what_they_wrote(author, editor, chief_editor):
    make_waiting(author, title="One", at=kolkata(1, 9))
    make_waiting(author, title="Two", at=kolkata(1, 9))
    own = make_waiting(author, title="Mine too", at=kolkata(1, 9))
    make_coauthor(own.story, chief_editor, at=kolkata(1, 9))

    before = escalate_overdue(at=kolkata(1, 16, 59))
    told = escalate_overdue(at=kolkata(1, 17))
    again = escalate_overdue(at=kolkata(1, 18))

    assert (before, told, again) == (0, 3, 0)
    assert Event.objects.filter(action="overdue").count() == 3
    notice = Notice.objects.get(kind="overdue")
    assert (notice.recipient, notice.mail, notice.link) == (chief_editor, "waiting", "/moderation/?due=late")
    assert notice.subject == "The answers to 2 stories are overdue"
    assert "“One”, due on Tuesday 1 December, 17:00; nobody is reading it." in notice.text
    assert "Mine too" not in notice.text


def test_nobody_is_told_of_what_the_author_has(author, editor, chief_editor):
    held = make_claimed(author, editor=editor, at=kolkata(1, 9))
    return_to_author(read(held), by=editor, note="Say more.", at=kolkata(1, 9, 10))

    assert (warn_of_due(at=kolkata(20, 9)), escalate_overdue(at=kolkata(20, 9))) == (0, 0)


def test_authors_record_stands_with_what_waits_and_follows_decisions(author: User, editor):
    first = make_waiting(author, title="First")

    make_published(author, editor=editor, title="Second")

    first.refresh_from_db()
    assert first.author_record == "published"
    assert (first.language, first.topics) == ("en", ["work"])
