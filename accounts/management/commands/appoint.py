"""manage.py appoint USERNAME editor|chief-editor|none: makes a member an editor, or no longer one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.names import fold
from accounts.roles import Role, appoint

WORDS = {
    Role.EDITOR: "an editor",
    Role.CHIEF_EDITOR: "a chief editor",
    Role.NONE: "neither editor nor chief editor",
}


class Command(BaseCommand):
    help = "Makes a member an editor or a chief editor, or takes that away (none)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=[role.value for role in Role])

    def handle(self, *args: Any, username: str, role: str, **options: Any) -> None:
        try:
            member = User.objects.get(username=fold(username))
        except User.DoesNotExist:
            raise CommandError(
                f"There is no member with the user name {username!r}. "
                "The user name is what stands in the address of the author's page."
            ) from None
        if not member.is_active and role != Role.NONE:
            raise CommandError(f"The account {member.username} is deactivated, so it cannot be appointed.")
        appoint(member, role=Role(role))
        self.stdout.write(f"{member.username} is now {WORDS[Role(role)]}.")
