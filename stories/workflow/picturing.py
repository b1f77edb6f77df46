"""Keeps the pictures that authors bring: the same file twice is stored once."""

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Picture
from stories.pictures.accept import AcceptedPicture, accept
from stories.pictures.limits import PORTRAIT
from stories.workflow.varying import turn_of


def keep_picture(data: bytes, *, by: User) -> Picture:
    """Decodes, cleans and stores an upload. Raises PictureError with a sentence for the author."""
    return keep_accepted(accept(data), by=by)


def keep_portrait(data: bytes, *, by: User) -> Picture:
    """The same for the picture beside a name, which is never shown large."""
    return keep_accepted(accept(data, limits=PORTRAIT), by=by)


def keep_accepted(accepted: AcceptedPicture, *, by: User) -> Picture:
    """Stores a picture that needs no cleaning any more.

    The file is written before its row, because a row without a file would be a broken picture, and goes
    again when the row is refused or was there already.
    """
    same = Picture.objects.filter(owner=by, sha256=accepted.sha256)
    # Also waits for one that is just thrown away, and does not take it for one that is there.
    if same.update(unused_since=None, looked_at=timezone.now()):
        return same.get()
    now = timezone.now()
    name = f"pictures/{secrets.token_urlsafe(16)}.{accepted.extension}"
    default_storage.save(name, ContentFile(accepted.data))
    try:
        with transaction.atomic():
            picture, is_new = Picture.objects.get_or_create(
                owner=by,
                sha256=accepted.sha256,
                defaults={
                    "name": name,
                    "mime": accepted.mime,
                    "width": accepted.width,
                    "height": accepted.height,
                    "size": len(accepted.data),
                    "colour": accepted.colour,
                    "created_at": now,
                    "variants_due_at": turn_of(by, at=now),
                },
            )
    except BaseException:
        default_storage.delete(name)
        raise
    if not is_new:
        default_storage.delete(name)
    return picture
