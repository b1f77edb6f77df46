"""What leads the front page: chosen, ordered and ended by editors, and gone when readers cannot find it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from stories.models import Event, Feature, Reason
from stories.status import AlreadyThere, Incomplete, NoRoom, NotAllowed, WrongState
from stories.workflow.featuring import feature, move_up, unfeature
from stories.workflow.publishing import remove, unlist
from tests.moderation.conftest import Desk
from tests.stories import make_published, make_waiting

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def stories(author, editor, now):
    """The last is the newest."""
    return [
        make_published(
            author, editor=editor, title=f"Story {number}", at=now - DAY + timedelta(minutes=number)
        )
        for number in range(6)
    ]


def front() -> list[int]:
    """The numbers of the stories in their order, each once."""
    html = Client().get("/").content.decode()
    places = {html.find(f">Story {number}<"): number for number in range(6)}
    shown = [number for place, number in sorted(places.items()) if place >= 0]
    assert html.count(">Story ") == len(shown)
    return shown


def test_what_is_chosen_comes_first_in_its_order_and_once(stories, editor, now):
    assert front() == [5, 4, 3, 2, 1, 0]

    feature(stories[1], by=editor, ends_at=now + DAY, at=now)
    feature(stories[4], by=editor, ends_at=now + DAY, at=now)
    assert front() == [1, 4, 5, 3, 2, 0]
    move_up(stories[4], by=editor, at=now)
    assert front() == [4, 1, 5, 3, 2, 0]
    with pytest.raises(AlreadyThere, match="comes first already"):
        move_up(stories[4], by=editor, at=now)
    unfeature(stories[4], by=editor, at=now)
    with pytest.raises(AlreadyThere):
        unfeature(stories[4], by=editor, at=now)

    assert front() == [1, 5, 4, 3, 2, 0]
    said = Event.objects.filter(action__contains="feature").order_by("id").values_list("action", flat=True)
    assert list(said) == ["feature", "feature", "move_feature", "unfeature"]


def test_what_ended_or_cannot_be_found_is_gone_from_it(stories, author, editor, now):
    feature(stories[0], by=editor, ends_at=now - DAY / 2, at=now - DAY)
    feature(stories[1], by=editor, ends_at=now + DAY, at=now)
    feature(stories[2], by=editor, ends_at=now + DAY, at=now)
    assert front() == [1, 2, 5, 4, 3, 0]

    unlist(stories[1], by=author)
    remove(stories[2], by=editor, reason=Reason.objects.first(), note="It sells.")

    assert front() == [5, 4, 3, 0]


def test_who_may_choose_what_and_until_when(stories, author, editor, other_editor, now):
    for refused, story, by, ends_at in (
        (NotAllowed, stories[0], author, now + DAY),
        (NotAllowed, make_published(other_editor, editor=editor), other_editor, now + DAY),
        (WrongState, make_waiting(author).story, editor, now + DAY),
        (Incomplete, stories[0], editor, now),
        (Incomplete, stories[0], editor, now + 61 * DAY),
    ):
        with pytest.raises(refused):
            feature(story, by=by, ends_at=ends_at, at=now)
    for story in stories[:4]:
        feature(story, by=editor, ends_at=now + DAY, at=now)
    with pytest.raises(NoRoom):
        feature(stories[4], by=editor, ends_at=now + DAY, at=now)
    feature(stories[4], by=editor, ends_at=now + 3 * DAY, at=now + 2 * DAY)
    feature(stories[0], by=editor, ends_at=now + 5 * DAY, at=now)
    assert Feature.objects.running(now + 4 * DAY).get().story == stories[0]


def test_front_page_asks_the_same_queries_whatever_is_chosen(stories, editor, now, django_assert_num_queries):
    for chosen in (None, stories[0], stories[1]):
        if chosen:
            feature(chosen, by=editor, ends_at=now + DAY, at=now)
        with django_assert_num_queries(3):
            assert Client().get("/")["Cache-Control"] == "public, max-age=0, s-maxage=30"


def test_an_editor_chooses_and_orders_at_the_desk(stories, editor, author):
    desk, ends_at = Desk(editor), timezone.localtime() + DAY

    assert "Lead the front page with it" in desk.get("published", stories[0].pk).content.decode()
    assert desk.post("feature", stories[0].pk, ends_at="soon").status_code == 422
    for story in stories[:2]:
        assert desk.post("feature", story.pk, ends_at=f"{ends_at:%Y-%m-%dT%H:%M}").url == "/moderation/front/"
    desk.post("feature", stories[1].pk, deed="up")
    assert front()[:2] == [1, 0]
    assert "Story 1" in desk.get("features").content.decode()
    desk.post("feature", stories[1].pk, deed="off")
    assert front()[:2] == [0, 5]
    assert Desk(author).get("features").status_code == 404
