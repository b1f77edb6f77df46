"""Answers that are late: who reads a story is told when a quarter of its time is left, the chief editors at its end."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import CHIEF_EDITORS
from stories.models import Authorship, Claim, Event, Submission
from stories.models.submission import SubmissionQuerySet
from stories.notices.due import tell_of_overdue, tell_reader_of_due
from stories.workflow.clock import soon_until
from stories.workflow.recording import record_change


@transaction.atomic
def warn_of_due(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Tells whoever reads it then, once for each submission; returns how many. To everybody else the queue says it."""
    at = at or timezone.now()
    soon = Submission.objects.with_editors().filter(warned_at__isnull=True, due_at__lte=soon_until(at))
    due = _take(soon, at_most)
    readers = _readers(due)
    for submission in due:
        if submission.pk in readers:
            event = record_change(submission.story, "warn", by=None, at=at, submission=submission)
            tell_reader_of_due(event, submission, reader=readers[submission.pk])
    _mark(due, "warned_at", at)
    return len(due)


@transaction.atomic
def escalate_overdue(*, at: datetime | None = None, at_most: int = 200) -> int:
    """Tells the chief editors, once for each submission and all that are due at once together; returns how many."""
    at = at or timezone.now()
    late = Submission.objects.with_editors().filter(escalated_at__isnull=True, due_at__lte=at)
    due = _take(late, at_most)
    if not due:
        return 0
    readers = _readers(due)
    events = [
        record_change(submission.story, "overdue", by=None, at=at, submission=submission)
        for submission in due
    ]
    for chief in User.objects.filter(groups__name=CHIEF_EDITORS, is_active=True).order_by("pk"):
        if told := _not_by(chief, events):
            tell_of_overdue(told, chief=chief, readers=readers)
    _mark(due, "escalated_at", at)
    return len(due)


def _take(due: SubmissionQuerySet, at_most: int) -> list[Submission]:
    """In the order of their times; what a verb has in hand at this moment is told of the next time."""
    locked = due.in_line().select_for_update(skip_locked=True, no_key=True, of=("self",))
    return list(locked.select_related("story__author", "revision").defer("revision__body")[:at_most])


def _readers(due: Sequence[Submission]) -> dict[int, User]:
    live = Claim.objects.live().filter(submission__in=[submission.pk for submission in due])
    return {claim.submission_id: claim.editor for claim in live.select_related("editor")}


def _not_by(chief: User, events: Sequence[Event]) -> list[Event]:
    """Nobody is told as an editor of what they wrote."""
    written = Authorship.objects.filter(author=chief, story__in=[event.story_id for event in events])
    own = set(written.values_list("story_id", flat=True))
    return [event for event in events if event.story_id not in own]


def _mark(due: Sequence[Submission], field: str, at: datetime) -> None:
    Submission.objects.filter(pk__in=[submission.pk for submission in due]).update(**{field: at})
