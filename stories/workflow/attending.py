"""What an editor's open page says of itself: that it is there, and what is typed on it and not sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from stories.models import Presence, Submission, UnsentDecision
from stories.models.presence import GONE_AFTER
from stories.permissions import may_review
from stories.status import NotAllowed

KEPT = timedelta(days=30)


def attend(submission: Submission, *, by: User, at: datetime | None = None) -> None:
    """One statement, however often the page says it."""
    if not may_review(by, submission):
        raise NotAllowed("Nobody reads their own story as its editor.")
    Presence.objects.bulk_create(
        [Presence(submission=submission, editor=by, seen_at=at or timezone.now())],
        update_conflicts=True,
        unique_fields=["submission", "editor"],
        update_fields=["seen_at"],
    )


def go_away(submission: Submission, *, by: User) -> None:
    Presence.objects.filter(submission=submission, editor=by).delete()


def keep_unsent(
    submission: Submission, fields: Mapping[str, object], *, by: User, at: datetime | None = None
) -> None:
    """Instead of what was kept before. Needs no claim: words typed under one that is over are kept as well."""
    if not may_review(by, submission):
        raise NotAllowed("Nobody reads their own story as its editor.")
    if not fields:
        forget_unsent(submission, by=by)
        return
    UnsentDecision.objects.bulk_create(
        [
            UnsentDecision(
                submission=submission, editor=by, fields=dict(fields), saved_at=at or timezone.now()
            )
        ],
        update_conflicts=True,
        unique_fields=["editor", "submission"],
        update_fields=["fields", "saved_at"],
    )


def forget_unsent(submission: Submission, *, by: User) -> None:
    UnsentDecision.objects.filter(submission=submission, editor=by).delete()


def throw_unsent_away(*, at: datetime | None = None) -> int:
    """What nobody sent or touched for 30 days, and who went without a word. Run by the clock."""
    at = at or timezone.now()
    Presence.objects.filter(seen_at__lte=at - GONE_AFTER).delete()
    thrown, _ = UnsentDecision.objects.filter(saved_at__lte=at - KEPT).delete()
    return thrown
