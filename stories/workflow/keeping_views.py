"""Views of the queue under a name: kept, renamed, shared with all editors, deleted."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from stories.models import SavedView
from stories.models.saved_view import MOST, NAME_CHARACTERS, QUERY_CHARACTERS
from stories.permissions import is_editor, may_change_view, may_share_views
from stories.prose.plain import clean_line
from stories.status import AlreadyThere, Incomplete, NoRoom, NotAllowed

_LOCK = 4_400_044  # any number that nobody else locks


@transaction.atomic
def keep_view(
    *, by: User, query: str, name: str, is_shared: bool = False, at: datetime | None = None
) -> SavedView:
    """`query` is what narrows the queue, as its address says it; for oneself, or for all editors.

    Raises AlreadyThere for what is kept already, NoRoom when all places are taken.
    """
    if not is_editor(by) or (is_shared and not may_share_views(by)):
        raise NotAllowed("Only chief editors keep views for everybody.")
    if not query or len(query) > QUERY_CHARACTERS:
        raise Incomplete("Narrow the queue first, then keep what you see.", field="name")
    name = _checked(name)
    _one_after_another()
    owner = None if is_shared else by
    place = _free_place(owner, query, name)
    return SavedView.objects.create(
        owner=owner, name=name, query=query, place=place, changed_by=by, changed_at=at or timezone.now()
    )


@transaction.atomic
def rename_view(view: SavedView, *, by: User, name: str, at: datetime | None = None) -> SavedView:
    name = _checked(name)
    locked = _lock(view, by=by)
    if locked.name == name:
        raise AlreadyThere("It has this name already; nothing was changed.")
    _refuse_name(locked.owner, name, but=locked.pk)
    locked.name = name
    locked.changed_by, locked.changed_at = by, at or timezone.now()
    locked.save(update_fields=["name", "changed_by", "changed_at"])
    return locked


@transaction.atomic
def share_view(view: SavedView, *, by: User, at: datetime | None = None) -> SavedView:
    """From now on it is everybody's, and whoever answers for shared ones may change it."""
    if not may_share_views(by):
        raise NotAllowed("Only chief editors keep views for everybody.")
    locked = _lock(view, by=by)
    if locked.owner_id is None:
        raise AlreadyThere("All editors see this view already.")
    locked.place = _free_place(None, locked.query, locked.name)
    locked.owner = None
    locked.changed_by, locked.changed_at = by, at or timezone.now()
    locked.save(update_fields=["owner", "place", "changed_by", "changed_at"])
    return locked


@transaction.atomic
def delete_view(view: SavedView, *, by: User) -> None:
    _lock(view, by=by).delete()


def _lock(view: SavedView, *, by: User) -> SavedView:
    _one_after_another()
    locked = SavedView.objects.filter(pk=view.pk).first()
    if locked is None:
        raise AlreadyThere("This view was deleted in the meantime. Nothing was changed.")
    if not may_change_view(by, locked):
        raise NotAllowed("This view is not yours to change.")
    return locked


def _one_after_another() -> None:
    """So that two that are kept at once do not find the same place free."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _free_place(owner: User | None, query: str, name: str) -> int:
    _refuse_name(owner, name)
    there = list(SavedView.objects.filter(owner=owner))
    same = next((view for view in there if view.query == query), None)
    if same is not None:
        raise AlreadyThere(f"This view is kept already, as “{same.name}”.")
    free = sorted(set(range(1, MOST + 1)) - {view.place for view in there})
    if not free:
        whose = "All editors together have" if owner is None else "You have"
        raise NoRoom(
            f"{whose} {MOST} views, which is as many as fit. Delete one that is not needed any more."
        )
    return free[0]


def _refuse_name(owner: User | None, name: str, *, but: int = 0) -> None:
    if SavedView.objects.filter(owner=owner, name__iexact=name).exclude(pk=but).exists():
        raise Incomplete("There is a view of this name already. Choose another name.", field="name")


def _checked(name: str) -> str:
    name = clean_line(name)
    if not name:
        raise Incomplete("Give the view a name.", field="name")
    if len(name) > NAME_CHARACTERS:
        raise Incomplete(f"The name is longer than {NAME_CHARACTERS} characters.", field="name")
    return name
