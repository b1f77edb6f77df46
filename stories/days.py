"""Days and durations as pages write them, in the site's time zone. Each day is written once: days are few."""

from datetime import date, datetime
from functools import lru_cache
from math import ceil

from django.utils.dateformat import format as write
from django.utils.timezone import localtime

HOUR, DAY = 3600, 24 * 3600


def day_of(at: datetime) -> date:
    return localtime(at).date()


@lru_cache(maxsize=10_000)
def in_words(day: date) -> str:
    """For a list: February 11, 2019."""
    return write(day, "F j, Y")


@lru_cache(maxsize=10_000)
def with_weekday(day: date) -> str:
    """For a story: Monday February 11, 2019."""
    return write(day, "l F j, Y")


def duration(seconds: int) -> str:
    """Rounded up: nobody minds an answer that comes sooner."""
    if seconds <= HOUR:
        return "an hour"
    if seconds <= 36 * HOUR:
        return f"{ceil(seconds / HOUR)} hours"
    return f"{ceil(seconds / DAY)} days"
