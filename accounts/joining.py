"""How a member comes to be, other than through the sign-up page."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User


def stamp_agreement(member: User) -> None:
    """Keeps which terms somebody agreed to, and when; saves nothing."""
    now = timezone.now()
    member.terms_version = settings.TERMS_VERSION
    member.terms_agreed_at = now
    member.age_confirmed_at = now


@transaction.atomic
def add_member(*, username: str, email: str, password: str | None = None, **columns: Any) -> User:
    """A member whose e-mail address counts as confirmed, so that they can sign in at once."""
    member = User(username=username.lower(), email=email.lower(), **columns)
    member.set_password(password)
    stamp_agreement(member)
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member
