"""Who is an editor. The permissions of the two groups are given by the migrations of `stories`."""

import logging
from enum import StrEnum

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User

EDITORS = "Editors"
CHIEF_EDITORS = "Chief editors"


class Role(StrEnum):
    EDITOR = "editor"
    CHIEF_EDITOR = "chief-editor"
    NONE = "none"


GROUPS = {
    Role.EDITOR: {EDITORS},
    Role.CHIEF_EDITOR: {EDITORS, CHIEF_EDITORS},
    Role.NONE: set(),
}

security_log = logging.getLogger("mystory.security")


def appoint(member: User, *, role: Role, by: User | None = None) -> None:
    """Without `by` it is whoever runs the machine. What is allowed changes with the member's next request."""
    if by is not None and not _may_appoint(by):
        raise PermissionDenied
    with transaction.atomic():
        User.objects.select_for_update().get(pk=member.pk)
        for name in (EDITORS, CHIEF_EDITORS):
            group, _ = Group.objects.get_or_create(name=name)
            if name in GROUPS[role]:
                member.groups.add(group)
            else:
                member.groups.remove(group)
    security_log.info("appointed: user=%s role=%s by=%s", member.pk, role, by.pk if by else "command")


def role_of(member: User) -> Role:
    names = set(member.groups.filter(name__in=[EDITORS, CHIEF_EDITORS]).values_list("name", flat=True))
    if CHIEF_EDITORS in names:
        return Role.CHIEF_EDITOR
    return Role.EDITOR if EDITORS in names else Role.NONE


def chief_editors() -> list[User]:
    return list(User.objects.filter(is_active=True, groups__name=CHIEF_EDITORS).order_by("pk"))


def editors() -> QuerySet[User]:
    """Chief editors among them; without those who are leaving, who take nothing in hand any more."""
    staying = User.objects.filter(is_active=True, closes_at__isnull=True, closed_at__isnull=True)
    return staying.filter(groups__name=EDITORS).order_by("pk")


def _may_appoint(by: User) -> bool:
    return by.is_active and (by.is_superuser or role_of(by) == Role.CHIEF_EDITOR)
