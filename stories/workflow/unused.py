"""Pictures that nobody uses go after 30 days. What a use is, is listed here and nowhere else."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from stories.content import Content
from stories.models import Picture
from stories.models.written import PicturesShown, Written
from stories.workflow.varying import delete_files

KEPT_UNUSED = timedelta(days=30)
LOOKED_AT_EVERY = timedelta(days=1)

_NAMED = re.compile(r"/media/(pictures/[A-Za-z0-9_-]+\.[a-z]+)")


def uses(names: list[str]) -> tuple[QuerySet[Any, Any], ...]:
    """The names of pictures in the rows that use one of `names`: each kind of text, and the members' own pictures.

    Every model that inherits Written is among them by itself. A place of another kind is added here, and
    `tests/workflow/test_unused.py` finds a column that looks like one.
    """
    texts = [model for model in apps.get_models() if issubclass(model, Written)]
    return (
        *(_shown_in(model, names) for model in texts),
        User.objects.exclude(picture="").filter(picture__in=names).order_by().values_list("picture"),
    )


def _shown_in(model: type[Written], names: list[str]) -> QuerySet[Any, Any]:
    shown = PicturesShown("cover", "body")
    each = models.Func(shown, function="unnest", output_field=models.TextField())
    showing = model._default_manager.alias(shown=shown).filter(shown__overlap=names)
    return showing.order_by().annotate(picture_name=each).values_list("picture_name")


def in_use(names: list[str]) -> set[str]:
    """Those that somebody uses: one statement, so that a text that moves from one place to another is seen."""
    first, *others = uses(names)
    return {name for (name,) in first.union(*others, all=True)} & set(names)


def use_again(content: Content) -> None:
    """A text that is about to be saved uses these pictures. Before its transaction ends none of them is thrown away.

    Only a picture that was found unused is touched, so that a save seldom waits for another.
    """
    names = _NAMED.findall(f"{content.cover} {content.body}")
    if names:
        Picture.objects.filter(name__in=names, unused_since__isnull=False).update(unused_since=None)


def look_for_unused_pictures(*, at: datetime | None = None, at_most: int = 200) -> int:
    """Looks at each picture once a day, and notes since when nobody uses it; returns how many it looked at."""
    at = at or timezone.now()
    due = Picture.objects.filter(looked_at__lte=at - LOOKED_AT_EVERY).order_by("looked_at", "id")
    batch = dict(due.values_list("pk", "name")[:at_most])
    if not batch:
        return 0
    looked_at = Picture.objects.filter(pk__in=batch)
    used = in_use(list(batch.values()))
    found = [pk for pk, name in batch.items() if name not in used]
    looked_at.filter(pk__in=found, unused_since=None).update(unused_since=at)
    looked_at.exclude(pk__in=found).exclude(unused_since=None).update(unused_since=None)
    return looked_at.update(looked_at=at)


def throw_unused_pictures_away(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Deletes the pictures that nobody has used for 30 days, their files after their rows; returns how many."""
    at = at or timezone.now()
    over = Picture.objects.filter(unused_since__lte=at - KEPT_UNUSED).order_by("unused_since", "id")
    thrown = 0
    for pk in over.values_list("pk", flat=True)[:at_most]:
        with transaction.atomic():
            held = over.select_for_update(skip_locked=True).filter(pk=pk).first()
            if held is not None:
                thrown += _throw_away(held)
    return thrown


def _throw_away(held: Picture) -> bool:
    """Looked at once more while it is held: who uses it now has either saved already, or waits and finds it gone."""
    if in_use([held.name]):
        Picture.objects.filter(pk=held.pk).update(unused_since=None)
        return False
    names = {held.name, *held.variant_names}
    held.delete()
    transaction.on_commit(lambda: delete_files(names))
    return True


def throw_away_unused_of(owner: User) -> int:
    """Those of somebody who left, at once; returns how many."""
    return sum(
        _throw_away(held) for held in Picture.objects.select_for_update().filter(owner=owner).order_by("id")
    )
