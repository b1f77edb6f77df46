"""Writes the record: each verb that changes something leaves one event."""

from datetime import datetime
from enum import StrEnum

from accounts.models import User
from stories.models import Appeal, Event, ReportGroup, Story, Submission
from stories.redress import OF_A_MEMBER, AppealAction, ReportAction
from stories.status import Action


def happened_since(story: Story, action: str, *, up_to: int | None) -> bool:
    """After the event `up_to`, the last one that somebody had seen; never where nobody says what they saw."""
    return up_to is not None and story.events.filter(action=action, id__gt=up_to).exists()


def record_submission_move(
    submission: Submission,
    action: Action,
    *,
    source: str,
    by: User | None,
    at: datetime,
    note: str = "",
    data: dict[str, object] | None = None,
) -> Event:
    return Event.objects.create(
        story_id=submission.story_id,
        submission=submission,
        action=action.value,
        machine="submission",
        from_state=source,
        to_state=submission.state,
        actor=by,
        note=note,
        data=data or {},
        at=at,
    )


def record_story_move(
    story: Story,
    action: Action,
    *,
    source: str,
    by: User | None,
    at: datetime,
    submission: Submission | None = None,
    note: str = "",
    data: dict[str, object] | None = None,
) -> Event:
    return record_move(
        story,
        action,
        machine="story",
        source=source,
        target=story.state,
        by=by,
        at=at,
        submission=submission,
        note=note,
        data=data,
    )


def record_report_move(
    group: ReportGroup,
    action: ReportAction,
    *,
    source: str,
    by: User | None,
    at: datetime,
    data: dict[str, object] | None = None,
) -> Event:
    """Without a note: what was said to whom stands in the decision, and a reporter's words in the report alone."""
    return Event.objects.create(
        story_id=group.story_id,
        action=action.value,
        machine="report",
        from_state=source,
        to_state=group.state,
        actor=by,
        data={"group": group.pk, **(data or {})},
        at=at,
    )


def record_appeal(
    appeal: Appeal,
    action: AppealAction,
    *,
    source: str,
    target: str,
    by: User | None,
    at: datetime,
    note: str = "",
    data: dict[str, object] | None = None,
) -> Event:
    """The note is what editors say to each other: what author and editor wrote stands in the appeal and its answer."""
    decided = {"decision": appeal.decision_id} if appeal.decision_id else {"removal": appeal.removal_id}
    return Event.objects.create(
        story_id=appeal.story_id,
        action=OF_A_MEMBER.get(action, action.value) if appeal.sanction_id else action.value,
        machine="appeal",
        from_state=source,
        to_state=target,
        actor=by,
        note=note,
        data={"appeal": appeal.pk, **decided, **(data or {})},
        at=at,
    )


def record_move(
    story: Story,
    action: StrEnum,
    *,
    machine: str,
    source: str,
    target: str,
    by: User | None,
    at: datetime,
    submission: Submission | None = None,
    note: str = "",
    data: dict[str, object] | None = None,
) -> Event:
    """Of a story itself, or of a machine beside it: a held decision, a proposal, a sanction, a second look."""
    return Event.objects.create(
        story=story,
        submission=submission,
        action=action.value,
        machine=machine,
        from_state=source,
        to_state=target,
        actor=by,
        note=note,
        data=data or {},
        at=at,
    )


def record_change(
    story: Story,
    action: str,
    *,
    by: User | None,
    at: datetime,
    submission: Submission | None = None,
    note: str = "",
    data: dict[str, object] | None = None,
) -> Event:
    """Something that readers or editors see changed, and no state did."""
    return Event.objects.create(
        story=story, submission=submission, action=action, actor=by, note=note, data=data or {}, at=at
    )
