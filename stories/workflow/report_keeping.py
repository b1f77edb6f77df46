"""What the clock does with reports: tells the chief editors in time, ends what is void, forgets who reported."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.roles import chief_editors
from stories.models import Notice, Report, ReportGroup, SecondLook
from stories.notices.reporting import tell_chief_editors
from stories.permissions import may_judge
from stories.redress import ESCALATE, KEPT_FROM_AUTHORS, REPORT_MOVES, ReportAction, check_redress_move
from stories.workflow.recording import record_change, record_report_move
from stories.workflow.weighing import ANSWER_WITHIN

WARN_BEFORE = ANSWER_WITHIN / 4
# No six months of the calendar are longer; the database counts for itself.
FORGET_AFTER = timedelta(days=184)


def escalate_reports(*, at: datetime | None = None, at_most: int = 50) -> int:
    """When three quarters of the time are over, the chief editors are told once; returns of how many stories."""
    at = at or timezone.now()
    nearly = ReportGroup.objects.open().filter(escalated_at__isnull=True, due_at__lte=at + WARN_BEFORE)
    escalated = 0
    for pk in nearly.order_by("due_at").values_list("pk", flat=True)[:at_most]:
        with transaction.atomic():
            locked = nearly.select_for_update(skip_locked=True, no_key=True, of=("self",))
            group = locked.select_related("story").filter(pk=pk).first()
            if group is not None:
                _escalate(group, at=at)
                escalated += 1
    return escalated


def _escalate(group: ReportGroup, *, at: datetime) -> None:
    group.escalated_at = at
    group.save(update_fields=["escalated_at"])
    event = record_change(group.story, ESCALATE, by=None, at=at, data={"group": group.pk})
    tell_chief_editors(
        event, group, chief_editors=[each for each in chief_editors() if may_judge(each, group)]
    )


def lapse_reports(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Of a story that its author deleted for good there is nothing left to decide; returns how many."""
    at = at or timezone.now()
    void = ReportGroup.objects.waiting().filter(story__erased_at__isnull=False)
    lapsed = 0
    for pk in void.order_by("look_by").values_list("pk", flat=True)[:at_most]:
        with transaction.atomic():
            group = void.select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(pk=pk).first()
            if group is not None:
                source = group.state
                group.state = check_redress_move(REPORT_MOVES, ReportAction.LAPSE, source)
                group.ended_at = at
                group.save(update_fields=["state", "ended_at"])
                record_report_move(group, ReportAction.LAPSE, source=source, by=None, at=at)
                lapsed += 1
    return lapsed


def forget_reporters(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Half a year after the answer nothing says any more who reported; returns of how many stories' reports.

    What is kept: that there was a report, of which kind, when, and what the answer was.
    """
    at = at or timezone.now()
    known = Report.objects.filter(erased_at__isnull=True, group__ended_at__lte=at - FORGET_AFTER).filter(
        Q(group__again__isnull=True) | Q(group__again__ended_at__lte=at - FORGET_AFTER)
    )
    forgotten = 0
    for pk in known.order_by("group").values_list("group", flat=True).distinct()[:at_most]:
        with transaction.atomic():
            group = ReportGroup.objects.select_for_update(no_key=True).get(pk=pk)
            told = Notice.objects.filter(story=group.story_id, kind__in=KEPT_FROM_AUTHORS)
            told.filter(event__data__group=group.pk).delete()
            told.filter(event__data__again_of=group.pk).delete()
            if again := ReportGroup.objects.filter(again_of=group).first():
                told.filter(event__data__group=again.pk).delete()
                SecondLook.objects.filter(group=again).update(text="")
            with connection.cursor() as cursor:
                cursor.execute("SELECT stories_forget_reporters(%s)", [group.pk])
            forgotten += 1
    return forgotten
