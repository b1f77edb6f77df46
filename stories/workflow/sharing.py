"""Links at which friends read a draft: made, taken back, and over by themselves after 14 days."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from stories.models import PreviewLink, Story
from stories.status import AlreadyThere, NotAllowed, StoryState, WrongState
from stories.workflow.deleting import refuse_deleted
from stories.workflow.locking import lock_as_author

OPEN_FOR = timedelta(days=14)
MOST = 5


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
        token_sha256=fingerprint(_token(key, settings.SECRET_KEY)),
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
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token(link.key, secret)
        if fingerprint(token) == link.token_sha256:
            return token
    return ""


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _token(key: UUID, secret: str) -> str:
    """256 bits that nobody can make without the site's secret, which is not in the database."""
    digest = salted_hmac("stories.preview_link", key.bytes, secret=secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
