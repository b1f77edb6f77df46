"""Archives: asked for by a member, made by a worker, told by mail, and thrown away after a week.

The row says whether its turn has come, so nothing is lost with a worker that is killed.
"""

import logging
import secrets
import tempfile
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from stories.models import Archive
from stories.status import AlreadyThere, WrongState
from stories.workflow.calling import call_worker
from stories.workflow.packing import pack

KEPT = timedelta(days=7)
LEASE = timedelta(minutes=30)  # of an archive that a worker has in hand
TRIES = 3
MOST_A_DAY = 5

log = logging.getLogger(__name__)


@transaction.atomic
def ask_for_archive(*, by: User, at: datetime | None = None) -> Archive:
    at = at or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    mine = Archive.objects.filter(owner=by)
    if mine.filter(due_at__isnull=False).exists():
        raise AlreadyThere("Your archive is being made already. You are told by mail when it is ready.")
    if mine.filter(asked_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise WrongState(
            "You have asked for many archives today. Take the newest one, or come back tomorrow."
        )
    return Archive.objects.create(owner=by, asked_at=at, due_at=at)


def order_archives(*, at: datetime | None = None) -> int:
    """Calls a worker when an archive is due, and none was called yet. Run by the clock."""
    if not Archive.objects.due(at or timezone.now()).exists():
        return 0
    return int(call_worker(make_due_archives))


@task()
def make_due_archives() -> int:
    made = 0
    while (archive := _take(timezone.now())) is not None:
        _make(archive)
        made += 1
    return made


@transaction.atomic
def _take(at: datetime) -> Archive | None:
    """The try is counted before it is made: an archive that ends its worker ends three of them at most."""
    due = Archive.objects.due(at).select_for_update(skip_locked=True, of=("self",))
    archive = due.select_related("owner").order_by("due_at", "id").first()
    if archive is None:
        return None
    archive.tries += 1
    archive.due_at = at + LEASE if archive.tries <= TRIES else None
    archive.save(update_fields=["tries", "due_at"])
    if archive.due_at is None:
        log.error("archive %s: not made in %s tries, given up", archive.pk, TRIES)
        return _take(at)
    return archive


def _make(archive: Archive) -> None:
    """The file grows on disk, never in memory, and is in the storage before its row says so."""
    with tempfile.TemporaryFile() as packed:
        pack(archive.owner, packed)
        size = packed.tell()
        packed.seek(0)
        name = default_storage.save(f"archives/{secrets.token_urlsafe(24)}.zip", File(packed))
    at = timezone.now()
    held = Archive.objects.filter(pk=archive.pk, made_at__isnull=True)
    if not held.update(due_at=None, made_at=at, ends_at=at + KEPT, name=name, size=size):
        default_storage.delete(name)  # another worker was quicker, or its owner is gone
        return
    archive.refresh_from_db()
    _tell(archive)


def _tell(archive: Archive) -> None:
    """The page says it too: a mail that cannot be sent costs nobody their archive."""
    context = {
        "archive": archive,
        "address": f"{settings.SITE_URL}/writing/archive/",
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    try:
        archive.owner.email_user(
            f"Your archive of {settings.SITE_NAME} is ready",
            render_to_string("stories/archive/mail.txt", context),
        )
    except OSError as error:
        log.warning("archive %s: no mail was sent: %s", archive.pk, error)


def throw_old_archives_away(*, at: datetime | None = None, at_most: int = 20) -> int:
    """Deletes the files of those that are over; returns how many. Run by the clock."""
    at = at or timezone.now()
    over = Archive.objects.filter(ends_at__lte=at).exclude(name="").order_by("ends_at")[:at_most]
    for archive in over:
        default_storage.delete(archive.name)
        Archive.objects.filter(pk=archive.pk).update(name="", size=0)
    return len(over)
