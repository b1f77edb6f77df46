"""An editor's three answers. Each is bound to the very text that was read, and made once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from textwrap import shorten

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import (
    Claim,
    Decision,
    DisclaimerVersion,
    Event,
    LedBy,
    Note,
    Proposal,
    Reason,
    Request,
    Statement,
    Story,
    Submission,
)
from stories.models.request import REQUEST_CHARACTERS
from stories.notices.telling import tell_author
from stories.permissions import may_review
from stories.prose.plain import clean_line, clean_text
from stories.status import (
    SUBMISSION_MOVES,
    Action,
    AlreadyThere,
    Incomplete,
    NotAllowed,
    Stale,
    StoryState,
    check_move,
)
from stories.workflow.author_records import note_record
from stories.workflow.claiming import check_live, end_claim, lock_claim
from stories.workflow.noting import ask_beside, refuse_unsent_requests
from stories.workflow.publishing import publish, schedule
from stories.workflow.recording import record_submission_move
from stories.workflow.second_reading import choose
from stories.workflow.seconding import NeedsAgreement, asks_agreement
from stories.workflow.stating import state_reasons, words_of, write_public_line

NOTE_CHARACTERS = 10_000
REQUESTS_A_RETURN = 30
NAMED = 3  # of the requests that hold an approval up
LATEST = timedelta(days=366)  # from the decision to the publication


@dataclass(frozen=True)
class Read:
    """What the editor had before them: the claim, and the revision by number in the table and fingerprint."""

    claim: Claim
    revision_id: int
    sha256: str


@transaction.atomic
def approve(
    read: Read,
    *,
    by: User,
    disclaimers: Sequence[DisclaimerVersion],
    note: str = "",
    publish_at: datetime | None = None,
    at: datetime | None = None,
) -> Decision:
    """Publishes the text that was read, under these disclaimers, now or at `publish_at`.

    Raises Stale when the claim is over or the text is another one by now, AlreadyThere when this claim
    has had its decision, Incomplete without a disclaimer or while a request is open.
    """
    at = at or timezone.now()
    if not disclaimers:
        raise Incomplete("Choose the disclaimer that readers will see.", field="disclaimer")
    if publish_at is not None and publish_at <= at:
        raise Incomplete("Choose a publishing time that is still to come.", field="publish_at")
    if publish_at is not None and publish_at > at + LATEST:
        raise Incomplete("Choose a publishing time within a year from now.", field="publish_at")
    story, submission, claim = lock_read(read, by=by, at=at)
    if publish_at is not None and story.state == StoryState.UNLISTED:
        raise Incomplete(
            "Its author took the story off the public pages, so nothing can be planned for it. Leave the time empty: "
            "then this text is published at once.",
            field="publish_at",
        )
    _refuse_open_requests(submission)
    refuse_unsent_requests(submission)
    decision = _decide(
        Decision.Kind.APPROVE,
        submission,
        claim,
        read,
        by=by,
        at=at,
        note=note,
        publish_at=publish_at,
        disclaimers=[version.pk for version in disclaimers],
    )
    event = _close(Action.APPROVE, submission, claim, decision, by=by, at=at)
    if publish_at is None:
        publish(story, decision, by=by, at=at)
    else:
        schedule(story, decision, by=by, at=at)
    tell_author(event, decision=decision)
    return decision


@transaction.atomic
def return_to_author(
    read: Read, *, by: User, note: str = "", requests: Sequence[str] = (), at: datetime | None = None
) -> Decision:
    """Sends the story back with what is to be changed: requests, a note, or both. The author may submit it again."""
    at = at or timezone.now()
    asked = _fitting(requests)
    _, submission, claim = lock_read(read, by=by, at=at)
    noted = list(Note.objects.pending(submission))
    if not asked and not noted and not clean_text(note):
        raise Incomplete("Write what to change, as requests or in the note.", field="note")
    decision = _decide(Decision.Kind.RETURN, submission, claim, read, by=by, at=at, note=note)
    Request.objects.bulk_create(
        Request(decision=decision, position=position, text=text)
        for position, text in enumerate(asked, start=1)
    )
    ask_beside(decision, noted, after=len(asked))
    tell_author(_close(Action.RETURN, submission, claim, decision, by=by, at=at), decision=decision)
    return decision


@transaction.atomic
def decline(
    read: Read,
    *,
    by: User,
    reason: Reason | None,
    note: str,
    led_by: str = LedBy.OWN,
    agreed: Proposal | None = None,
    at: datetime | None = None,
) -> Decision:
    """Ends the trip with a reason from the list and a note. The author may appeal.

    `led_by` is what drew the editor's eye to it: the author is told in the statement of reasons. `agreed` is what a
    colleague proposed and `by` agrees to; raises NeedsAgreement where the site asks for that.
    """
    at = at or timezone.now()
    if reason is None:
        raise Incomplete("Choose the reason that the author will be given.", field="reason")
    story, submission, claim = lock_read(read, by=by, at=at)
    needs_agreement = asks_agreement(Proposal.Kind.DECLINE, reason, story, by=by)
    if needs_agreement and agreed is None:
        raise NeedsAgreement
    decision = _decide(Decision.Kind.DECLINE, submission, claim, read, by=by, at=at, note=note, reason=reason)
    event = _close(Action.DECLINE, submission, claim, decision, by=by, at=at, led_by=led_by)
    state_reasons(
        event,
        restriction=Statement.Restriction.NOT_PUBLISHED,
        ground=words_of(reason, submission.revision.language),
        facts=decision.note,
        led_by=led_by,
        decision=decision,
        needs_agreement=needs_agreement,
        agreed=agreed,
    )
    tell_author(event, decision=decision)
    note_record(story.author_id)
    return decision


def _fitting(requests: Sequence[str]) -> list[str]:
    """Each a line, and none twice."""
    asked = [text for text in dict.fromkeys(clean_line(text) for text in requests) if text]
    if len(asked) > REQUESTS_A_RETURN:
        raise Incomplete(f"Ask for at most {REQUESTS_A_RETURN} things at once.", field="requests")
    if any(len(text) > REQUEST_CHARACTERS for text in asked):
        raise Incomplete(
            f"One of the requests is longer than {REQUEST_CHARACTERS:,} characters. Make two of it, or use the note.",
            field="requests",
        )
    return asked


def _refuse_open_requests(submission: Submission) -> None:
    asked = list(Request.objects.made_on(submission).unsettled())
    if asked:
        raise Incomplete(still_open(asked), field="decision")


def still_open(asked: Sequence[Request]) -> str:
    """The first of them by their words."""
    named = ", ".join(f"“{shorten(request.text, 80, placeholder='…')}”" for request in asked[:NAMED])
    more = f" and {len(asked) - NAMED} more" if len(asked) > NAMED else ""
    if len(asked) == 1:
        return f"One request is still open: {named}. Accept it or waive it before you publish this text."
    return f"{len(asked)} requests are still open: {named}{more}. Accept or waive each before you publish this text."


def lock_read(read: Read, *, by: User, at: datetime) -> tuple[Story, Submission, Claim]:
    """Story, submission, claim, in this order, and only if the decision may be made on them."""
    story = Story.objects.select_for_update(no_key=True).get(submissions=read.claim.submission_id)
    submission, claim = lock_claim(read.claim)
    submission.story = story
    if not may_review(by, submission):
        raise NotAllowed("Nobody decides on their own story.")
    if claim.editor_id == by.pk and (claim.end == Claim.End.DECIDED or claim.is_held):
        raise AlreadyThere("You have decided on this story already. Nothing was done twice.")
    check_live(claim, by=by, at=at)
    if submission.revision_id != read.revision_id or submission.revision.sha256 != read.sha256:
        raise Stale("The author has sent a newer text since you opened this page. Read it before you decide.")
    if story.state == StoryState.REMOVED:
        raise Stale("This story was removed in the meantime.")
    return story, submission, claim


def _decide(
    kind: Decision.Kind,
    submission: Submission,
    claim: Claim,
    read: Read,
    *,
    by: User,
    at: datetime,
    note: str,
    **columns: object,
) -> Decision:
    note = clean_text(note)
    if kind == Decision.Kind.DECLINE and not note:
        raise Incomplete("Write to the author why you decline it.", field="note")
    if len(note) > NOTE_CHARACTERS:
        raise Incomplete(f"The note is longer than {NOTE_CHARACTERS:,} characters.", field="note")
    return Decision.objects.create(
        submission=submission,
        round=submission.round,
        kind=kind,
        revision_id=read.revision_id,
        sha256=read.sha256,
        claim=claim,
        decided_by=by,
        decided_at=at,
        waiting_since=submission.queued_at,
        note=note,
        **columns,
    )


def _close(
    action: Action,
    submission: Submission,
    claim: Claim,
    decision: Decision,
    *,
    by: User,
    at: datetime,
    led_by: str = LedBy.OWN,
) -> Event:
    source = submission.state
    submission.state = check_move(SUBMISSION_MOVES, action, source)
    submission.version += 1
    submission.ended_at = None if action is Action.RETURN else at
    submission.save(update_fields=["state", "version", "ended_at"])
    end_claim(claim, Claim.End.DECIDED, at=at)
    event = record_submission_move(
        submission, action, source=source, by=by, at=at, note=decision.note, data={"decision": decision.pk}
    )
    choose(decision, at=at)
    write_public_line(event, submission.revision, decision=decision, reason=decision.reason, led_by=led_by)
    return event
