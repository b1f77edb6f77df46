"""How a member comes to be, other than through the sign-up page."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User

NEWCOMER_AGE = timedelta(days=1)


def stamp_agreement(member: User) -> None:
    """Keeps which terms somebody agreed to, and when; saves nothing."""
    now = timezone.now()
    member.terms_version = settings.TERMS_VERSION
    member.terms_agreed_at = now
    member.age_confirmed_at = now


def forget_newcomer(member: User) -> bool:
    """Undoes a sign-up that was never confirmed, and frees its user name; leaves everybody else alone."""
    with transaction.atomic():
        newcomer = _newcomers().select_for_update(of=("self",)).filter(pk=member.pk).first()
        if newcomer is None:
            return False
        newcomer.held_names.all().delete()
        newcomer.delete()
    return True


def forget_old_newcomers() -> int:
    """Those who never confirmed their address within a day: nobody squats a name by signing up only."""
    old = _newcomers().filter(date_joined__lt=timezone.now() - NEWCOMER_AGE)
    return sum(forget_newcomer(newcomer) for newcomer in old)


def _newcomers() -> QuerySet[User]:
    """Came through the sign-up page, which leaves an address that waits for its code; not by a command."""
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    waiting, confirmed = Exists(addresses.filter(verified=False)), Exists(addresses.filter(verified=True))
    return User.objects.filter(waiting, ~confirmed, last_login=None, is_staff=False)


@transaction.atomic
def add_member(*, username: str, email: str, password: str | None = None, **columns: Any) -> User:
    """A member whose e-mail address counts as confirmed, so that they can sign in at once."""
    member = User(username=username.lower(), email=email.lower(), **columns)
    member.set_password(password)
    stamp_agreement(member)
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member
