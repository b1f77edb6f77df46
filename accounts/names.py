"""Which user names may be taken, and the verb that changes one."""

import logging
import re
import unicodedata

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import USERNAME_PATTERN, User, UsernameHold
from accounts.skeletons import skeleton

# Held at once by one member, the present one included: nobody collects the good names by renaming.
NAMES_A_MEMBER = 5

# The words of the site's own addresses and people. Whoever looks like one of these is refused as well.
RESERVED = """
about abuse account accounts admin administrator admins all anonymous api app appeal appeals archive
author authors billing chief-editor chief-editors contact copyright daemon demo deleted deleted-user
desk dev disclaimer disclaimers download editor editor-in-chief editors everybody everyone faq favicon
feed feeds guest guests healthz help home hostmaster info legal latest log login logout mail
mailer-daemon me media member members moderation moderator moderators new news newsletter nobody
noreply no-reply notice notices null official owner payments personal policy postmaster press preview
privacy profile publisher queue reader readers register report reports robots root rss rules safety
search security self server settings sign-in sign-out sign-up signin signout signup site sitemap
staff static stories story submission submissions superuser support sysadmin system tag tags team
terms test topic topics undefined unknown user users verified webmaster well-known writing www you
"""

CONSTRAINTS = frozenset(
    {"accounts_user_username_key", "accounts_user_looks_like_no_other", "accounts_user_name_held"}
)

security_log = logging.getLogger("mystory.security")


def fold(name: str) -> str:
    """What is stored of a typed user name: lower case, and full-width letters as plain ones."""
    return unicodedata.normalize("NFKC", name).strip().lower()


def check(name: str, *, member: User | None = None) -> str:
    """Gives the folded name, or says in a ValidationError why this member may not take it."""
    name = fold(name)
    if not re.match(USERNAME_PATTERN, name):
        raise ValidationError(
            "A user name has 3 to 30 letters (a to z), digits, hyphens or underscores, "
            "and begins and ends with a letter or a digit.",
            code="shape",
        )
    if _is_reserved(name):
        raise ValidationError("This user name is kept for the site. Choose another one.", code="reserved")
    if not _is_free(name, member):
        raise taken()
    return name


def taken() -> ValidationError:
    return ValidationError(
        "This user name, or one that looks like it, is taken. Choose another one.", code="taken"
    )


def is_name_clash(error: IntegrityError) -> bool:
    """Whether the database refused a row because somebody else has, or had, a name like this."""
    diagnostics = getattr(error.__cause__, "diag", None)
    return getattr(diagnostics, "constraint_name", None) in CONSTRAINTS


def holder(name: str) -> User | None:
    """Who has, or had, this user name or one that looks like it: an old address can lead to the new one."""
    held = UsernameHold.objects.filter(skeleton=skeleton(name)).select_related("user").first()
    return held.user if held else None


def bearer(name: str) -> User | None:
    """Whose page an address with this user name means: who has it, else who had it or one that looks like it."""
    return User.objects.filter(username=name.lower()).first() or holder(name)


def rename(member: User, *, username: str, by: User) -> None:
    """The old name stays held for this member: no one else can take it, and they may go back to it."""
    if by.pk != member.pk and not by.has_perm("accounts.change_user"):
        raise PermissionDenied
    try:
        with transaction.atomic():
            locked = User.objects.select_for_update().get(pk=member.pk)
            username = check(username, member=locked)
            if username == locked.username:
                return
            _check_count(username, locked)
            before = locked.username
            locked.username = username
            locked.save(update_fields=["username"])
    except IntegrityError as error:
        if is_name_clash(error):
            raise taken() from error
        raise
    member.refresh_from_db(fields=["username", "skeleton"])
    security_log.info("user name changed: user=%s from=%s to=%s by=%s", member.pk, before, username, by.pk)


def _is_reserved(name: str) -> bool:
    shape = skeleton(name)
    houses = (skeleton(settings.SITE_NAME), skeleton(settings.PUBLISHER_NAME))
    return shape in RESERVED_SKELETONS or any(house and shape.startswith(house) for house in houses)


def _is_free(name: str, member: User | None) -> bool:
    others = UsernameHold.objects.filter(skeleton=skeleton(name))
    if member is not None:
        others = others.exclude(user=member)
    return not others.exists()


def _check_count(name: str, member: User) -> None:
    held = set(member.held_names.values_list("skeleton", flat=True))
    if skeleton(name) not in held and len(held) >= NAMES_A_MEMBER:
        raise ValidationError(
            f"You have had {NAMES_A_MEMBER} user names, which is as many as one member may hold. "
            "You can take one of your earlier names back.",
            code="too_many",
        )


RESERVED_SKELETONS = frozenset(skeleton(word) for word in RESERVED.split())
