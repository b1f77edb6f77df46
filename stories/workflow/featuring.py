"""Chooses what leads the front page, in which order and until when. Each change is an event."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Feature, Story
from stories.models.feature import MOST_FEATURED
from stories.permissions import may_choose_features, wrote
from stories.status import AlreadyThere, Incomplete, NoRoom, NotAllowed, StoryState, WrongState
from stories.workflow.deleting import refuse_deleted
from stories.workflow.locking import lock_story
from stories.workflow.recording import record_change

LONGEST = timedelta(days=60)
_LOCK = 5_281_160_419  # any number that nothing else on the server locks


@transaction.atomic
def feature(story: Story, *, by: User, ends_at: datetime, at: datetime | None = None) -> Feature:
    """Puts it last of those that lead the front page, or gives it another end where it leads already."""
    at = at or timezone.now()
    if not may_choose_features(by) or wrote(by, story):
        raise NotAllowed("You may not choose this story for the front page.")
    story = lock_story(story)
    refuse_deleted(story)
    if story.state != StoryState.PUBLISHED:
        raise WrongState("Only a story that readers can find leads the front page. Nothing was changed.")
    if ends_at <= at:
        raise Incomplete("Choose an end that is still to come.", field="ends_at")
    if ends_at > at + LONGEST:
        raise Incomplete(f"Choose an end within {LONGEST.days} days from now.", field="ends_at")
    _take_turns()
    there = Feature.objects.filter(story=story).first()
    others = Feature.objects.running(at).exclude(story=story)
    if (there is None or there.ends_at <= at) and others.count() >= MOST_FEATURED:
        raise NoRoom(f"{MOST_FEATURED} stories lead the front page already. Take one of them off first.")
    position = 1 + max((each.position for each in others), default=0)
    if there is not None and there.ends_at > at:
        if there.ends_at == ends_at:
            raise AlreadyThere("This story leads the front page until then already; nothing was changed.")
        position = there.position
    columns = {"position": position, "ends_at": ends_at, "chosen_by": by, "chosen_at": at}
    made, _ = Feature.objects.update_or_create(story=story, defaults=columns)
    record_change(story, "feature", by=by, at=at, data={"ends_at": ends_at.isoformat()})
    return made


@transaction.atomic
def unfeature(story: Story, *, by: User, at: datetime | None = None) -> None:
    _check_may(by)
    story = lock_story(story)
    gone, _ = Feature.objects.filter(story=story).delete()
    if not gone:
        raise AlreadyThere("This story does not lead the front page any more; nothing was changed.")
    record_change(story, "unfeature", by=by, at=at or timezone.now())


@transaction.atomic
def move_up(story: Story, *, by: User, at: datetime | None = None) -> None:
    """Changes places with the one before it."""
    _check_may(by)
    at = at or timezone.now()
    story = lock_story(story)
    _take_turns()
    running = list(Feature.objects.running(at))
    place = next((number for number, each in enumerate(running) if each.story_id == story.pk), None)
    if place is None:
        raise WrongState("This story does not lead the front page any more; nothing was changed.")
    if place == 0:
        raise AlreadyThere("This story comes first already; nothing was changed.")
    before, moved = running[place - 1], running[place]
    before.position, moved.position = moved.position, before.position
    Feature.objects.bulk_update([before, moved], ["position"])
    record_change(story, "move_feature", by=by, at=at)


def _check_may(by: User) -> None:
    if not may_choose_features(by):
        raise NotAllowed("You may not choose what leads the front page.")


def _take_turns() -> None:
    """Places are given one after the other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
