"""Hands a story to the editors and takes it back."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Story, Submission
from stories.prose.plain import clean_text
from stories.status import (
    SUBMISSION_MOVES,
    Action,
    AlreadyThere,
    Incomplete,
    NoRoom,
    StoryState,
    SubmissionState,
    WrongState,
    check_move,
)
from stories.workflow.author_records import record_of
from stories.workflow.clock import due_after, due_again
from stories.workflow.deciding import LATEST
from stories.workflow.deleting import refuse_deleted
from stories.workflow.fixing import keep_consent
from stories.workflow.freezing import freeze
from stories.workflow.locking import lock_as_author, lock_draft, refuse_leaving, refuse_suspended
from stories.workflow.publishing_by_policy import publish_by_policy
from stories.workflow.recording import record_change, record_submission_move

COVER_NOTE_CHARACTERS = 2000


@dataclass(frozen=True)
class Wish:
    """When the author wishes to be published; `at` is None for a wish taken back."""

    at: datetime | None


@transaction.atomic
def submit(
    story: Story,
    *,
    by: User,
    note: str = "",
    wish: Wish | None = None,
    may_fix: bool | None = None,
    at: datetime | None = None,
) -> Submission:
    """Freezes the draft and opens the submission, or continues the one that is open.

    A small change to a published story goes live at once where its authors are trusted: the submission is approved.
    Waiting already: the revision is replaced and the place in the queue kept. Sent back: the next round
    begins. `note` is the author's to the editor, `may_fix` their word that editors may correct small things in this
    very text. Raises Incomplete, WrongState while an editor reads it,
    AlreadyThere when nothing changed, NoRoom when a newcomer has too many stories with the editors.
    """
    at = at or timezone.now()
    note = _fitting(note)
    _check_wish(wish, at=at)
    # Before the story, so that two stories of one author are counted one after the other.
    leader = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=story.author_id)
    refuse_leaving(leader if leader.pk == by.pk else by)
    refuse_suspended(by, at=at)
    story = lock_as_author(story, by=by)
    refuse_deleted(story)
    if story.state == StoryState.REMOVED:
        raise WrongState("This story was removed by the editors, so it cannot be submitted.")
    submission = story.submissions.open().select_for_update(no_key=True, of=("self",)).first()
    if submission is not None and submission.state == SubmissionState.IN_REVIEW:
        raise WrongState("An editor is reading this story already. Nothing was changed.")
    draft = lock_draft(story)
    revision = freeze(draft, at=at)
    if submission is None:
        submission = _open(story, revision_id=revision.pk, by=by, note=note, at=at)
        _keep_wish(submission, wish)
        keep_consent(submission, revision_id=revision.pk, is_given=may_fix, by=by, at=at)
        publish_by_policy(story, submission, at=at)
        return submission
    is_changed = _keep_wish(submission, wish)
    is_allowed = keep_consent(submission, revision_id=revision.pk, is_given=may_fix, by=by, at=at)
    if submission.state == SubmissionState.RETURNED:
        return _begin_round(submission, revision_id=revision.pk, by=by, note=note, at=at)
    if submission.revision_id == revision.pk and (is_changed or is_allowed):
        record_change(story, "wish" if is_changed else "allow_fixes", by=by, at=at, submission=submission)
        return submission
    if submission.revision_id == revision.pk:
        raise AlreadyThere("The story is waiting for an editor already, with this very text.")
    return _replace(submission, revision_id=revision.pk, by=by, note=note, at=at)


def _check_wish(wish: Wish | None, *, at: datetime) -> None:
    if wish is not None and wish.at is not None and not at < wish.at <= at + LATEST:
        raise Incomplete(
            "Wish for a publishing time that is still to come, within a year from now. "
            "Your draft is saved, but not submitted yet.",
            field="wished_for",
        )


def _keep_wish(submission: Submission, wish: Wish | None) -> bool:
    """Whether it is another one than before. Without a word about it an earlier wish stays."""
    if wish is None or wish.at == submission.wished_for:
        return False
    submission.wished_for = wish.at
    submission.save(update_fields=["wished_for"])
    return True


def _open(story: Story, *, revision_id: int, by: User, note: str, at: datetime) -> Submission:
    if story.published_revision_id == revision_id:
        raise AlreadyThere("Readers see this very text already; there is nothing to submit.")
    _check_room(story)
    submission = Submission.objects.create(
        story=story,
        state=check_move(SUBMISSION_MOVES, Action.SUBMIT, ""),
        revision_id=revision_id,
        opened_at=at,
        queued_at=at,
        due_at=due_after(at),
        author_record=record_of(story.author_id),
    )
    record_submission_move(
        submission, Action.SUBMIT, source="", by=by, at=at, note=note, data={"revision": revision_id}
    )
    return submission


def _check_room(story: Story) -> None:
    """Until readers have seen one story of an author, only a few go their way at once."""
    mine = Story.objects.filter(author=story.author_id)
    under_way = Submission.objects.open().filter(story__author=story.author_id).count()
    most = settings.STORIES_BEFORE_FIRST
    if under_way >= most and not mine.filter(first_published_at__isnull=False).exists():
        raise NoRoom(
            f"Until your first story is published, at most {most} can be with the editors at once, and "
            f"{under_way} of yours are. Your draft is saved. Submit it when one of them has its answer, "
            "or take one of them back."
        )


def _begin_round(
    submission: Submission, *, revision_id: int, by: User, note: str, at: datetime
) -> Submission:
    source = submission.state
    submission.state = check_move(SUBMISSION_MOVES, Action.RESUBMIT, source)
    submission.round += 1
    submission.revision_id = revision_id
    submission.version += 1
    submission.due_at = due_again(submission, at=at)
    submission.queued_at = at
    submission.author_record = record_of(submission.story.author_id)
    submission.save(
        update_fields=["state", "round", "revision", "version", "queued_at", "due_at", "author_record"]
    )
    record_submission_move(
        submission, Action.RESUBMIT, source=source, by=by, at=at, note=note, data={"revision": revision_id}
    )
    return submission


def _replace(submission: Submission, *, revision_id: int, by: User, note: str, at: datetime) -> Submission:
    check_move(SUBMISSION_MOVES, Action.REPLACE, submission.state)
    submission.revision_id = revision_id
    submission.version += 1
    submission.save(update_fields=["revision", "version"])
    record_submission_move(
        submission,
        Action.REPLACE,
        source=submission.state,
        by=by,
        at=at,
        note=note,
        data={"revision": revision_id},
    )
    return submission


@transaction.atomic
def withdraw(story: Story, *, by: User, note: str = "", at: datetime | None = None) -> Submission:
    """Takes the story back from the queue, or closes a submission that was sent back."""
    at = at or timezone.now()
    story = lock_as_author(story, by=by)
    refuse_deleted(story)
    submission = story.submissions.select_for_update(no_key=True, of=("self",)).order_by("-id").first()
    if submission is None:
        raise WrongState("This story is not with the editors.")
    source = submission.state
    submission.state = check_move(SUBMISSION_MOVES, Action.WITHDRAW, source)
    submission.version += 1
    submission.ended_at = at
    submission.save(update_fields=["state", "version", "ended_at"])
    record_submission_move(submission, Action.WITHDRAW, source=source, by=by, at=at, note=note)
    return submission


def _fitting(note: str) -> str:
    note = clean_text(note)
    if len(note) > COVER_NOTE_CHARACTERS:
        raise Incomplete(
            f"The note to the editor is longer than {COVER_NOTE_CHARACTERS:,} characters.", field="cover_note"
        )
    return note
