"""The demo's people and stories: filled in once, thrown away on request, their accounts told on the terminal."""

import shutil
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import get_commands
from django.db import connections

from mystory.database import embedded
from mystory.database.embedded import SERVED
from mystory.run.children import Child, beside
from mystory.run.progress import say, step
from mystory.run.site import MANAGE

PASSWORD = "mystory-demo"  # noqa: S105  told to everybody, and good on this machine only
PEOPLE = ("author", "other-author", "editor", "other-editor", "chief-editor", "reader")
FILLING = "demo-filling"  # there while the demo is being filled, and after a filling that was killed


def fill_if_empty(var: Path) -> None:
    wanted = settings.DEMO and settings.DEMO_STORIES and "fill_demo" in get_commands()
    if not wanted or get_user_model().objects.exists():
        return
    with step("Filling the demo with stories"):
        (var / FILLING).touch()
        # In a process of its own, since Ctrl-C would reach whatever it starts before it reaches us.
        with beside(Child("Filling the demo", [*MANAGE, "fill_demo", "--verbosity", "0"], {SERVED: "1"})):
            pass
        (var / FILLING).unlink()


def was_interrupted(var: Path) -> bool:
    return settings.EMBEDDED and (var / FILLING).exists()


def throw_away(var: Path) -> None:
    connections.close_all()  # our own look at the database would pass for a site that is running
    embedded.empty(var)
    for folder in ("media", "mail"):
        shutil.rmtree(var / folder, ignore_errors=True)
    (var / FILLING).unlink(missing_ok=True)


def print_welcome() -> None:
    say(f"\nMyStory is at {settings.SITE_URL}/")
    if settings.DEMO:
        say(f"Its mails are at {settings.SITE_URL}/demo/mail/")
        say(f"\nSign in as one of these, each with the password {PASSWORD}")
        for person in PEOPLE:
            say(f"  {person}@demo.example")
    say("\nCtrl-C stops it.")
