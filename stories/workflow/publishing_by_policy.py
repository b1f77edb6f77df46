"""Shows readers a small change at once, by the policy that trusts its authors, and has it looked at afterwards."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from stories.models import Decision, LaterLook, Revision, Story, Submission
from stories.notices.trusting import tell_live
from stories.status import SUBMISSION_MOVES, Action, check_move
from stories.workflow.publishing import publish
from stories.workflow.recording import record_submission_move
from stories.workflow.second_reading import OF, draw
from stories.workflow.stating import write_public_line
from stories.workflow.trusting import Outlook, outlook


def publish_by_policy(story: Story, submission: Submission, *, at: datetime) -> Decision | None:
    """With the submission that was just opened; the caller holds the story's row. None: it waits for an editor.

    So it does when its author wishes for a time, and when the database knows of a report or a suspension that came
    at this very moment.
    """
    if submission.wished_for is not None:
        return None
    found = outlook(story, submission.revision.content, authors=story.authors(), at=at)
    if found is None or found.base is None or not found.is_live:
        return None
    try:
        with transaction.atomic():
            decision = _decide(story, submission, at=at)
    except IntegrityError:
        return None
    _carry_out(story, submission, decision, found, base=found.base, at=at)
    return decision


def _decide(story: Story, submission: Submission, *, at: datetime) -> Decision:
    return Decision.objects.create(
        submission=submission,
        round=submission.round,
        kind=Decision.Kind.APPROVE,
        revision=submission.revision,
        sha256=submission.revision.sha256,
        policy=Decision.Policy.SMALL_CHANGE,
        approvals=settings.TRUSTED_AFTER,
        decided_at=at,
        disclaimers=list(story.disclaimers.values_list("version", flat=True)),
    )


def _carry_out(
    story: Story,
    submission: Submission,
    decision: Decision,
    found: Outlook,
    *,
    base: Revision,
    at: datetime,
) -> None:
    is_asked = draw(decision.pk, what="second look") < settings.SECOND_LOOK_PERCENT * OF // 100
    # What waited to be looked at is looked at with what came upon it.
    is_asked = is_asked or LaterLook.objects.waiting().filter(decision__submission__story=story).exists()
    LaterLook.objects.create(decision=decision, before=base, is_chosen=is_asked, chosen_at=at)
    source = submission.state
    submission.state = check_move(SUBMISSION_MOVES, Action.APPROVE_BY_POLICY, source)
    submission.version += 1
    submission.ended_at = at
    submission.save(update_fields=["state", "version", "ended_at"])
    event = record_submission_move(
        submission,
        Action.APPROVE_BY_POLICY,
        source=source,
        by=None,
        at=at,
        data={
            "decision": decision.pk,
            "policy": decision.policy,
            "approvals": decision.approvals,
            "words": found.change.words if found.change else 0,
        },
    )
    write_public_line(event, submission.revision, decision=decision)
    publish(story, decision, by=None, at=at)
    tell_live(event)
