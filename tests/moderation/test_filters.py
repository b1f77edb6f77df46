"""The queue narrowed: each part by itself and together, kept from page to page, and read from an address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stories.moderation import queue as queue_module
from stories.moderation.filters import QueueFilter
from tests.moderation.test_queue import titles
from tests.stories import make_claimed, make_declined, make_published, make_returned, make_topic, make_waiting


@pytest.fixture
def town(author, other_author, editor, other_editor, reason) -> None:
    now = timezone.now()
    make_topic("garden", "Gardens")
    make_published(author, editor=other_editor, title="Read by readers")
    make_declined(other_author, editor=other_editor, title="Not read", reason=reason)
    make_waiting(author, title="Old", at=now - timedelta(days=4), topics=("garden", "work"))
    make_waiting(author, title="Late", at=now - timedelta(hours=20), language="hi")
    make_waiting(other_author, title="Soon", at=now - timedelta(hours=15))
    make_claimed(other_author, editor=editor, title="Mine")
    make_claimed(author, editor=other_editor, title="Theirs")
    make_returned(author, editor=other_editor, title="Back")


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"topic": "garden"}, ["Old"]),
        ({"language": "hi"}, ["Late"]),
        ({"state": "waiting"}, ["Old", "Late", "Soon"]),
        ({"state": "reading"}, ["Mine", "Theirs"]),
        ({"state": "mine"}, ["Mine"]),
        ({"state": "returned"}, ["Back"]),
        ({"due": "late"}, ["Old", "Late"]),
        ({"due": "soon"}, ["Soon"]),
        ({"waiting": "3"}, ["Old"]),
        ({"record": "published"}, ["Old", "Late", "Theirs"]),
        ({"record": "declined"}, ["Soon", "Mine"]),
        ({"record": "published", "due": "late", "topic": "work"}, ["Old", "Late"]),
        ({"topic": "nowhere"}, []),
        # What no form of ours sends narrows nothing.
        ({"state": "gone", "waiting": "-1", "topic": "a'b\x00"}, ["Mine", "Old", "Late", "Soon", "Theirs"]),
    ],
)
def test_queue_is_narrowed(desk, town, narrowed, found):
    page = desk.get("queue", **narrowed)

    assert titles(page) == found


def test_queue_keeps_the_view_from_page_to_page(desk, author, monkeypatch):
    monkeypatch.setattr(queue_module, "ROWS", 1)
    for title in ("One", "Two"):
        make_waiting(author, title=title, language="hi")
    make_waiting(author, title="Three")

    page = desk.get("queue", language="hi")
    cursor = page.context["queue"].page.next_cursor

    assert f"?language=hi&amp;page={cursor}" in page.content.decode()
    assert titles(desk.get("queue", language="hi", page=cursor)) == ["Two"]


def test_view_says_how_much_time_is_left(desk, town):
    html = desk.get("queue").content.decode() + desk.get("queue", state="returned").content.decode()

    for words in (
        "Overdue by",
        "Due soon: 3 working hours left",
        "left when it went back",
        "With the author",
    ):
        assert words in html


def test_view_is_written_into_an_address_and_read_again():
    view = QueueFilter(topic="work", language="ur", due="late")

    assert view.query == "topic=work&language=ur&due=late"
    assert QueueFilter.read(dict(view.parts)) == view
    assert QueueFilter.read({"page": "o1.2", "state": ""}).is_empty
