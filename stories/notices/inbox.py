"""What somebody was told, on the site: read it, and say that it was read."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from stories.models import Notice

INBOX_ORDER = ["-id"]


def inbox(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(recipient=user)


def unread_count(user: User) -> int:
    return inbox(user).unread().count()  # type: ignore[attr-defined]


def mark_read(notice: Notice, *, by: User, at: datetime | None = None) -> None:
    inbox(by).filter(pk=notice.pk, read_at__isnull=True).update(read_at=at or timezone.now())


def mark_all_read(*, up_to: int, by: User, at: datetime | None = None) -> int:
    """Those up to the newest that was on the page: what came since stays unread. Returns how many."""
    return inbox(by).filter(pk__lte=up_to, read_at__isnull=True).update(read_at=at or timezone.now())
