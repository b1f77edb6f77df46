"""Writes reasons in versions, and says which of them editors are offered."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Reason, ReasonVersion
from stories.permissions import may_edit_reasons
from stories.prose.plain import clean_line, clean_text
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale


@transaction.atomic
def write_reason_version(
    reason: Reason,
    *,
    by: User,
    language: str,
    label: str,
    text: str,
    remedy: str,
    up_to: int | None = None,
    at: datetime | None = None,
) -> ReasonVersion:
    """The next version in `language`. Statements keep the words they were made with.

    Raises Stale when another one was written after `up_to`, the last version that `by` had seen.
    """
    _check(by)
    label, text, remedy = clean_line(label), clean_text(text), clean_text(remedy)
    if not label:
        raise Incomplete("Give the reason a short label.", field="label")
    if not text:
        raise Incomplete("Write what the author is told.", field="text")
    if not remedy:
        raise Incomplete("Write what the author can do about it.", field="remedy")
    locked = Reason.objects.select_for_update().get(pk=reason.pk)
    last = locked.versions.filter(language=language).order_by("-number").first()
    if last is not None and (last.label, last.text, last.remedy) == (label, text, remedy):
        raise AlreadyThere("These words are the newest version already; nothing was changed.")
    if last is not None and up_to is not None and last.pk > up_to:
        raise Stale("Newer words were written since you opened this page. Nothing was changed.")
    return ReasonVersion.objects.create(
        reason=locked,
        language=language,
        number=last.number + 1 if last else 1,
        label=label,
        text=text,
        remedy=remedy,
        made_by=by,
        made_at=at or timezone.now(),
    )


@transaction.atomic
def begin_reason(
    *,
    by: User,
    code: str,
    family: str,
    language: str,
    label: str,
    text: str,
    remedy: str,
    at: datetime | None = None,
) -> ReasonVersion:
    """A new reason with its first words: in English, which every other language falls back to."""
    _check(by)
    if language != "en":
        raise Incomplete(
            "Begin a reason in English: it is what authors read where a language has no words of its own.",
            field="language",
        )
    if Reason.objects.filter(code=code).exists():
        raise Incomplete("Another reason has this code.", field="code")
    last = Reason.objects.order_by("position").last()
    reason = Reason.objects.create(
        code=code, family=family, label=clean_line(label), position=last.position + 1 if last else 0
    )
    return write_reason_version(
        reason, by=by, language=language, label=label, text=text, remedy=remedy, at=at
    )


@transaction.atomic
def offer_reason(reason: Reason, *, by: User, label: str, is_open: bool) -> Reason:
    """What editors choose it by, and whether they may. Its family stays: the yearly figures count by it."""
    _check(by)
    label = clean_line(label)
    if not label:
        raise Incomplete("Give the reason a short label.", field="label")
    locked = Reason.objects.select_for_update().get(pk=reason.pk)
    locked.label, locked.is_open = label, is_open
    locked.save(update_fields=["label", "is_open"])
    return locked


def _check(by: User) -> None:
    if not may_edit_reasons(by):
        raise NotAllowed("Only chief editors write reasons.")
