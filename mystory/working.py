"""The team's working hours from the environment: read once, and refused by name when they are none."""

import os
import re
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPAN = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)", re.ASCII)
_YEARLY = re.compile(r"\d\d-\d\d", re.ASCII)
_LEAP_YEAR = 2028  # has a 29 February


def days(name: str, default: str) -> frozenset[int]:
    """Days and runs of days, 0 for Monday: "Mon-Fri", "Sun-Thu", "Mon Wed Fri"."""
    value = os.environ.get(name, "").strip() or default
    found: set[int] = set()
    for part in value.replace(",", " ").split():
        ends = [_day(end) for end in part.split("-")]
        if None in ends or len(ends) > 2:
            raise ImproperlyConfigured(
                f"{name} is {value!r}: write the working days as Mon-Fri, or as Mon Tue Thu. "
                f"The days are {', '.join(DAYS)}."
            )
        first, last = ends[0] or 0, ends[-1] or 0
        found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    if not found:
        raise ImproperlyConfigured(f"{name} names no working day: write Mon-Fri, for example.")
    return frozenset(found)


def _day(word: str) -> int | None:
    known = word.strip().capitalize()
    return DAYS.index(known) if known in DAYS else None


def spans(name: str, default: str) -> tuple[tuple[int, int], ...]:
    """Minutes since midnight, in order: "09:00-13:00 14:00-18:00"."""
    value = os.environ.get(name, "").strip() or default
    found = []
    for part in value.replace(",", " ").split():
        match = _SPAN.fullmatch(part)
        if match is None:
            raise ImproperlyConfigured(
                f"{name} is {value!r}: write the working hours as 09:00-18:00, or with a pause as "
                "09:00-13:00 14:00-18:00."
            )
        begins, ends = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
        if not begins < ends <= 24 * 60:
            raise ImproperlyConfigured(
                f"{name} is {value!r}: working hours begin before they end, on one day. For a night write two parts: "
                "00:00-06:00 22:00-24:00."
            )
        found.append((begins, ends))
    found.sort()
    if not found:
        raise ImproperlyConfigured(f"{name} names no working hours: write 09:00-18:00, for example.")
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise ImproperlyConfigured(f"{name} is {value!r}: two of its parts overlap.")
    return tuple(found)


def zone(name: str, default: str) -> str:
    value = os.environ.get(name, "").strip() or default
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # an OSError for the name of a folder
        raise ImproperlyConfigured(
            f"{name} is {value!r}: write a time zone as Asia/Kolkata or Europe/Berlin."
        ) from error
    return value


def holidays(name: str) -> tuple[frozenset[date], frozenset[tuple[int, int]]]:
    """Dates ("2027-03-22"), and those that are free each year ("01-26")."""
    value = os.environ.get(name, "").strip()
    once: set[date] = set()
    yearly: set[tuple[int, int]] = set()
    for part in value.replace(",", " ").split():
        try:
            if _YEARLY.fullmatch(part):
                day = date.fromisoformat(f"{_LEAP_YEAR}-{part}")
                yearly.add((day.month, day.day))
            else:
                once.add(date.fromisoformat(part))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} has {part!r}: write a holiday as 2027-03-22, or as 01-26 for one of each year."
            ) from error
    if len(yearly) > 300:
        raise ImproperlyConfigured(f"{name} leaves hardly a working day in a year: name the holidays alone.")
    return frozenset(once), frozenset(yearly)
