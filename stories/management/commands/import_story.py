"""Makes a draft of a file, and hands it in if asked to."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import F

from accounts.models import User
from stories.documents.limits import MAX_BYTES
from stories.models import Topic
from stories.prose.errors import ProseError
from stories.status import MoveRefused
from stories.workflow.importing import Imported, import_file
from stories.workflow.submitting import submit


class Command(BaseCommand):
    help = "Makes a draft of a file of Word, LibreOffice, Markdown, HTML or plain text."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .docx, .odt, .md, .html or .txt file")
        parser.add_argument("--author", required=True, metavar="USERNAME")
        parser.add_argument("--topic", metavar="SLUG", help="the topic it is put under")
        parser.add_argument("--submit", action="store_true", help="hand it to the editors at once")

    def handle(self, *args: Any, **options: Any) -> None:
        author = _author(options["author"])
        topic = self._topic(options["topic"], is_needed=options["submit"])
        data = _read(options["file"])
        try:
            made = import_story(options["file"].name, data, by=author, topic=topic, hand_in=options["submit"])
        except (ProseError, MoveRefused) as refusal:
            raise CommandError(f"{options['file']} was not imported: {refusal.message}") from None
        done = "is with the editors" if options["submit"] else "is a draft"
        self.stdout.write(f"“{made.title}” {done}: /writing/{made.story.pk}/")
        for sentence in made.left_out:
            self.stdout.write(f"Left out: {sentence}")

    def _topic(self, slug: str | None, *, is_needed: bool) -> Topic | None:
        offered = Topic.objects.filter(is_open=True)
        if slug:
            topic = offered.filter(slug=slug).first()
            if topic is None:
                known = ", ".join(offered.values_list("slug", flat=True)) or "none yet"
                raise CommandError(f"There is no topic {slug!r}. Topics offered: {known}.")
            return topic
        if not is_needed:
            return None
        topic = offered.order_by(F("position"), "name").first()
        if topic is None:
            raise CommandError("A submitted story stands under a topic, and the site has none yet.")
        self.stdout.write(f"No topic was named; it is put under {topic.slug!r}.")
        return topic


@transaction.atomic
def import_story(filename: str, data: bytes, *, by: User, topic: Topic | None, hand_in: bool) -> Imported:
    """Through the same verbs as the author's page; when one refuses, nothing is left behind."""
    made = import_file(filename, data, by=by, key=uuid4(), topics=(topic.slug,) if topic else ())
    if hand_in:
        submit(made.story, by=by)
    return made


def _author(username: str) -> User:
    author = User.objects.filter(username=username.lower(), is_active=True).first()
    if author is None:
        raise CommandError(f"There is no active member with the user name {username!r}.")
    return author


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(
                f"{path} is larger than {MAX_BYTES // 1_000_000} MB; a story is not that long."
            )
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
