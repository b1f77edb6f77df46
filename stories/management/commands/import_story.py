"""Makes a draft of a plain-text, Markdown or HTML file, and hands it in if asked to."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import F

from accounts.models import User
from stories.models import Story, Topic
from stories.prose.documents import read_document
from stories.prose.errors import ProseError
from stories.status import MoveRefused
from stories.workflow.drafting import begin_story, save_draft
from stories.workflow.submitting import submit

LARGEST = 2_000_000  # bytes


class Command(BaseCommand):
    help = "Makes a draft of a plain-text, Markdown or HTML file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .txt, .md or .html file")
        parser.add_argument("--author", required=True, metavar="USERNAME")
        parser.add_argument("--topic", metavar="SLUG", help="the topic it is put under")
        parser.add_argument("--submit", action="store_true", help="hand it to the editors at once")

    def handle(self, *args: Any, **options: Any) -> None:
        author = _author(options["author"])
        topic = self._topic(options["topic"], is_needed=options["submit"])
        text = decode(_read(options["file"]))
        try:
            story = import_story(
                options["file"].name, text, by=author, topic=topic, hand_in=options["submit"]
            )
        except (ProseError, MoveRefused) as refusal:
            raise CommandError(f"{options['file']} was not imported: {refusal.message}") from None
        done = "is with the editors" if options["submit"] else "is a draft"
        self.stdout.write(f"“{story.draft.title}” {done}: /writing/{story.pk}/")

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
def import_story(filename: str, text: str, *, by: User, topic: Topic | None, hand_in: bool) -> Story:
    """Through the same verbs as the author's page; when one refuses, nothing is left behind."""
    document = read_document(filename, text)
    story = begin_story(by=by, key=uuid4(), language=document.language or "en")
    content = story.draft.content.changed(
        title=document.title,
        summary=document.summary,
        body=document.body,
        topics=(topic.slug,) if topic else (),
    )
    story.draft = save_draft(story, content, by=by, version=story.draft.version).draft
    if hand_in:
        submit(story, by=by)
    return story


def decode(data: bytes) -> str:
    """By its byte order mark, else UTF-8, else what Windows wrote before UTF-8; any bytes give some text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _author(username: str) -> User:
    author = User.objects.filter(username=username.lower(), is_active=True).first()
    if author is None:
        raise CommandError(f"There is no active member with the user name {username!r}.")
    return author


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(f"{path} is larger than {LARGEST // 1_000_000} MB; a story is not that long.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
