"""Prepared replies: written once with placeholders, filled for the story that they are about."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import PreparedReply, Submission
from stories.models.reply import NAME_CHARACTERS
from stories.permissions import is_editor, may_change_reply, may_share_replies
from stories.prose.plain import clean_line, clean_text
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale

PLACEHOLDERS = ("author", "title", "editor", "site")
REPLY_CHARACTERS = 5000
_GAP = re.compile(r"\{([^{}]*)\}")


def offered_replies(user: User, language: str) -> list[PreparedReply]:
    """Those in `language` first, then those in English; one's own before those for everybody."""
    found = PreparedReply.objects.of(user).offered().filter(language__in={language, "en"})
    return sorted(found, key=lambda reply: (reply.language != language, reply.owner_id is None, reply.name))


def fill_reply(reply: PreparedReply, submission: Submission, *, by: User) -> str:
    """Its words for this story. What is filled in is never looked through for placeholders again."""
    authors = [author.name for author in submission.story.authors()]
    return fill_words(reply, authors=authors, title=submission.revision.title, by=by)


def fill_words(reply: PreparedReply, *, authors: Sequence[str], title: str, by: User) -> str:
    values = {
        "author": ", ".join(authors),
        "title": title,
        "editor": by.name,
        "site": settings.SITE_NAME,
    }
    return _GAP.sub(lambda gap: values.get(gap[1], gap[0]), reply.text)


@transaction.atomic
def write_reply(
    *, by: User, is_shared: bool, language: str, name: str, text: str, at: datetime | None = None
) -> PreparedReply:
    """A new one: for everybody, or for whoever writes it."""
    if not is_editor(by) or (is_shared and not may_share_replies(by)):
        raise NotAllowed("Only chief editors write replies for everybody.")
    name, text = _checked(name, text)
    return PreparedReply.objects.create(
        owner=None if is_shared else by,
        language=language,
        name=name,
        text=text,
        changed_by=by,
        changed_at=at or timezone.now(),
    )


@transaction.atomic
def change_reply(
    reply: PreparedReply,
    *,
    by: User,
    language: str,
    name: str,
    text: str,
    up_to: int | None = None,
    at: datetime | None = None,
) -> PreparedReply:
    """Other words from now on; what was sent with the old ones stays as it was.

    Raises Stale when `up_to`, the edition that `by` had seen, is not the last one.
    """
    locked = _lock(reply, by=by)
    name, text = _checked(name, text)
    if (locked.language, locked.name, locked.text) == (language, name, text):
        raise AlreadyThere("It says this already; nothing was changed.")
    if up_to is not None and up_to != locked.edition:
        raise Stale(
            f"{locked.changed_by.name} changed this reply since you opened this page. Nothing was changed."
        )
    locked.language, locked.name, locked.text = language, name, text
    locked.changed_by, locked.changed_at = by, at or timezone.now()
    locked.save(update_fields=["language", "name", "text", "changed_by", "changed_at"])
    return locked


@transaction.atomic
def retire_reply(reply: PreparedReply, *, by: User, at: datetime | None = None) -> PreparedReply:
    """It is not offered any more, and can be offered again."""
    return _offer(reply, by=by, retired_at=at or timezone.now())


@transaction.atomic
def offer_reply_again(reply: PreparedReply, *, by: User) -> PreparedReply:
    return _offer(reply, by=by, retired_at=None)


def _offer(reply: PreparedReply, *, by: User, retired_at: datetime | None) -> PreparedReply:
    locked = _lock(reply, by=by)
    if (locked.retired_at is None) == (retired_at is None):
        raise AlreadyThere("This has been done already; nothing was changed.")
    locked.retired_at = retired_at
    locked.save(update_fields=["retired_at"])
    return locked


def _lock(reply: PreparedReply, *, by: User) -> PreparedReply:
    locked = PreparedReply.objects.select_for_update().get(pk=reply.pk)
    if not may_change_reply(by, locked):
        raise NotAllowed("This reply is not yours to change.")
    return locked


def _checked(name: str, text: str) -> tuple[str, str]:
    name, text = clean_line(name), clean_text(text)
    if not name:
        raise Incomplete("Give the reply a name to choose it by.", field="name")
    if len(name) > NAME_CHARACTERS:
        raise Incomplete(f"The name is longer than {NAME_CHARACTERS} characters.", field="name")
    if not text:
        raise Incomplete("Write the words of the reply.", field="text")
    if len(text) > REPLY_CHARACTERS:
        raise Incomplete(f"The reply is longer than {REPLY_CHARACTERS:,} characters.", field="text")
    unknown = next((gap for gap in _GAP.findall(text) if gap not in PLACEHOLDERS), None)
    if unknown is not None:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise Incomplete(
            f"{{{unknown[:40]}}} is not something that can be filled in. What can be: {known}.", field="text"
        )
    return name, text
