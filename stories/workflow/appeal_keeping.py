"""What the clock does with appeals: tells who reads one, then the chief editors, of its time, and ends what is void."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import EDITORS, chief_editors
from stories.models import Appeal, Hearing
from stories.models.appeal import ANSWER_APPEAL_WITHIN
from stories.models.hearing import HearingQuerySet
from stories.notices.appealing import tell_lapsed, tell_of_overdue_appeal, tell_reader_of_appeal
from stories.permissions import may_answer
from stories.redress import (
    APPEAL_MOVES,
    ESCALATE_APPEAL,
    WARN_OF_APPEAL,
    AppealAction,
    AppealState,
    check_redress_move,
)
from stories.workflow.recording import record_appeal, record_change

WARN_BEFORE = ANSWER_APPEAL_WITHIN / 4


def warn_of_appeals(*, at: datetime | None = None, at_most: int = 50) -> int:
    """When three quarters of the time are over, whoever reads it is told once; returns of how many."""
    at = at or timezone.now()
    soon = Hearing.objects.open().filter(warned_at__isnull=True, due_at__lte=at + WARN_BEFORE)
    return _each(soon, _warn, at=at, at_most=at_most)


def escalate_appeals(*, at: datetime | None = None, at_most: int = 50) -> int:
    """When the time is over, the chief editors are told once; returns of how many."""
    at = at or timezone.now()
    late = Hearing.objects.open().filter(escalated_at__isnull=True, due_at__lte=at)
    return _each(late, _escalate, at=at, at_most=at_most)


def lapse_appeals(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Of a story that was deleted for good no text is left that could come back; returns how many were ended."""
    at = at or timezone.now()
    void = Hearing.objects.filter(
        state=AppealState.OPEN, appeal__story__erased_at__isnull=False, appeal__sanction__isnull=True
    )
    return _each(void, _lapse, at=at, at_most=at_most)


def _each(due: HearingQuerySet, tell: Callable[..., None], *, at: datetime, at_most: int) -> int:
    told = 0
    for pk in due.order_by("due_at").values_list("pk", flat=True)[:at_most]:
        with transaction.atomic():
            locked = due.select_for_update(skip_locked=True, no_key=True, of=("self",))
            found = locked.select_related("appeal__story", "appeal__decision", "appeal__removal")
            hearing = found.filter(pk=pk).first()
            if hearing is not None:
                tell(hearing, at=at)
                told += 1
    return told


def _warn(hearing: Hearing, *, at: datetime) -> None:
    hearing.warned_at = at
    hearing.save(update_fields=["warned_at"])
    held = hearing.claims.live().select_related("editor").first()
    if held is not None:
        event = record_change(hearing.appeal.story, WARN_OF_APPEAL, by=None, at=at, data=_named(hearing))
        tell_reader_of_appeal(event, hearing, reader=held.editor)


def _escalate(hearing: Hearing, *, at: datetime) -> None:
    hearing.escalated_at = at
    hearing.save(update_fields=["escalated_at"])
    event = record_change(hearing.appeal.story, ESCALATE_APPEAL, by=None, at=at, data=_named(hearing))
    is_lost = not somebody_may_answer(hearing.appeal)
    tell_of_overdue_appeal(event, hearing, chief_editors=to_be_told(hearing.appeal), nobody_may=is_lost)


def _lapse(hearing: Hearing, *, at: datetime) -> None:
    source, hearing.state = hearing.state, check_redress_move(APPEAL_MOVES, AppealAction.LAPSE, hearing.state)
    hearing.ended_at = at
    hearing.save(update_fields=["state", "ended_at"])
    made = hearing.appeal
    tell_lapsed(
        record_appeal(made, AppealAction.LAPSE, source=source, target=hearing.state, by=None, at=at), made
    )


def _named(hearing: Hearing) -> dict[str, object]:
    return {"appeal": hearing.appeal_id}


def somebody_may_answer(appeal: Appeal) -> bool:
    """Whether there is an editor who neither decided before nor wrote the story."""
    editors = User.objects.filter(is_active=True, closes_at__isnull=True, groups__name=EDITORS)
    return any(may_answer(each, appeal) for each in editors.order_by("-pk").iterator())


def to_be_told(appeal: Appeal) -> list[User]:
    """The chief editors who may answer it; all of them where nobody may, for they can have somebody appointed."""
    chiefs = chief_editors()
    able = [chief for chief in chiefs if may_answer(chief, appeal)]
    if able or somebody_may_answer(appeal):
        return able
    return chiefs
