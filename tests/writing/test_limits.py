"""What is counted of a member stays counted for as long as the limit says."""

import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from stories import flooding
from stories.writing import limits


@pytest.fixture(autouse=True)
def nothing_counted(db) -> None:
    cache.clear()


def counted_for() -> list[float]:
    """Seconds that each count is kept from now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM expires - %s) FROM site_cache", [timezone.now()])
        return [float(seconds) for (seconds,) in cursor.fetchall()]


def test_stories_of_a_day_are_counted_for_a_day(author):
    for _ in range(3):
        limits.wait_before_story(author)

    (seconds,) = counted_for()
    assert seconds > limits.DAY - limits.HOUR


def test_limit_is_reached_once_and_ends_with_its_window(author, monkeypatch):
    clock = [(int(time.time()) // limits.MINUTE + 1) * limits.MINUTE]  # the next minute, just begun
    monkeypatch.setattr(limits, "SAVES_A_MINUTE", 2)
    monkeypatch.setattr(flooding.time, "time", lambda: clock[0])

    assert [limits.wait_before_save(author) for _ in range(3)] == [0, 0, 60]
    clock[0] += 59
    assert limits.wait_before_save(author) == 1
    clock[0] += 1
    assert limits.wait_before_save(author) == 0


def test_members_are_counted_apart(author, other_author, monkeypatch):
    monkeypatch.setattr(limits, "SAVES_A_MINUTE", 1)

    assert [limits.wait_before_save(each) for each in (author, other_author)] == [0, 0]
    assert limits.wait_before_save(author) > 0


def test_saves_and_stories_are_counted_apart(author, monkeypatch):
    monkeypatch.setattr(limits, "STORIES_A_DAY", 1)
    for _ in range(3):
        limits.wait_before_save(author)

    assert limits.wait_before_story(author) == 0
