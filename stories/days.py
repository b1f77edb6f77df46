"""A day as pages write it, in the site's time zone. Days are few and stories many, so each is written out once."""

from datetime import date, datetime
from functools import lru_cache

from django.utils.dateformat import format as write
from django.utils.timezone import localtime


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
