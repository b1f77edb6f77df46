"""What closing an account does to the account itself: a day is set, taken back, or everything personal goes."""

import logging
import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from accounts.models import CLOSED_HOST, FORMER_MEMBER, User
from accounts.roles import CHIEF_EDITORS

security_log = logging.getLogger("mystory.security")


def is_last_chief_editor(member: User) -> bool:
    """Somebody has to answer for the site."""
    if not member.groups.filter(name=CHIEF_EDITORS).exists():
        return False
    others = User.objects.filter(groups__name=CHIEF_EDITORS, is_active=True, closes_at=None)
    return not others.exclude(pk=member.pk).exists()


def set_day(member: User, closes_at: datetime | None) -> None:
    """When the account closes, or that it stays."""
    member.closes_at = closes_at
    member.save(update_fields=["closes_at"])
    security_log.info("account closes: user=%s at=%s", member.pk, closes_at)


def empty(member: User, *, keeps_name: bool, at: datetime) -> None:
    """Closes it for good: nothing of it says who this was, save the name if it is to stay on the stories.

    The user name stays held, so that nobody can pose as who was here before.
    """
    keys = UserSession.objects.filter(user=member).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    for belongings in (UserSession, EmailAddress, Authenticator):
        belongings.objects.filter(user=member).delete()
    member.groups.clear()
    member.user_permissions.clear()
    looked_after = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User))
    looked_after.filter(object_id=str(member.pk)).update(object_repr=FORMER_MEMBER)
    token = secrets.token_hex(8)
    if not keeps_name:
        member.held_names.update(user=None)
        member.username, member.display_name, member.is_nameless = f"closed-{token}", FORMER_MEMBER, True
    member.email = f"closed-{token}@{CLOSED_HOST}"
    member.set_unusable_password()
    member.bio, member.picture, member.links, member.languages = "", "", [], []
    member.is_active = member.is_staff = member.is_superuser = False
    member.last_login = member.closes_at = None
    member.closed_at = at
    member.save()
    security_log.info("account closed: user=%s", member.pk)
