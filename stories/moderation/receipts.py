"""Whether those who reported know that we have it: a receipt goes out at once, and by law within a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from stories.models import Notice, ReportGroup
from stories.moderation.due import Due, due_by_calendar
from stories.redress import ReportAction

RECEIPT_WITHIN = timedelta(days=1)
SENT = Due("in_time", "Receipts sent")


def receipts_of(groups: Sequence[ReportGroup], *, now: datetime) -> dict[int, Due]:
    """Of each whose receipts have not all gone out, how much of the day is left: one query.

    Who has no account and left no address sees the receipt on the page, when the report is sent.
    """
    unsent = Notice.objects.filter(
        story__in=[group.story_id for group in groups],
        kind=ReportAction.REPORT.value,
        mail__in=[Notice.Mail.WAITING, Notice.Mail.GIVEN_UP],
    )
    found: dict[int, Due] = {}
    for group, since in unsent.order_by("-created_at").values_list("event__data__group", "created_at"):
        due = due_by_calendar(since + RECEIPT_WITHIN, whole=RECEIPT_WITHIN, now=now)
        found[group] = Due(due.kind, f"Receipt not sent yet: {due.words[0].lower()}{due.words[1:]}")
    return found
