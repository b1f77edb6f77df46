"""Notes beside passages: an editor writes them while reading, and both sides speak of them once they were sent.

They go to the author with the decision of their round, so that nobody gets half a letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Claim, Decision, Message, Note, PrivateNote, Request, Settlement, Submission
from stories.models.note import (
    MESSAGE_CHARACTERS,
    NOTE_CHARACTERS,
    PRIVATE_CHARACTERS,
    REPLACEMENT_CHARACTERS,
)
from stories.notices.noting import tell_of_message
from stories.permissions import is_editor, may_review, may_write, wrote
from stories.prose.anchors import Anchor, NoPassage, Place, anchor_in
from stories.prose.plain import clean_line, clean_text
from stories.prose.replacing import replace_words
from stories.status import AlreadyThere, Incomplete, NoRoom, NotAllowed, Stale, WrongState
from stories.workflow.claiming import check_live, lock_claim
from stories.workflow.locking import lock_story, lock_submission
from stories.workflow.recording import record_change

NOTES_A_ROUND = 200
PRIVATE_NOTES_AN_HOUR = 100
MESSAGES_AN_HOUR = 60


@dataclass(frozen=True)
class Passage:
    """What an editor marked: a block by its number, and words of it; none for the whole block."""

    block: int
    quote: str = ""
    before: str = ""


@dataclass(frozen=True)
class Written:
    """What a note says. `replacement` are the words of a suggestion."""

    kind: Note.Kind
    text: str = ""
    passage: Passage | None = None
    replacement: str = ""


@transaction.atomic
def write_note(
    claim: Claim, written: Written, *, revision_id: int, key: UUID, by: User, at: datetime | None = None
) -> Note:
    """On the text that is being read. The same `key` again: AlreadyThere.

    Raises Stale when the claim is over or the text is another by now, Incomplete, naming the field, for what does not
    fit or stands nowhere in the text.
    """
    at = at or timezone.now()
    submission, claim = lock_claim(claim)
    if not may_review(by, submission):
        raise NotAllowed("Nobody writes notes on their own story as its editor.")
    if Note.objects.filter(by=by, key=key).exists():
        raise AlreadyThere("This note stands beside the text already. It was not written twice.")
    check_live(claim, by=by, at=at)
    if submission.revision_id != revision_id:
        raise Stale("The text is another one since you opened this page. Read it before you write.")
    if Note.objects.pending(submission).count() >= NOTES_A_ROUND:
        raise NoRoom(
            f"There are {NOTES_A_ROUND} notes on this text. Put the rest into the note to the author."
        )
    text = _fitting(written.text, most=NOTE_CHARACTERS, what="The note", field="text")
    if written.kind == Note.Kind.REQUEST:
        text = clean_line(text)
    if not text and written.kind != Note.Kind.SUGGESTION:
        raise Incomplete("Write what you have to say about it.", field="text")
    anchor = _anchor(submission, written)
    return Note.objects.create(
        submission=submission,
        round=submission.round,
        revision_id=revision_id,
        kind=written.kind,
        text=text,
        replacement=_replacement(submission, written, anchor),
        **_columns(anchor),
        by=by,
        at=at,
        key=key,
    )


def _anchor(submission: Submission, written: Written) -> Anchor | None:
    passage = written.passage
    if passage is None:
        return None
    try:
        return anchor_in(submission.revision.body, passage.block, passage.quote, before=passage.before)
    except NoPassage:
        raise Incomplete(
            "These words do not stand in that paragraph. Copy them from it exactly, or leave the field empty "
            "to mean the whole of it.",
            field="quote",
        ) from None


def _columns(anchor: Anchor | None) -> dict[str, object]:
    if anchor is None:
        return {"block": None}
    names = ("block", "start", "quote", "before", "after")
    return {name: getattr(anchor, name) for name in names}


def _replacement(submission: Submission, written: Written, anchor: Anchor | None) -> str:
    if written.kind != Note.Kind.SUGGESTION:
        return ""
    new = clean_line(written.replacement)
    if anchor is None or not anchor.quote:
        raise Incomplete("Choose the words that should be others.", field="quote")
    if len(new) > REPLACEMENT_CHARACTERS:
        raise Incomplete(
            f"The other words are longer than {REPLACEMENT_CHARACTERS:,} characters.", field="replacement"
        )
    if new == clean_line(anchor.quote):
        raise Incomplete("These are the same words. Write what should stand there.", field="replacement")
    place = Place(anchor.block, anchor.start, anchor.start + len(anchor.quote), anchor.quote)
    try:
        replace_words(submission.revision.body, place, new)
    except NoPassage:
        raise Incomplete(
            "Other words can be suggested within one paragraph. Choose words of one paragraph.", field="quote"
        ) from None
    return new


def _fitting(text: str, *, most: int, what: str, field: str) -> str:
    text = clean_text(text)
    if len(text) > most:
        raise Incomplete(f"{what} is longer than {most:,} characters.", field=field)
    return text


@transaction.atomic
def withdraw_note(note: Note, *, by: User, at: datetime | None = None) -> Settlement:
    """Takes back what its author has not seen: by who wrote it, or by who reads the story now."""
    at = at or timezone.now()
    submission = lock_submission(lock_story(note.submission.story), note.submission_id)
    _check_editor(by, submission)
    if note.by_id != by.pk and not submission.claims.live().filter(editor=by).exists():
        raise NotAllowed("A colleague wrote this note; take the story first to take it back.")
    refuse_settled(note)
    if is_sent(note):
        raise WrongState("Its author has this note already, so it cannot be taken back. You can close it.")
    return Settlement.objects.create(note=note, kind=Settlement.Kind.WITHDRAWN, by=by, at=at)


@transaction.atomic
def close_note(note: Note, *, by: User, at: datetime | None = None) -> Settlement:
    """Says that nothing is left to say about it."""
    at = at or timezone.now()
    submission = lock_submission(lock_story(note.submission.story), note.submission_id)
    _check_editor(by, submission)
    refuse_settled(note)
    if not is_sent(note):
        raise WrongState("Its author has not seen this note yet. You can take it back.")
    return Settlement.objects.create(note=note, kind=Settlement.Kind.CLOSED, by=by, at=at)


@transaction.atomic
def send_message(note: Note, text: str, *, key: UUID, by: User, at: datetime | None = None) -> Message:
    """A turn of the conversation about a note, from an author or an editor; the other side is told."""
    at = at or timezone.now()
    submission = lock_submission(lock_story(note.submission.story), note.submission_id)
    is_from_author = may_write(by, submission.story)
    if not is_from_author and not may_review(by, submission):
        raise NotAllowed("Only its authors and the editors speak about a note.")
    if Message.objects.filter(by=by, key=key).exists():
        raise AlreadyThere("These words stand beside the note already. They were not sent twice.")
    if not is_sent(note) or _was_withdrawn(note):
        raise WrongState("This note goes to its author with your decision; until then there is no answer.")
    if not submission.is_open:
        raise WrongState("This submission is over, so nothing was sent.")
    text = _fitting(text, most=MESSAGE_CHARACTERS, what="The message", field="text")
    if not text:
        raise Incomplete("Write the message first.", field="text")
    if Message.objects.filter(by=by, at__gt=at - timedelta(hours=1)).count() >= MESSAGES_AN_HOUR:
        raise NoRoom("That were many messages within the hour. Nothing was sent; wait a little.")
    message = Message.objects.create(
        note=note, text=text, is_from_author=is_from_author, by=by, at=at, key=key
    )
    event = record_change(
        submission.story, "message", by=by, at=at, submission=submission, data={"note": note.pk}
    )
    tell_of_message(event, message)
    return message


@transaction.atomic
def write_private_note(
    about: Submission | User, text: str, *, key: UUID, by: User, at: datetime | None = None
) -> PrivateNote:
    """What only editors read. It leaves no event and tells nobody: an author never learns of it."""
    at = at or timezone.now()
    submission = about if isinstance(about, Submission) else None
    author = about if isinstance(about, User) else None
    is_own = wrote(by, submission.story) if submission else author == by
    if not is_editor(by) or is_own:
        raise NotAllowed("Only editors keep notes, and never about themselves.")
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if PrivateNote.objects.filter(by=by, key=key).exists():
        raise AlreadyThere("This note is kept already. It was not written twice.")
    text = _fitting(text, most=PRIVATE_CHARACTERS, what="The note", field="text")
    if not text:
        raise Incomplete("Write the note first.", field="text")
    if PrivateNote.objects.filter(by=by, at__gt=at - timedelta(hours=1)).count() >= PRIVATE_NOTES_AN_HOUR:
        raise NoRoom("That were many notes within the hour. Nothing was kept; wait a little.")
    return PrivateNote.objects.create(submission=submission, author=author, text=text, by=by, at=at, key=key)


def is_sent(note: Note) -> bool:
    return Decision.objects.filter(submission=note.submission_id, round=note.round).exists()


def ask_beside(decision: Decision, noted: Sequence[Note], *, after: int) -> None:
    """Part of sending back: requests that were written beside passages are requests like the others."""
    asked = (note for note in noted if note.kind == Note.Kind.REQUEST)
    Request.objects.bulk_create(
        Request(decision=decision, position=position, text=note.text, note=note)
        for position, note in enumerate(asked, start=after + 1)
    )


def refuse_unsent_requests(submission: Submission) -> None:
    """Part of approving: what was asked for and never sent would be neither done nor waived."""
    if Note.objects.pending(submission).filter(kind=Note.Kind.REQUEST).exists():
        raise Incomplete(
            "There are requests beside the text that its author has not seen. Send the story back with them, or "
            "take them back first.",
            field="decision",
        )


def refuse_settled(note: Note) -> None:
    if Settlement.objects.filter(note=note).exists():
        raise AlreadyThere("This note was settled already; nothing was changed.")


def _was_withdrawn(note: Note) -> bool:
    return Settlement.objects.filter(note=note, kind=Settlement.Kind.WITHDRAWN).exists()


def _check_editor(by: User, submission: Submission) -> None:
    if not may_review(by, submission):
        raise NotAllowed("Only the editors who read this story can do this.")
