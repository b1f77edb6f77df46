"""The bin: a story goes in, comes back, or is deleted for good, by its author or when its time there is over."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Draft, HandOver, Invitation, Notice, PreviewLink, Rendering, SavedText, Story
from stories.permissions import may_lead
from stories.status import AlreadyThere, NotAllowed, StoryState, WrongState
from stories.workflow.listing import take_off_shelves
from stories.workflow.locking import lock_story
from stories.workflow.recording import record_change

IN_BIN = timedelta(days=30)


@transaction.atomic
def put_in_bin(story: Story, *, by: User, at: datetime | None = None) -> Story:
    """Its author deletes a story that is neither public nor with the editors. For 30 days it can come back."""
    at = at or timezone.now()
    story = _lock_as_leader(story, by=by)
    if story.is_deleted:
        raise AlreadyThere("This story lies in the bin already; nothing was changed.")
    _check_deletable(story)
    story.deleted_at = at
    story.save(update_fields=["deleted_at"])
    record_change(story, "delete", by=by, at=at)
    return story


@transaction.atomic
def bring_back(story: Story, *, by: User, at: datetime | None = None) -> Story:
    """Out of the bin, as it was."""
    at = at or timezone.now()
    story = _lock_as_leader(story, by=by)
    if story.erased_at is not None:
        raise WrongState("This story was deleted for good, so it cannot be brought back.")
    if not story.is_deleted:
        raise AlreadyThere("This story is not in the bin; nothing was changed.")
    story.deleted_at = None
    story.save(update_fields=["deleted_at"])
    record_change(story, "bring_back", by=by, at=at)
    return story


@transaction.atomic
def erase(story: Story, *, by: User, at: datetime | None = None) -> Story:
    """Deletes the story for good: every text of it goes, what was decided about it stays.

    Decisions, events and the numbers and fingerprints of revisions are the site's record and are kept, without
    a word that the author wrote.
    """
    at = at or timezone.now()
    story = _lock_as_leader(story, by=by)
    if story.erased_at is not None:
        raise AlreadyThere("This story was deleted for good already; nothing was changed.")
    _check_deletable(story)
    erase_locked(story, by=by, at=at)
    return story


def empty_bins(*, at: datetime | None = None, at_most: int = 20) -> int:
    """Deletes for good what has lain in a bin for 30 days; returns how many. Run by the clock."""
    at = at or timezone.now()
    erased = 0
    over = Story.objects.in_bin().filter(deleted_at__lte=at - IN_BIN).order_by("deleted_at")
    for pk in over.values_list("pk", flat=True)[:at_most]:
        with transaction.atomic():
            locked = Story.objects.in_bin().select_for_update(skip_locked=True, no_key=True)
            story = locked.filter(pk=pk, deleted_at__lte=at - IN_BIN).first()
            if story is not None:
                erase_locked(story, by=None, at=at)
                erased += 1
    return erased


def refuse_deleted(story: Story) -> None:
    """For the verbs that a story in the bin takes no part in."""
    if story.is_deleted:
        raise WrongState("This story lies in the bin. Bring it back first; nothing was changed.")


def goes_at(story: Story) -> datetime | None:
    """When what lies in the bin is deleted for good."""
    return story.deleted_at + IN_BIN if story.deleted_at else None


def _check_deletable(story: Story) -> None:
    if story.state == StoryState.PUBLISHED:
        raise WrongState(
            "Readers can find this story. Take it off the public pages first; then you can delete it."
        )
    if story.state == StoryState.REMOVED:
        raise WrongState(
            "The editors removed this story, and their decision can still be looked at anew. "
            "So its text stays with you, and cannot be deleted."
        )
    if story.is_scheduled:
        raise WrongState("This story is about to be published. Take the publication back first.")
    if story.submissions.open().exists():
        raise WrongState("This story is with the editors. Take it back first; then you can delete it.")


def erase_locked(story: Story, *, by: User | None, at: datetime) -> None:
    """The caller holds the row. The event first: the database takes words out of the record only where it says why."""
    record_change(story, "erase", by=by, at=at)
    story.deleted_at = story.deleted_at or at
    story.erased_at = at
    story.save(update_fields=["deleted_at", "erased_at"])
    take_off_shelves(story)
    Draft.objects.filter(story=story).delete()
    SavedText.objects.filter(story=story).delete()
    Rendering.objects.filter(revision__story=story).delete()
    Notice.objects.filter(story=story).delete()
    PreviewLink.objects.filter(story=story).delete()
    Invitation.objects.filter(story=story).delete()
    HandOver.objects.filter(story=story).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stories_erase_texts(%s), stories_erase_notes(%s), stories_erase_appeals(%s)",
            [story.pk] * 3,
        )


def _lock_as_leader(story: Story, *, by: User) -> Story:
    if not may_lead(by, story):
        raise NotAllowed("Only who leads the story can do this.")
    return lock_story(story)
