"""What one editor proposes and another one does by agreeing: before that nothing happens to the story."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Event, LedBy, Proposal, Reason, Story
from stories.notices.proposing import tell_answered, tell_proposed
from stories.permissions import may_remove, may_second
from stories.prose.plain import clean_text
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale, StoryState, WrongState
from stories.trust import PROPOSAL_MOVES, ProposalAction, ProposalState, check_once
from stories.workflow.claiming import claim, release
from stories.workflow.deciding import NOTE_CHARACTERS, Read, decline, lock_read
from stories.workflow.deleting import refuse_deleted
from stories.workflow.locking import lock_story
from stories.workflow.publishing import remove
from stories.workflow.recording import record_move
from stories.workflow.seconding import could_agree

WORDS_CHARACTERS = 2_000


@transaction.atomic
def propose_decline(
    read: Read,
    *,
    by: User,
    reason: Reason | None,
    note: str,
    led_by: str = LedBy.OWN,
    at: datetime | None = None,
) -> Proposal:
    """The story goes back to its place in the line, and nobody takes it before a second editor has answered."""
    at = at or timezone.now()
    if Proposal.objects.filter(claim=read.claim, proposed_by=by).exists():
        raise AlreadyThere("You have proposed this already. Nothing was done twice.")
    reason, note = _checked(reason, note)
    story, submission, held = lock_read(read, by=by, at=at)
    release(held, by=by, at=at)
    return _propose(
        story,
        Proposal.Kind.DECLINE,
        by=by,
        at=at,
        submission=submission,
        claim=held,
        revision_id=read.revision_id,
        sha256=read.sha256,
        reason=reason,
        note=note,
        led_by=led_by,
    )


@transaction.atomic
def propose_removal(
    story: Story,
    *,
    by: User,
    reason: Reason | None,
    note: str,
    led_by: str = LedBy.OWN,
    at: datetime | None = None,
) -> Proposal:
    """Readers go on seeing the story until a second editor agrees."""
    at = at or timezone.now()
    reason, note = _checked(reason, note)
    story = lock_story(story)
    refuse_deleted(story)
    if not may_remove(by, story):
        raise NotAllowed("You may not do this with this story.")
    text = story.published_revision
    if text is None or story.state not in (StoryState.PUBLISHED, StoryState.UNLISTED):
        raise WrongState("Readers do not see this story, so there is nothing to remove.")
    return _propose(
        story,
        Proposal.Kind.REMOVE,
        by=by,
        at=at,
        revision=text,
        sha256=text.sha256,
        reason=reason,
        note=note,
        led_by=led_by,
    )


def _checked(reason: Reason | None, note: str) -> tuple[Reason, str]:
    note = clean_text(note)
    if reason is None:
        raise Incomplete("Choose the reason that the author will be given.", field="reason")
    if not note:
        raise Incomplete("Write what the author will be told.", field="note")
    if len(note) > NOTE_CHARACTERS:
        raise Incomplete(f"The note is longer than {NOTE_CHARACTERS:,} characters.", field="note")
    return reason, note


def _propose(story: Story, kind: Proposal.Kind, *, by: User, at: datetime, **columns: object) -> Proposal:
    if Proposal.objects.filter(story=story, ended_at__isnull=True).exists():
        raise AlreadyThere("Something is proposed about this story already. It needs its answer first.")
    proposal = Proposal.objects.create(story=story, kind=kind, proposed_by=by, proposed_at=at, **columns)
    event = _record(proposal, ProposalAction.PROPOSE, source="", by=by, at=at)
    tell_proposed(event, proposal, colleagues=could_agree(story, but=by))
    return proposal


@transaction.atomic
def agree(proposal: Proposal, *, by: User, words: str = "", at: datetime | None = None) -> Proposal:
    """Does what was proposed, by the verb for it and in the very words: the deed of `by`, on a colleague's word.

    Raises AlreadyThere when it has its answer, Stale when the text or its state changed and it is over.
    """
    at = at or timezone.now()
    proposal, event = _end(proposal, ProposalAction.AGREE, by=by, words=_fitting(words), at=at)
    given: dict[str, Any] = {"reason": proposal.reason, "note": proposal.note, "led_by": proposal.led_by}
    given["agreed"] = proposal
    if proposal.submission is None:
        remove(proposal.story, by=by, at=at, **given)
    else:
        held = claim(proposal.submission, by=by, key=uuid4(), at=at)
        read = Read(claim=held, revision_id=proposal.revision_id, sha256=proposal.sha256)
        decline(read, by=by, at=at, **given)
    tell_answered(event, proposal)
    return proposal


@transaction.atomic
def refuse(proposal: Proposal, *, by: User, words: str, at: datetime | None = None) -> Proposal:
    """Nothing happens to the story; who proposed it is told why, and anybody may decide on it anew."""
    at = at or timezone.now()
    words = _fitting(words)
    if not words:
        raise Incomplete("Write to your colleague why you do not agree.", field="words")
    proposal, event = _end(proposal, ProposalAction.REFUSE, by=by, words=words, at=at)
    tell_answered(event, proposal)
    return proposal


@transaction.atomic
def take_back(proposal: Proposal, *, by: User, at: datetime | None = None) -> Proposal:
    """By who proposed it, before it has its answer."""
    at = at or timezone.now()
    proposal, _ = _end(proposal, ProposalAction.TAKE_BACK, by=by, words="", at=at)
    return proposal


def _fitting(words: str) -> str:
    words = clean_text(words)
    if len(words) > WORDS_CHARACTERS:
        raise Incomplete(f"This is longer than {WORDS_CHARACTERS:,} characters.", field="words")
    return words


def _end(
    proposal: Proposal, action: ProposalAction, *, by: User, words: str, at: datetime
) -> tuple[Proposal, Event]:
    """Its story first, as every verb locks."""
    story = lock_story(proposal.story)
    refuse_deleted(story)
    found = Proposal.objects.select_for_update(of=("self",)).select_related(
        "submission", "reason", "proposed_by", "ended_by"
    )
    proposal = found.get(pk=proposal.pk)
    proposal.story = story
    takes_back = action is ProposalAction.TAKE_BACK
    if takes_back and proposal.proposed_by_id != by.pk:
        raise NotAllowed("A colleague proposed this; only they can take it back.")
    if not takes_back and not may_second(by, proposal):
        raise NotAllowed("Somebody else than who proposed it, and who did not write the story, answers it.")
    source = proposal.state
    if source is ProposalState.LAPSED:
        raise Stale("The text or its state changed since this was proposed, so it is over. Nothing was done.")
    answered = f"{_who_ended(proposal, by)} already. Nothing was done twice."
    proposal.end = check_once(PROPOSAL_MOVES, action, source, done=answered)
    proposal.ended_at, proposal.ended_by, proposal.words = at, by, words
    proposal.save(update_fields=["end", "ended_at", "ended_by", "words"])
    return proposal, _record(proposal, action, source=source, by=by, at=at)


def _who_ended(proposal: Proposal, by: User) -> str:
    who = f"{proposal.ended_by.name} has" if proposal.ended_by else "Somebody has"
    done = "taken this back" if proposal.end == Proposal.End.TAKEN_BACK else "answered this"
    return f"{'You have' if proposal.ended_by_id == by.pk else who} {done}"


def _record(proposal: Proposal, action: ProposalAction, *, source: str, by: User, at: datetime) -> Event:
    """Without a note: the words stand in the proposal."""
    return record_move(
        proposal.story,
        action,
        machine="proposal",
        source=source,
        target=proposal.state,
        by=by,
        at=at,
        submission=proposal.submission,
        data={"proposal": proposal.pk, "kind": proposal.kind},
    )
