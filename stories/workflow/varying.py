"""Makes the smaller files of pictures, behind everything else: one at a time, tried again, and given up in the end.

The row of a picture says whether its turn has come, so nothing is lost with a worker that is killed.
"""

import logging
import time
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from stories.confined.places import NoPlaceError, place
from stories.models import Picture
from stories.pictures.variants import RECIPE, Variants, VariantsError, make_variants
from stories.workflow.calling import call_worker, hearing_stop
from stories.workflow.freezing import renew_soon

# The pictures of one author take their turns at this distance, so that nobody who sends hundreds keeps the others
# waiting, or the machine busy.
APART = timedelta(seconds=10)
TRIES = 3
LEASE = timedelta(minutes=10)  # of a picture that a worker has in hand
PAUSE = timedelta(minutes=5)
SHARE_SECONDS = 30  # of a task: mails and others' work stand behind it

log = logging.getLogger(__name__)


def turn_of(owner: User, *, at: datetime) -> datetime:
    """When the next picture of `owner` has its turn."""
    return at + APART * Picture.objects.filter(owner=owner, variants_due_at__isnull=False).count()


def order_variants(*, at: datetime | None = None) -> int:
    """Calls a worker when a picture's turn has come, and none was called yet. Run by the clock."""
    if not _due(at or timezone.now()).exists():
        return 0
    return int(call_worker(make_due_variants))


@task()
def make_due_variants() -> int:
    """Makes those of the pictures whose turn has come; returns of how many. On a machine one at a time."""
    made = 0
    until = time.monotonic() + SHARE_SECONDS
    try:
        with place(places=1, wait_seconds=0, room="variants"), hearing_stop() as is_stopping:
            while time.monotonic() < until and not is_stopping():
                if (picture := _take(timezone.now())) is None:
                    break
                made += _make(picture)
    except NoPlaceError:
        log.info("Another worker of this machine makes variants already.")
    return made


def _due(at: datetime):
    return Picture.objects.filter(variants_due_at__lte=at)


@transaction.atomic
def _take(at: datetime) -> Picture | None:
    """The try is counted before it is made: a picture that ends its worker ends three of them at most."""
    held = _due(at).select_for_update(skip_locked=True)
    picture = held.order_by("variants_due_at", "id").first()
    if picture is not None:
        picture.variants_tries += 1
        picture.variants_due_at = at + LEASE if picture.variants_tries <= TRIES else None
        picture.save(update_fields=["variants_tries", "variants_due_at"])
        if picture.variants_due_at is None:
            log.warning("picture %s: no variants after %s tries, given up", picture.pk, TRIES)
    return picture


def _make(picture: Picture) -> bool:
    """Whether the picture has its variants now. What goes wrong is logged, and readers get the stored file."""
    if picture.variants_due_at is None:
        return False
    try:
        with default_storage.open(picture.name) as file:
            variants = make_variants(file.read(), width=picture.width)
        _keep(picture, variants)
    except Exception as error:  # whatever a storage or a library throws, the others have their turns
        log.warning("picture %s: no variants, try %s: %s", picture.pk, picture.variants_tries, error)
        _put_back(picture, is_hopeless=isinstance(error, VariantsError | FileNotFoundError))
        return False
    return True


def _put_back(picture: Picture, *, is_hopeless: bool) -> None:
    """A storage may answer the next time; a picture that could not be read cannot be read then either, but once
    more it is tried, because a busy machine looks the same."""
    tries = 2 if is_hopeless else TRIES
    again = timezone.now() + PAUSE * picture.variants_tries if picture.variants_tries < tries else None
    Picture.objects.filter(pk=picture.pk).update(variants_due_at=again)


def _keep(picture: Picture, variants: Variants) -> None:
    """Files first: a row that names a missing file would be a broken picture, and a file that no row names is not
    found. What a killed worker left is written over."""
    names = []
    for variant in variants.files:
        name = picture.variant_name(width=variant.width, kind=variant.kind, recipe=RECIPE)
        names.append(name)
        _write(name, variant.data)
    with transaction.atomic():
        held = Picture.objects.select_for_update(no_key=True).filter(pk=picture.pk).first()
        superseded = set(names) if held is None else set(held.variant_names) - set(names)
        transaction.on_commit(lambda: delete_files(superseded))
        if held is None:
            return
        held.recipe, held.widths, held.kinds = RECIPE, list(variants.widths), list(variants.kinds)
        held.variants_due_at, held.variants_tries = None, 0
        held.save(update_fields=["recipe", "widths", "kinds", "variants_due_at", "variants_tries"])
        renew_soon(held.sha256)


def _write(name: str, data: bytes) -> None:
    default_storage.delete(name)
    written = default_storage.save(name, ContentFile(data))
    if written != name:
        default_storage.delete(written)
        raise OSError(f"the storage would not keep {name} under this name")


def delete_files(names: set[str]) -> None:
    """Of rows that are gone or name others now. What cannot be deleted is logged; no page and no address shows it."""
    for name in names:
        try:
            default_storage.delete(name)
        except Exception as error:
            log.warning("file %s could not be deleted: %s", name, error)


def order_again(*, all_of_them: bool = False, at: datetime | None = None) -> int:
    """Gives a turn to each picture without variants of the recipe of now, also to those given up; to each one with
    `all_of_them`. Returns how many."""
    at = at or timezone.now()
    missing = Picture.objects.all() if all_of_them else Picture.objects.filter(~Q(recipe=RECIPE))
    return missing.update(variants_due_at=at, variants_tries=0)
