"""A reader who disagrees with the answer to a report asks that another editor looks at it: once, for half a year."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from stories.models import Report, ReportGroup, SecondLook
from stories.models.report import EXPLANATION_CHARACTERS
from stories.prose.plain import clean_text
from stories.redress import REPORT_MOVES, ReportAction, ReportState, check_redress_move
from stories.status import Incomplete, WrongState
from stories.workflow.locking import lock_story
from stories.workflow.recording import record_change, record_report_move
from stories.workflow.report_claiming import lock_reports
from stories.workflow.report_keeping import FORGET_AFTER
from stories.workflow.weighing import ANSWER_WITHIN

ASK_WITHIN = FORGET_AFTER
# An answer that did nothing about the story.
NOTHING_DONE = (ReportState.DISMISSED, ReportState.DUPLICATE)


@transaction.atomic
def look_again(made: Report, text: str, *, at: datetime | None = None) -> SecondLook:
    """Opens the second look at the reports of its story, or joins the one that is open. Asked twice is asked once."""
    at = at or timezone.now()
    text = clean_text(text)
    if not text:
        raise Incomplete("Say in a sentence or two what the answer overlooks.", field="text")
    if len(text) > EXPLANATION_CHARACTERS:
        raise Incomplete(f"This is longer than {EXPLANATION_CHARACTERS:,} characters.", field="text")
    story = lock_story(made.group.story)
    first = lock_reports(made.group)
    asked = SecondLook.objects.filter(report=made).first()
    if asked is not None:
        return asked
    again = ReportGroup.objects.filter(again_of=first).select_for_update(no_key=True, of=("self",)).first()
    if not may_look_again(first, again, at=at) or story.is_deleted:
        raise WrongState("A second look cannot be asked for any more. Nothing was sent.")
    is_first = again is None
    again = again or _open(first, at=at)
    asked = SecondLook.objects.create(report=made, group=again, text=text, asked_at=at)
    data: dict[str, object] = {"report": made.pk, "again_of": first.pk}
    if is_first:
        record_report_move(again, ReportAction.AGAIN, source="", by=None, at=at, data=data)
    else:
        record_change(story, ReportAction.AGAIN, by=None, at=at, data={"group": again.pk, **data})
    return asked


def may_look_again(first: ReportGroup, again: ReportGroup | None, *, at: datetime) -> bool:
    """While the answer is young, and nobody has looked a second time yet."""
    if first.again_of_id is not None or first.state not in NOTHING_DONE or first.ended_at is None:
        return False
    return at <= first.ended_at + ASK_WITHIN and (again is None or again.is_open)


def _open(first: ReportGroup, *, at: datetime) -> ReportGroup:
    """As urgent as the reports were."""
    state = check_redress_move(REPORT_MOVES, ReportAction.AGAIN, "")
    return ReportGroup.objects.create(
        story_id=first.story_id,
        again_of=first,
        state=state,
        opened_at=at,
        weight=first.weight,
        look_by=at + (first.look_by - first.opened_at),
        due_at=at + ANSWER_WITHIN,
    )
