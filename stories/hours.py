"""Working hours of a team: how much working time lies between two moments, and when an amount of it is over (leaf)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

NOTHING = timedelta(0)
_DAY = timedelta(days=1)
# Whoever never works answers nothing: a calendar without a working day in ten years is a mistake.
_FURTHEST = 3660


class NeverWorks(ValueError):
    """No working time is left in these hours."""


@dataclass(frozen=True)
class WorkingHours:
    """`days` are 0 (Monday) to 6; `spans` pairs of minutes since midnight, in order and apart.

    `holidays` are dates, `yearly` months and days that are free in each year. Hours are those that the clock on
    the wall of `zone` shows; what is counted is time that really passes, so that a working night in which the
    clocks are changed is an hour shorter or longer.
    """

    days: frozenset[int]
    spans: tuple[tuple[int, int], ...]
    zone: str
    holidays: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The moment at which `amount` of working time has passed since `start`; not before `start`.

        Nothing to add is over at once, by night too. Raises NeverWorks.
        """
        if amount <= NOTHING:
            return start
        for begins, ends in self._from(start):
            worked = ends - begins
            if amount <= worked:
                return begins + amount
            amount -= worked
        raise NeverWorks("There is no working day in the ten years to come.")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between them; negative when `end` is first."""
        if end < start:
            return -self.between(end, start)
        passed = NOTHING
        for begins, ends in self._from(start):
            if begins >= end:
                break
            passed += min(ends, end) - begins
        return passed

    @property
    def usual_day(self) -> timedelta:
        """What a working day has, on a day without a change of clocks."""
        return timedelta(minutes=sum(end - start for start, end in self.spans))

    def _from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The working times after `start`, the first cut to what is left of it."""
        start = start.astimezone(UTC)
        # A day earlier: in some zones the wall shows another day than the one that its working times end on.
        day = start.astimezone(ZoneInfo(self.zone)).date() - _DAY
        for _ in range(_FURTHEST):
            for begins, ends in _times(self, day):
                if ends > start:
                    yield max(begins, start), ends
            if day >= date.max - _DAY:
                return
            day += _DAY

    def is_free(self, day: date) -> bool:
        return day.weekday() not in self.days or day in self.holidays or (day.month, day.day) in self.yearly


@lru_cache(maxsize=4000)
def _times(hours: WorkingHours, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """The working times of a day as moments, in order, none in another."""
    if hours.is_free(day):
        return ()
    found: list[tuple[datetime, datetime]] = []
    for first, last in hours.spans:
        begins, ends = _moment(day, first, hours.zone), _moment(day, last, hours.zone)
        if found:  # an hour that the clocks leave out may push one span into the next
            begins = max(begins, found[-1][1])
        if begins < ends:
            found.append((begins, ends))
    return tuple(found)


def _moment(day: date, minutes: int, zone: str) -> datetime:
    """An hour that the clocks leave out is the one after it; of one that they show twice it is the first."""
    days, rest = divmod(minutes, 24 * 60)
    wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC)
