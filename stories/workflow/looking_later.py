"""Looks at a small change that went live by the policy: it is fine, or the former text comes back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import LaterLook, Reason, Statement, Story
from stories.notices.trusting import tell_put_back
from stories.permissions import may_look_later
from stories.prose.plain import clean_text
from stories.status import Incomplete, NotAllowed, Stale, StoryState
from stories.trust import LATER_LOOK_MOVES, LookAction, check_once
from stories.workflow.deciding import NOTE_CHARACTERS
from stories.workflow.deleting import refuse_deleted
from stories.workflow.listing import list_story
from stories.workflow.locking import lock_story
from stories.workflow.recording import record_move
from stories.workflow.stating import state_reasons, words_of, write_public_line


@transaction.atomic
def find_fine(look: LaterLook, *, by: User, at: datetime | None = None) -> LaterLook:
    """Nothing changes for readers; small changes are measured from this text from now on."""
    at = at or timezone.now()
    story, look = _lock(look, LookAction.FIND_FINE, by=by)
    source = _keep(look, LookAction.FIND_FINE, by=by, at=at)
    record_move(
        story,
        LookAction.FIND_FINE,
        machine="later_look",
        source=source,
        target=look.state,
        by=by,
        at=at,
        submission=look.decision.submission,
        data={"decision": look.decision_id},
    )
    return look


@transaction.atomic
def put_back(
    look: LaterLook, *, by: User, reason: Reason | None, note: str, at: datetime | None = None
) -> LaterLook:
    """Readers see the former text again; the authors are told why, and what they earned is lost.

    The draft stays as it is: what was put back can be sent to an editor, and appealed about.
    """
    at = at or timezone.now()
    note = clean_text(note)
    if reason is None:
        raise Incomplete("Choose the reason that the author will be given.", field="reason")
    if not note:
        raise Incomplete("Write to the author why the former text comes back.", field="note")
    if len(note) > NOTE_CHARACTERS:
        raise Incomplete(f"The note is longer than {NOTE_CHARACTERS:,} characters.", field="note")
    story, look = _lock(look, LookAction.PUT_BACK, by=by)
    story.published_revision = look.before
    story.published_at = at
    story.save(update_fields=["published_revision", "published_at"])
    list_story(story)
    look.reason, look.note = reason, note
    source = _keep(look, LookAction.PUT_BACK, by=by, at=at)
    event = record_move(
        story,
        LookAction.PUT_BACK,
        machine="later_look",
        source=source,
        target=look.state,
        by=by,
        at=at,
        submission=look.decision.submission,
        note=note,
        data={"decision": look.decision_id, "revision": look.before_id, "reason": reason.code},
    )
    state_reasons(
        event,
        restriction=Statement.Restriction.PUT_BACK,
        ground=words_of(reason, look.decision.revision.language),
        facts=note,
    )
    write_public_line(event, look.decision.revision, reason=reason)
    tell_put_back(event)
    return look


def _lock(look: LaterLook, action: LookAction, *, by: User) -> tuple[Story, LaterLook]:
    """Story first, then what is looked at, and only if it still is what readers see."""
    story = lock_story(Story.objects.get(submissions__decisions=look.decision_id))
    locked = LaterLook.objects.select_for_update(no_key=True, of=("self",))
    look = locked.select_related("before", "decision__revision", "decision__submission", "looked_by").get(
        pk=look.pk
    )
    who = f"{look.looked_by.name} has" if look.looked_by else "Somebody has"
    who = "You have" if look.looked_by_id == by.pk else who
    looked = f"{who} looked at this change already. Nothing was done twice."
    check_once(LATER_LOOK_MOVES, action, look.state, done=looked)
    if not may_look_later(by, look):
        raise NotAllowed("Nobody looks at their own story as its editor.")
    refuse_deleted(story)
    if story.published_revision_id != look.decision.revision_id or story.state == StoryState.REMOVED:
        raise Stale("Readers see another text of this story by now. Nothing was done.")
    return story, look


def _keep(look: LaterLook, action: LookAction, *, by: User, at: datetime) -> str:
    """Returns the state before."""
    source = look.state
    look.looked_by, look.looked_at, look.verdict = by, at, LATER_LOOK_MOVES[action].target
    look.save(update_fields=["looked_by", "looked_at", "verdict", "reason", "note"])
    return source
