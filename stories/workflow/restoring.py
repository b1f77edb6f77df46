"""Takes another text for the draft: an earlier one, or what was made of two. What was there is kept in the history."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.content import Content
from stories.models import Draft, SavedText, Story
from stories.models.written import Written
from stories.permissions import may_write
from stories.status import NotAllowed
from stories.workflow.drafting import NO_PAGE, Saved, Turn, save_draft
from stories.workflow.keeping import keep
from stories.workflow.locking import lock_draft


@transaction.atomic
def restore(story: Story, text: Written, *, by: User, at: datetime | None = None) -> Saved:
    """Saves an earlier text of the story as its draft. Raises what save_draft raises; nothing is changed then."""
    draft = _locked(story, by=by)
    content = text.content.changed(pictures=())
    if draft.content == content:
        return Saved(draft, changed=False)
    at = _keep_what_is_there(draft, at=at)
    return save_draft(draft.story, content, by=by, version=draft.version, at=at)


@transaction.atomic
def settle(
    story: Story,
    content: Content,
    *,
    by: User,
    version: int,
    turn: Turn = NO_PAGE,
    at: datetime | None = None,
) -> Saved:
    """Saves what its author made of two texts. Raises DraftConflict when there is a third one by now."""
    draft = _locked(story, by=by)
    if draft.content == content:
        return Saved(draft, changed=False)
    at = _keep_what_is_there(draft, at=at)
    return save_draft(draft.story, content, by=by, version=version, turn=turn, at=at)


def _locked(story: Story, *, by: User) -> Draft:
    if not may_write(by, story):
        raise NotAllowed("Only its author can write in this story.")
    return lock_draft(story)


def _keep_what_is_there(draft: Draft, *, at: datetime | None) -> datetime:
    at = at or timezone.now()
    if not draft.is_empty:
        keep(draft, SavedText.Why.REPLACED, at=at)
        draft.save(update_fields=["kept_at"])
    return at
