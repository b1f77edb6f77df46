"""When answers are due: the settings of the team's working hours, and what is left of a submission's time."""

from datetime import datetime, timedelta

from django.conf import settings

from stories.hours import NOTHING, WorkingHours
from stories.models import Decision, Submission

# Of the whole time; what is left then is said aloud.
WARNED_BEFORE = 4


def team_hours() -> WorkingHours:
    return WorkingHours(
        days=settings.WORKING_DAYS,
        spans=settings.WORKING_SPANS,
        zone=settings.WORKING_ZONE,
        holidays=settings.HOLIDAYS,
        yearly=settings.YEARLY_HOLIDAYS,
    )


def whole_time() -> timedelta:
    return timedelta(hours=settings.ANSWER_HOURS)


def due_after(at: datetime) -> datetime:
    """For a submission that begins."""
    return team_hours().add(at, whole_time())


def due_again(submission: Submission, *, at: datetime) -> datetime:
    """For one that comes back: what was left when the author got it is left now. Overdue then, it is due at once."""
    returns = Decision.objects.filter(submission=submission, kind=Decision.Kind.RETURN)
    returned_at = returns.order_by("-round").values_list("decided_at", flat=True).first()
    return team_hours().add(at, max(left_when_returned(submission.due_at, returned_at), NOTHING))


def left_when_returned(due_at: datetime, returned_at: datetime | None) -> timedelta:
    """Negative for what was overdue."""
    return team_hours().between(returned_at, due_at) if returned_at else whole_time()


def soon_until(at: datetime) -> datetime:
    """What is due up to here has a quarter of its time or less."""
    return team_hours().add(at, whole_time() / WARNED_BEFORE)
