"""Appeals against what an editor declined, removed, put back or suspended; somebody else answers, and may undo it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import (
    Appeal,
    AppealAnswer,
    AppealClaim,
    Decision,
    DisclaimerVersion,
    Event,
    Hearing,
    Revision,
    Story,
    Submission,
)
from stories.models.appeal import ANSWER_APPEAL_WITHIN, APPEAL_CHARACTERS, APPEAL_WITHIN
from stories.notices.appealing import tell_answer, tell_appeal
from stories.permissions import may_answer
from stories.prose.plain import clean_text
from stories.redress import APPEAL_MOVES, AppealAction, check_redress_move
from stories.status import (
    Action,
    AlreadyThere,
    Incomplete,
    NotAllowed,
    StoryState,
    SubmissionState,
    WrongState,
)
from stories.trust import LookAction
from stories.workflow.appeal_claiming import NOT_YOURS, check_live, end_claim, lock_hearing
from stories.workflow.appeal_keeping import somebody_may_answer, to_be_told
from stories.workflow.claiming import claim
from stories.workflow.deciding import NOTE_CHARACTERS, Read, approve
from stories.workflow.locking import lock_as_author, lock_story
from stories.workflow.publishing import restore
from stories.workflow.recording import record_appeal, record_submission_move
from stories.workflow.sanctioning import lift

UPHELD = "Your appeal was upheld."


@dataclass(frozen=True)
class Appealable:
    """A decline, or the event of a removal or of a change put back, that an author may appeal against `until` then."""

    decision: Decision | None
    removal: Event | None
    until: datetime

    @property
    def kind(self) -> str:
        return self.removal.action if self.removal else Action.DECLINE.value

    @property
    def target(self) -> str:
        """Its name in the form."""
        return f"decision-{self.decision.pk}" if self.decision else f"removal-{self.removal.pk}"  # type: ignore[union-attr]

    @property
    def reason_given(self) -> str:
        """In the very words that the author was given."""
        statement = getattr(self.decision or self.removal, "statement", None)
        return statement.ground.words if statement else ""


def appealable(story: Story, *, at: datetime | None = None) -> list[Appealable]:
    """The removal that keeps the story off the pages, the changes put back, and the declines, newest first each."""
    at = at or timezone.now()
    found: list[Appealable] = []
    if story.state == StoryState.REMOVED:
        removal = (
            story.events.filter(action=Action.REMOVE)
            .select_related("appeal", "statement__ground")
            .order_by("-id")
            .first()
        )
        if removal is not None and not hasattr(removal, "appeal"):
            found.append(Appealable(None, removal, removal.at + APPEAL_WITHIN))
    changes = story.events.filter(action=LookAction.PUT_BACK, appeal__isnull=True, at__gte=at - APPEAL_WITHIN)
    for event in changes.select_related("statement__ground").order_by("-id"):
        found.append(Appealable(None, event, event.at + APPEAL_WITHIN))
    declines = Decision.objects.filter(
        submission__story=story,
        kind=Decision.Kind.DECLINE,
        appeal__isnull=True,
        decided_at__gte=at - APPEAL_WITHIN,
    )
    for decision in declines.select_related("reason", "statement__ground").order_by("-id"):
        found.append(Appealable(decision, None, decision.decided_at + APPEAL_WITHIN))
    return [each for each in found if each.until >= at]


@transaction.atomic
def appeal(
    story: Story, against: Decision | Event, text: str, *, by: User, key: UUID, at: datetime | None = None
) -> Appeal:
    """One for each decision, within half a year. The same `key` again gives the same appeal."""
    at = at or timezone.now()
    text = argued(text)
    story = lock_as_author(story, by=by)
    held = Appeal.objects.filter(key=key, story=story).first()
    if held is not None:
        return held
    if Appeal.objects.filter(**_against(against)).exists():
        raise AlreadyThere("There is an appeal against this decision already. Each decision can have one.")
    if all(against not in (each.decision, each.removal) for each in appealable(story, at=at)):
        raise WrongState("This decision cannot be appealed against any more. Nothing was sent.")
    revision = _text_of(against, story)
    if revision is None:
        raise WrongState("This story has no text that could come back. Nothing was sent.")
    return begin(
        Appeal(story=story, **_against(against), revision=revision, by=by, text=text, key=key, made_at=at)
    )


def argued(text: str) -> str:
    text = clean_text(text)
    if not text:
        raise Incomplete("Write why you think the decision is wrong.", field="text")
    if len(text) > APPEAL_CHARACTERS:
        raise Incomplete(f"The appeal is longer than {APPEAL_CHARACTERS:,} characters.", field="text")
    return text


def begin(made: Appeal) -> Appeal:
    made.save(force_insert=True)
    at, by = made.made_at, made.by
    state = check_redress_move(APPEAL_MOVES, AppealAction.APPEAL, "")
    Hearing.objects.create(appeal=made, state=state, due_at=at + ANSWER_APPEAL_WITHIN)
    event = record_appeal(made, AppealAction.APPEAL, source="", target=state, by=by, at=at)
    tell_appeal(event, made, chief_editors=to_be_told(made), nobody_may=not somebody_may_answer(made))
    return made


def _against(against: Decision | Event) -> dict[str, Decision | Event]:
    return {"decision": against} if isinstance(against, Decision) else {"removal": against}


def _text_of(against: Decision | Event, story: Story) -> Revision | None:
    """What comes back if the author is right."""
    if isinstance(against, Decision):
        return against.revision
    if against.action == LookAction.PUT_BACK and against.submission is not None:
        return against.submission.revision
    return story.published_revision


@transaction.atomic
def uphold_appeal(
    held: AppealClaim,
    *,
    by: User,
    answer: str,
    disclaimers: Sequence[DisclaimerVersion] = (),
    at: datetime | None = None,
) -> AppealAnswer:
    """The very text comes back: a removed one is restored, a declined or put back one approved and published.

    Unless something newer has taken its place: then the author is right, and nothing changes on the pages.
    A suspension ends at once.
    Raises Incomplete where a declined text is to be published and no disclaimer was chosen, Stale when the claim
    is over, AlreadyThere when the appeal has its answer.
    """
    at = at or timezone.now()
    answer = _reasoned(answer)
    story, hearing = _lock(held, by=by, at=at)
    made = hearing.appeal
    comes_back = brings_back(made, story)
    event, given = _answer(
        AppealAction.UPHOLD, hearing, held, by=by, at=at, is_upheld=True, is_restored=comes_back, text=answer
    )
    if made.sanction is not None:
        lift(made.sanction, by=by, at=at)
    # Where the text comes back, the notice about that says it all: one message for one answer.
    if not comes_back:
        tell_answer(event, given)
    elif made.decision is not None:
        since = made.decision.waiting_since or made.decision.submission.queued_at
        _publish(made, story, since=since, by=by, answer=answer, disclaimers=disclaimers, at=at)
    elif made.kind == LookAction.PUT_BACK:
        carried = [each.version for each in story.disclaimers.select_related("version")]
        _publish(made, story, since=made.made_at, by=by, answer=answer, disclaimers=carried, at=at)
    else:
        restore(story, by=by, note=f"{UPHELD}\n\n{answer}", at=at)
    return given


@transaction.atomic
def reject_appeal(held: AppealClaim, *, by: User, answer: str, at: datetime | None = None) -> AppealAnswer:
    """The decision stands; the author is told why."""
    at = at or timezone.now()
    answer = _reasoned(answer)
    _, hearing = _lock(held, by=by, at=at)
    event, given = _answer(AppealAction.REJECT, hearing, held, by=by, at=at, is_upheld=False, text=answer)
    tell_answer(event, given)
    return given


def _answer(
    action: AppealAction, hearing: Hearing, held: AppealClaim, *, by: User, at: datetime, **columns: Any
) -> tuple[Event, AppealAnswer]:
    source, hearing.state = hearing.state, check_redress_move(APPEAL_MOVES, action, hearing.state)
    event = record_appeal(hearing.appeal, action, source=source, target=hearing.state, by=by, at=at)
    given = AppealAnswer.objects.create(appeal=hearing.appeal, answered_by=by, answered_at=at, **columns)
    hearing.ended_at = at
    hearing.save(update_fields=["state", "ended_at"])
    end_claim(held, AppealClaim.End.DECIDED, at=at)
    return event, given


def brings_back(made: Appeal, story: Story) -> bool:
    """Whether upholding it changes what readers see: not where a newer submission or text took its place."""
    if story.is_deleted or made.sanction_id is not None:
        return False
    if made.kind == Action.REMOVE:
        return story.state == StoryState.REMOVED and story.published_revision_id == made.revision_id
    newest = story.submissions.order_by("-id").values_list("pk", flat=True).first()
    if made.removal is not None:
        return story.state == StoryState.PUBLISHED and newest == made.removal.submission_id
    return story.state != StoryState.REMOVED and newest == getattr(made.decision, "submission_id", None)


def _reasoned(answer: str) -> str:
    answer = clean_text(answer)
    if not answer:
        raise Incomplete("Write to the author why you decide so.", field="answer")
    if len(answer) > NOTE_CHARACTERS - len(UPHELD) - 2:
        raise Incomplete("The answer is too long. Shorten it a little.", field="answer")
    return answer


def _lock(held: AppealClaim, *, by: User, at: datetime) -> tuple[Story, Hearing]:
    """Story and appeal, in this order, and only if `held` lets `by` answer it."""
    story = lock_story(held.hearing.appeal.story)
    hearing = lock_hearing(held.hearing)
    hearing.appeal.story = story
    if not may_answer(by, hearing.appeal):
        raise NotAllowed(NOT_YOURS)
    if not hearing.is_open:
        raise AlreadyThere("This appeal has its answer already. Nothing was done twice.")
    check_live(AppealClaim.objects.get(pk=held.pk), by=by, at=at)
    if hearing.appeal.is_void:
        raise WrongState("Its author deleted the story, so there is nothing left to decide.")
    return story, hearing


def _publish(
    made: Appeal,
    story: Story,
    *,
    since: datetime,
    by: User,
    answer: str,
    disclaimers: Sequence[DisclaimerVersion],
    at: datetime,
) -> None:
    """Submitted anew by the appeal, at the place in the line that it had, then taken and approved as always."""
    submission = Submission.objects.create(
        story=story,
        state=SubmissionState.QUEUED,
        revision=made.revision,
        opened_at=at,
        queued_at=since,
    )
    record_submission_move(
        submission, Action.SUBMIT, source="", by=made.by, at=at,
        data={"revision": made.revision_id, "appeal": made.pk},
    )  # fmt: skip
    held = claim(submission, by=by, key=uuid4(), at=at)
    read = Read(claim=held, revision_id=made.revision_id, sha256=made.revision.sha256)
    approve(read, by=by, disclaimers=disclaimers, note=f"{UPHELD}\n\n{answer}", at=at)
