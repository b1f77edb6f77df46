"""Due times: over nights, weekends, holidays and the days on which clocks are changed; pure arithmetic."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.hours import NeverWorks, WorkingHours

WEEK = frozenset(range(5))
OFFICE = WorkingHours(days=WEEK, spans=((9 * 60, 18 * 60),), zone="Asia/Kolkata")
PAUSED = WorkingHours(days=WEEK, spans=((9 * 60, 13 * 60), (14 * 60, 18 * 60)), zone="Europe/Berlin")
NIGHT = WorkingHours(days=frozenset(range(7)), spans=((0, 4 * 60), (22 * 60, 24 * 60)), zone="Europe/Berlin")
FREE = WorkingHours(
    days=WEEK, spans=((9 * 60, 18 * 60),), zone="Asia/Kolkata",
    holidays=frozenset({date(2027, 3, 22)}), yearly=frozenset({(1, 26)}),
)  # fmt: skip


def on_wall(hours: WorkingHours, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(hours.zone))


@pytest.mark.parametrize(
    ("hours", "start", "amount", "end"),
    [
        (OFFICE, "2026-11-23T10:00", 2, "2026-11-23T12:00"),  # a Monday
        (OFFICE, "2026-11-23T17:00", 2, "2026-11-24T10:00"),  # over a night
        (OFFICE, "2026-11-23T09:00", 9, "2026-11-23T18:00"),  # to the very end of a day
        (OFFICE, "2026-11-27T17:00", 2, "2026-11-30T10:00"),  # over a weekend
        (OFFICE, "2026-11-28T11:00", 1, "2026-11-30T10:00"),  # sent in on a Saturday
        (OFFICE, "2026-11-23T03:00", 18, "2026-11-24T18:00"),  # before the day begins
        (PAUSED, "2026-11-23T12:30", 1, "2026-11-23T14:30"),  # over the pause of noon
        (FREE, "2027-01-25T17:00", 2, "2027-01-27T10:00"),  # over a holiday of each year
        (FREE, "2027-03-19T17:00", 2, "2027-03-23T10:00"),  # a weekend with a holiday after it
        (NIGHT, "2026-10-24T23:00", 6, "2026-10-25T04:00"),  # the night that is an hour longer
        (NIGHT, "2027-03-27T23:00", 4, "2027-03-28T04:00"),  # the night that is an hour shorter
        (PAUSED, "2027-03-26T17:00", 2, "2027-03-29T10:00"),  # the clocks change while nobody works
    ],
)
def test_amount_of_working_time_is_over(hours, start, amount, end):
    begun, over = on_wall(hours, start), on_wall(hours, end)

    assert hours.add(begun, timedelta(hours=amount)) == over
    assert hours.between(begun, over) == timedelta(hours=amount)
    assert hours.between(over, begun) == -timedelta(hours=amount)


def test_hour_that_the_clocks_leave_out_is_counted_once():
    hours = WorkingHours(days=frozenset({6}), spans=((60, 150), (180, 240)), zone="Europe/Berlin")
    start = on_wall(hours, "2027-03-28T00:00")

    # From 1:00 to 2:30 and from 3:00 to 4:00 on the wall; between 2:00 and 3:00 there is nothing.
    assert hours.between(start, start + timedelta(days=1)) == timedelta(hours=2)


def test_nothing_to_add_is_over_at_once():
    at = on_wall(OFFICE, "2026-11-28T03:00")

    assert OFFICE.add(at, timedelta()) == at


def test_hours_without_a_working_day_are_refused():
    yearly = frozenset((month, day) for month in range(1, 13) for day in range(1, 32))
    never = WorkingHours(days=WEEK, spans=((0, 60),), zone="UTC", yearly=yearly)

    with pytest.raises(NeverWorks):
        never.add(datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=1))


moments = st.integers(0, 2 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
amounts = st.integers(0, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(hours=st.sampled_from([OFFICE, PAUSED, NIGHT, FREE]), at=moments, amount=amounts, more=amounts)
def test_what_is_added_lies_between_and_adding_goes_on_where_it_was_left(hours, at, amount, more):
    due = hours.add(at, amount)

    assert due >= at
    assert hours.between(at, due) == amount
    assert hours.add(at, amount + more) >= due
    assert hours.between(at, hours.add(due, more)) == amount + more
