"""`manage.py fill_demo`: people, topics and stories in every state, for trying the site out."""

import shutil
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from stories.demo.filling import NotEmpty, fill


class Command(BaseCommand):
    help = "Fills an empty demo site with people and stories."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="throw away everything on the site first")

    def handle(self, *args: Any, reset: bool = False, verbosity: int = 1, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This site is not a demo, so it was left as it is. "
                "Set MYSTORY_DEMO=1 where everybody may know the passwords and everything may be thrown away."
            )
        if reset:
            throw_away()
        self.shows_progress = verbosity > 0 and self.stdout.isatty()
        try:
            count = fill(var=settings.VAR_DIR, said=self.say)
        except NotEmpty:
            raise CommandError(
                "Somebody uses this site already, so nothing was changed. "
                "To throw all of it away and begin anew, run this with --reset."
            ) from None
        if verbosity:
            self.say("")
            self.stdout.write(f"The demo has {count} stories now. Everybody's password is mystory-demo.")

    def say(self, what: str) -> None:
        """One line, written over and over, and only where somebody sees it."""
        if self.shows_progress:
            self.stdout.write(f"\r\x1b[K{what}", ending="")
            self.stdout.flush()


def throw_away() -> None:
    """The record cannot be deleted, not even here: the tables go with it, and are made anew."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    for connection in connections.all():
        connection.close()
    for folder in ("media", "mail"):
        shutil.rmtree(settings.VAR_DIR / folder, ignore_errors=True)
    call_command("migrate", verbosity=0)
