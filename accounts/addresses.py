"""Which e-mail addresses are somebody's: only those that were confirmed count."""

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower

from accounts.models import User


def addresses_of(member: User) -> set[str]:
    """In small letters."""
    confirmed = EmailAddress.objects.filter(user=member, verified=True)
    return {address.lower() for address in confirmed.values_list("email", flat=True)}


def member_at(address: str) -> User | None:
    """Who reads what is sent there, if they have an account here. Nobody but they may learn of it."""
    confirmed = EmailAddress.objects.annotate(small=Lower("email")).filter(
        small=address.lower(), verified=True, user__is_active=True
    )
    found = confirmed.select_related("user").first()
    return found.user if found else None
