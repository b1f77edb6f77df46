"""How much of the time for an answer is left, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from stories.hours import WorkingHours
from stories.models import Submission
from stories.status import SubmissionState
from stories.workflow.clock import WARNED_BEFORE, left_when_returned, team_hours, whole_time

_HOUR = timedelta(hours=1)
_LONG = timedelta(days=60)


@dataclass(frozen=True)
class Due:
    """`kind` is late, soon, in_time or paused."""

    kind: str
    words: str


def due_of(submission: Submission, *, returned_at: datetime | None, now: datetime) -> Due:
    team = team_hours()
    if submission.state == SubmissionState.RETURNED:
        left = left_when_returned(submission.due_at, returned_at)
        words = f"{in_words(left, team)} left when it went back" if left > timedelta() else "Was overdue"
        return Due("paused", words)
    if submission.due_at <= now:
        return Due("late", _late(submission.due_at, now, team))
    left = team.between(now, submission.due_at)
    if left <= whole_time() / WARNED_BEFORE:
        return Due("soon", f"Due soon: {in_words(left, team)} left")
    return Due("in_time", f"{in_words(left, team)} left")


def _late(due_at: datetime, now: datetime, team: WorkingHours) -> str:
    if now - due_at > _LONG:  # nobody counts the working hours of months
        return "Overdue by more than two months"
    late = team.between(due_at, now)
    return f"Overdue by {in_words(late, team)}" if late >= timedelta(minutes=1) else "Due now"


def due_by_calendar(due_at: datetime, *, whole: timedelta, now: datetime) -> Due:
    """Of what the law counts in days, by night and on holidays too; `whole` is all the time there was."""
    left = due_at - now
    if left <= timedelta():
        return Due("late", f"Overdue by {_in_days(-left)}" if -left >= timedelta(minutes=1) else "Due now")
    if left <= whole / WARNED_BEFORE:
        return Due("soon", f"Due soon: {_in_days(left)} left")
    return Due("in_time", f"{_in_days(left)} left")


def _in_days(time: timedelta) -> str:
    """Rounded up below a day, and to whole days above."""
    if time < timedelta(days=1):
        hours = ceil(time / _HOUR)
        return f"{hours} hour{'s' if hours > 1 else ''}"
    days = round(time / timedelta(days=1))
    return f"{days} day{'s' if days > 1 else ''}"


def in_words(working: timedelta, team: WorkingHours) -> str:
    """Rounded up below a day, and to whole working days above."""
    if working < _HOUR:
        minutes = max(1, ceil(working / timedelta(minutes=1)))
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    if working < team.usual_day:
        hours = ceil(working / _HOUR)
        return f"{hours} working hour{'s' if hours > 1 else ''}"
    days = round(working / team.usual_day)
    return f"{days} working day{'s' if days > 1 else ''}"
