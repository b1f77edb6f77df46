"""The queue: who waits, since when, with what; the same queries for one row and for thirty."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from stories.models import Claim, Event
from stories.moderation import counting
from stories.moderation import queue as queue_module
from stories.workflow.claiming import claim
from tests.stories import make_claimed, make_declined, make_published, make_returned, make_waiting

QUERIES = 17


def titles(response) -> list[str]:
    listed = response.context["queue"]
    return [row.submission.revision.title for row in [*listed.mine, *listed.rows]]


def test_queue_shows_who_waits_since_when_and_how_long_the_text_is(desk, author):
    make_waiting(author, at=timezone.now() - timedelta(hours=3), body=f"<p>{'word ' * 1042}</p>")

    html = desk.get("queue").content.decode()

    for words in ("One story is waiting", "The bakery that would not grow", "Asha Rao", "first story"):
        assert words in html
    for words in ("1,042 words", "6 min", "Work", "15 working hours left"):
        assert words in html


def test_queue_shows_the_authors_record(desk, author, other_editor, reason):
    make_published(author, editor=other_editor, title="One")
    make_returned(author, editor=other_editor, title="Two")
    make_declined(author, editor=other_editor, title="Three", reason=reason)
    make_waiting(author, title="Four")

    assert "1 published, 1 sent back, 1 declined" in desk.get("queue").content.decode()


def test_queue_stands_in_the_order_of_waiting_with_ones_own_claims_first(
    desk, author, other_author, editor, other_editor
):
    now = timezone.now()
    make_waiting(author, at=now - timedelta(hours=3), title="Third")
    make_waiting(other_author, at=now - timedelta(hours=4), title="Second")
    submission = make_waiting(author, at=now - timedelta(hours=1), title="Mine")
    claim(submission, by=editor, key=uuid4())
    taken = make_waiting(other_author, at=now - timedelta(hours=2), title="Taken")
    claim(taken, by=other_editor, key=uuid4())

    page = desk.get("queue")

    assert titles(page) == ["Mine", "Second", "Third", "Taken"]
    assert page.context["queue"].waiting.number == 2
    assert "Farid Ahmed</span> is reading" in page.content.decode()


def test_queue_leaves_out_ones_own_stories(desk, other_desk, editor):
    make_waiting(editor, title="By an editor")

    assert titles(desk.get("queue")) == []
    assert titles(other_desk.get("queue")) == ["By an editor"]


def test_queue_says_when_it_is_empty(desk):
    html = desk.get("queue").content.decode()

    assert "Nothing is waiting" in html
    assert "The queue is empty" in html


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_queue_asks_the_same_queries_for_any_number_of_rows(
    desk, author, editor, other_editor, django_assert_num_queries, rows
):
    for number in range(rows):
        make_waiting(author, title=f"Story {number}")
    make_claimed(author, editor=editor)
    make_claimed(author, editor=other_editor)
    desk.get("queue")

    with django_assert_num_queries(QUERIES):
        page = desk.get("queue")

    assert len(page.context["queue"].rows) == min(rows + 1, 30)


def test_queue_pages_hold_every_story_once(desk, author, monkeypatch):
    monkeypatch.setattr(queue_module, "ROWS", 3)
    now = timezone.now()
    for number in range(8):
        make_waiting(author, at=now - timedelta(hours=8 - number), title=f"Story {number}")
    seen, cursor = [], ""

    while True:
        page = desk.get("queue", page=cursor)
        seen += titles(page)
        cursor = page.context["queue"].page.next_cursor
        if not cursor:
            break

    assert seen == [f"Story {number}" for number in range(8)]


def test_queue_answers_a_cursor_that_nobody_gave_out(desk, author):
    make_waiting(author)

    assert titles(desk.get("queue", page="o'1\x00")) == ["The bakery that would not grow"]


def test_queue_counts_no_further_than_a_hundred(desk, author, monkeypatch):
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    for number in range(4):
        make_waiting(author, title=f"Story {number}")

    assert "More than 2 stories are waiting" in desk.get("queue").content.decode()


def test_next_takes_the_longest_waiting_once_for_a_form_sent_twice(desk, author):
    now = timezone.now()
    make_waiting(author, at=now)
    first = make_waiting(author, at=now - timedelta(hours=1))
    key = uuid4()

    once, again = desk.post("next", key=key), desk.post("next", key=key)

    assert once.url == again.url == f"/moderation/{first.pk}/"
    assert Claim.objects.count() == 1
    assert Event.objects.filter(action="claim").count() == 1


@pytest.mark.parametrize("key", ["", "not-a-key"])
def test_next_without_a_whole_form_takes_nothing(desk, author, key):
    make_waiting(author)

    assert desk.post("next", key=key).url == "/moderation/"
    assert not Claim.objects.exists()


def test_next_with_nothing_waiting_says_so(desk, editor):
    make_waiting(editor)

    response = desk.client.post("/moderation/next/", {"key": uuid4()}, follow=True)

    assert "Nothing is waiting that you could take." in response.content.decode()
