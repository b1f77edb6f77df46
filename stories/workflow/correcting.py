"""Says above a published story what was wrong in it, with the day. What was said stays; another one can be added."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Correction, Story
from stories.models.correction import CORRECTION_CHARACTERS
from stories.notices.correcting import tell_corrected
from stories.permissions import may_correct
from stories.prose.plain import clean_text
from stories.status import AlreadyThere, Incomplete, NoRoom, NotAllowed, Stale, StoryState, WrongState
from stories.workflow.deleting import refuse_deleted
from stories.workflow.locking import lock_story
from stories.workflow.recording import happened_since, record_change

MOST = 20  # above one story


@transaction.atomic
def correct(
    story: Story, *, by: User, text: str, key: UUID, up_to: int | None = None, at: datetime | None = None
) -> Correction:
    """Readers see it at once, and the authors are told. The same `key` again: AlreadyThere.

    Raises Stale when another one was added after the event `up_to`, the last one that `by` had seen.
    """
    at = at or timezone.now()
    text = clean_text(text)
    story = lock_story(story)
    refuse_deleted(story)
    if not may_correct(by, story):
        raise NotAllowed("You may not say what was wrong in this story.")
    if Correction.objects.filter(by=by, key=key).exists():
        raise AlreadyThere("This correction stands above the story already. It was not added twice.")
    if story.state not in (StoryState.PUBLISHED, StoryState.UNLISTED):
        raise WrongState("Only a published story has corrections above it. Nothing was added.")
    if not text:
        raise Incomplete("Write what was wrong, and what is right.", field="text")
    if len(text) > CORRECTION_CHARACTERS:
        raise Incomplete(f"Say it in {CORRECTION_CHARACTERS:,} characters or fewer.", field="text")
    if happened_since(story, "correct", up_to=up_to):
        raise Stale("Another correction was added since you opened this page. Nothing was added.")
    if story.corrections.count() >= MOST:
        raise NoRoom(f"There are {MOST} corrections above this story, and no room for more.")
    made = Correction.objects.create(story=story, text=text, by=by, at=at, key=key)
    event = record_change(story, "correct", by=by, at=at, note=text, data={"correction": made.pk})
    tell_corrected(event)
    return made
