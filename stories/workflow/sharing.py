"""Links at which friends read a draft: made, taken back, and over by themselves after 14 days."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import PreviewLink, Story
from stories.status import AlreadyThere, NotAllowed, StoryState, WrongState
from stories.tokens import fingerprint, known_token, new_token
from stories.workflow.deleting import refuse_deleted
from stories.workflow.locking import lock_as_author

OPEN_FOR = timedelta(days=14)
MOST = 5
_PURPOSE = "stories.preview_link"


@transaction.atomic
def make_link(story: Story, *, by: User, key: UUID, at: datetime | None = None) -> PreviewLink:
    """A link of 14 days. The same `key` again gives the same link."""
    at = at or timezone.now()
    story = lock_as_author(story, by=by)
    refuse_deleted(story)
    if story.state == StoryState.REMOVED:
        raise WrongState("The editors removed this story, so it cannot be shown to others here.")
    held = PreviewLink.objects.filter(key=key).first()
    if held is not None:
        if held.story_id != story.pk:
            raise NotAllowed("This link belongs to another story.")
        return held
    if story.preview_links.live(at).count() >= MOST:
        raise WrongState(f"There are {MOST} links already. End one of them first; nothing was changed.")
    return PreviewLink.objects.create(
        story=story,
        key=key,
        token_sha256=fingerprint(new_token(_PURPOSE, key)),
        made_by=by,
        made_at=at,
        ends_at=at + OPEN_FOR,
    )


@transaction.atomic
def end_link(link: PreviewLink, *, by: User, at: datetime | None = None) -> None:
    """From now on nobody finds anything at it."""
    at = at or timezone.now()
    lock_as_author(link.story, by=by)
    link.refresh_from_db()
    if link.revoked_at is not None or link.ends_at <= at:
        raise AlreadyThere("This link is over already; nothing was changed.")
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])


def story_behind(token: str, *, at: datetime | None = None) -> Story | None:
    """The story whose draft the link shows now, or None for every token that opens nothing, whatever the reason."""
    live = PreviewLink.objects.live(at or timezone.now())
    link = (
        live.select_related("story__author", "story__draft").filter(token_sha256=fingerprint(token)).first()
    )
    return link.story if link else None


def token_of(link: PreviewLink) -> str:
    """For its author's own page; "" where it was made under a secret that the site has no longer."""
    return known_token(_PURPOSE, link.key, link.token_sha256)
