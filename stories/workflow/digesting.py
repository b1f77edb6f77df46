"""Sends the editors what waits, once in the morning of a working day: made when it is sent, so that it is true then."""

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import editors
from stories.models import Hearing, LaterLook, MailChoice, ReportGroup, SecondReading, Submission
from stories.notices.choosing import DIGEST
from stories.notices.digest import Waiting, write_digest
from stories.permissions import is_editor, may_answer_appeals
from stories.workflow.clock import team_hours
from stories.workflow.report_keeping import WARN_BEFORE

LEASE = timedelta(minutes=10)

log = logging.getLogger(__name__)


def send_digests(*, at: datetime | None = None, at_most: int = 20) -> int:
    """Returns how many went out. One that fails is tried again after ten minutes, as long as the day lasts."""
    at = at or timezone.now()
    sent = tried = 0
    staff = editors()
    choices = {choice.member_id: choice for choice in MailChoice.objects.filter(member__in=staff)}
    for editor in staff:
        if tried >= at_most:
            break
        day = _working_day(choices.get(editor.pk), at)
        if day is None or not is_editor(editor) or not _take(editor, day, at):
            continue
        tried += 1
        waiting = waiting_for(editor, at=at)
        try:
            if not waiting.is_nothing:
                write_digest(editor, waiting, day=day).send()
                sent += 1
        except Exception as error:  # whatever a mail server or a library throws, it is tried again
            log.warning("digest of editor %s was not mailed: %s", editor.pk, error)
        else:
            MailChoice.objects.filter(member=editor).update(digest_day=day, digest_tried_until=None)
    return sent


def _working_day(choice: MailChoice | None, at: datetime) -> date | None:
    """The day on the editor's wall, once its work has begun; of the team's working days and hours."""
    if choice is not None and DIGEST in choice.off:
        return None
    team = team_hours()
    hours = replace(team, zone=choice.zone if choice and choice.zone else team.zone)
    wall = at.astimezone(ZoneInfo(hours.zone))
    begins = hours.spans[0][0]
    day = wall.date()
    if choice is not None and choice.digest_day is not None and choice.digest_day >= day:
        return None
    return None if hours.is_free(day) or wall.hour * 60 + wall.minute < begins else day


@transaction.atomic
def _take(editor: User, day: date, at: datetime) -> bool:
    """For ten minutes: two clocks do not send one twice, and one that dies has it sent by the next."""
    MailChoice.objects.get_or_create(member=editor)
    free = MailChoice.objects.filter(Q(digest_day__isnull=True) | Q(digest_day__lt=day), member=editor)
    free = free.filter(Q(digest_tried_until__isnull=True) | Q(digest_tried_until__lte=at))
    return free.exclude(off__contains=[DIGEST]).update(digest_tried_until=at + LEASE) == 1


def waiting_for(editor: User, *, at: datetime) -> Waiting:
    """What this editor may decide on: a fixed number of queries."""
    stories = Submission.objects.filter(story__deleted_at__isnull=True).not_by(editor)
    reports = ReportGroup.objects.open().not_by(editor)
    appeals = Hearing.objects.open().for_editor(editor)
    waiting = stories.waiting()
    return Waiting(
        stories=waiting.count(),
        overdue=waiting.filter(due_at__lte=at).count(),
        mine=stories.filter(claims__editor=editor, claims__ended_at__isnull=True).count(),
        reports=reports.count(),
        late_reports=reports.filter(due_at__lte=at + WARN_BEFORE).count(),
        appeals=appeals.count() if may_answer_appeals(editor) else 0,
        second_looks=LaterLook.objects.waiting().for_editor(editor).count(),
        second_readings=SecondReading.objects.waiting().for_editor(editor).count(),
    )
