"""Other words that an editor suggests: an author takes them into the draft or refuses them, each once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Note, Settlement, Story
from stories.permissions import may_write
from stories.prose.anchors import SAME, Newer, NoPassage
from stories.prose.replacing import replace_words
from stories.status import NotAllowed, Stale, WrongState
from stories.workflow.drafting import save_draft
from stories.workflow.locking import lock_as_author
from stories.workflow.noting import is_sent, refuse_settled
from stories.workflow.recording import record_change


@transaction.atomic
def take_words(note: Note, *, version: int, by: User, at: datetime | None = None) -> Settlement:
    """Puts the other words into the draft, by the verb that saves it: `version` is the one that the author saw.

    Raises Stale when the passage is not there any more as the editor read it, DraftConflict when the draft was saved
    elsewhere meanwhile, WrongState while an editor reads the story, AlreadyThere when it was settled before.
    """
    at = at or timezone.now()
    story = _lock(note, by=by)
    draft = story.draft
    anchor = note.anchor
    place = Newer(note.revision.body, draft.body).find(anchor) if anchor is not None else None
    if place is None or place.state != SAME:
        raise Stale(
            "The words in your text are others by now, so nothing was changed. You can put the new ones in yourself."
        )
    try:
        replaced = replace_words(draft.body, place, note.replacement)
    except NoPassage:
        raise Stale(
            "The words stand in several paragraphs now, so nothing was changed. You can put the new ones in yourself."
        ) from None
    save_draft(story, draft.content.changed(body=replaced.html), by=by, version=version, at=at)
    record_change(story, "take_words", by=by, at=at, submission=note.submission, data={"note": note.pk})
    return Settlement.objects.create(note=note, kind=Settlement.Kind.ACCEPTED, by=by, at=at)


@transaction.atomic
def refuse_words(note: Note, *, by: User, at: datetime | None = None) -> Settlement:
    """The text stays as it is."""
    at = at or timezone.now()
    _lock(note, by=by)
    return Settlement.objects.create(note=note, kind=Settlement.Kind.REFUSED, by=by, at=at)


def _lock(note: Note, *, by: User) -> Story:
    if not may_write(by, note.submission.story):
        raise NotAllowed("Only its authors take or refuse other words.")
    story = lock_as_author(note.submission.story, by=by)
    refuse_settled(note)
    if note.kind != Note.Kind.SUGGESTION or not is_sent(note):
        raise WrongState("There are no words here to take or to refuse.")
    return story
