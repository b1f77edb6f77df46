"""What a member takes away: each story as Markdown and HTML with its pictures, and all that is kept of it as JSON.

One story is in memory at a time, and of a picture a piece: an archive of any size is written to disk as it grows.
"""

import json
import shutil
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from stories.models import Answer, Decision, Event, Note, Notice, Request, Story
from stories.models.written import Written
from stories.prose.languages import language_of
from stories.prose.links import pictures_in
from stories.prose.markdown import write_file
from stories.prose.safe import as_html
from stories.prose.slug import make_slug
from stories.redress import KEPT_FROM_AUTHORS

_TEXT = ("title", "summary", "language", "topics", "tags", "cover", "cover_alt", "disclosures", "body")
_STORY = (
    "id",
    "state",
    "slug",
    "created_at",
    "first_published_at",
    "published_at",
    "scheduled_for",
    "deleted_at",
)
_PIECE = 1 << 18


def pack(owner: User, file: IO[bytes]) -> None:
    """Writes the archive into `file`, which is left at its end."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        folders = [_pack_story(archive, story) for story in _stories(owner)]
        _pack_json(archive, "profile.json", _profile(owner))
        _pack_json(archive, "notices.json", list(_notices(owner)))
        if owner.picture:
            _pack_pictures(archive, "", [owner.picture])
        readme = render_to_string(
            "stories/archive/readme.txt",
            {"owner": owner, "folders": folders, "at": timezone.now(), "site_name": settings.SITE_NAME},
        )
        archive.writestr("README.txt", readme)


def _stories(owner: User) -> Iterator[Story]:
    """Those written with others as well, and those in one's own bin: they are still their author's."""
    written = Story.objects.written_by(owner).values("pk")
    mine = Story.objects.filter(Q(author=owner) | Q(pk__in=written), erased_at__isnull=True)
    return mine.select_related("draft", "published_revision").order_by("id").iterator(chunk_size=1)


def _pack_story(archive: zipfile.ZipFile, story: Story) -> str:
    folder = f"stories/{story.pk}-{make_slug(story.draft.title or 'untitled')[:60]}"
    names = set(_pack_text(archive, f"{folder}/story", story.draft))
    shown = story.published_revision
    if shown is not None and shown.content.changed(pictures=()) != story.draft.content:
        names |= set(_pack_text(archive, f"{folder}/published", shown))
    revisions = []
    for revision in story.revisions.order_by("number").iterator(chunk_size=5):
        revisions.append(
            {
                "number": revision.number,
                "frozen_at": revision.frozen_at,
                "sha256": revision.sha256,
                **_text(revision),
            }
        )
        names |= set(_pictures(revision))
    _pack_pictures(archive, f"{folder}/", sorted(names))
    saved = [
        {"saved_at": text.saved_at, "why": text.why, **_text(text)}
        for text in story.saved_texts.order_by("id").iterator(chunk_size=5)
    ]
    _pack_json(
        archive,
        f"{folder}/story.json",
        {
            **{name: getattr(story, name) for name in _STORY},
            "authors": [author.name for author in story.authors()],
            "draft": {"version": story.draft.version, "saved_at": story.draft.saved_at, **_text(story.draft)},
            "revisions": revisions,
            "saved_texts": saved,
            "submissions": list(_submissions(story)),
            "disclaimers": list(story.disclaimers.values("label", "text", "language", "given_at")),
            "corrections": list(story.corrections.order_by("id").values("text", "at")),
            "events": list(_events(story)),
        },
    )
    return folder


def _text(text: Written) -> dict[str, Any]:
    return {name: getattr(text, name) for name in _TEXT}


def _pack_text(archive: zipfile.ZipFile, path: str, text: Written) -> list[str]:
    """As Markdown that reads back as the same text, and as a page of its own. Returns the pictures it shows."""
    said = {"title": text.title, "summary": text.summary, "language": text.language}
    if text.tags:
        said["tags"] = ", ".join(text.tags)
    if text.cover:
        said |= {"cover": text.cover.removeprefix("/media/"), "cover_alt": text.cover_alt}
    archive.writestr(f"{path}.md", write_file(text.body, said))
    body = text.body.replace('src="/media/pictures/', 'src="pictures/')
    page = {
        "text": text,
        "cover": text.cover.removeprefix("/media/"),
        "direction": language_of(text.language).direction,
        "body": as_html(body),
    }
    archive.writestr(f"{path}.html", render_to_string("stories/archive/story.html", page))
    return _pictures(text)


def _pictures(text: Written) -> list[str]:
    addresses = ([text.cover] if text.cover else []) + list(pictures_in(text.body))
    return [address.removeprefix("/media/") for address in addresses]


def _pack_pictures(archive: zipfile.ZipFile, folder: str, names: list[str]) -> None:
    """One whose file is gone is left out: the rest is worth having."""
    for name in names:
        try:
            stored = default_storage.open(name)
        except (FileNotFoundError, ValueError):
            continue
        entry = zipfile.ZipInfo(f"{folder}{name}", date_time=timezone.localtime().timetuple()[:6])
        with stored, archive.open(entry, "w") as target:
            shutil.copyfileobj(stored, target, _PIECE)


def _pack_json(archive: zipfile.ZipFile, path: str, data: object) -> None:
    archive.writestr(path, json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))


def _submissions(story: Story) -> Iterator[dict[str, Any]]:
    for submission in story.submissions.order_by("id"):
        decisions = submission.decisions.select_related(
            "decided_by", "reason", "revision", "statement__ground__reason"
        ).order_by("id")
        yield {
            "state": submission.state,
            "round": submission.round,
            "opened_at": submission.opened_at,
            "ended_at": submission.ended_at,
            "decisions": [_decision(decision) for decision in decisions.defer("revision__body")],
            "notes": [
                _note(note) for note in submission.notes.all().shown().with_what_became().order_by("id")
            ],
        }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "kind": decision.kind,
        "round": decision.round,
        "revision": decision.revision.number,
        "sha256": decision.sha256,
        "decided_by": decision.decider,
        "decided_at": decision.decided_at,
        "reason": decision.reason.label if decision.reason else "",
        "statement": _statement(decision),
        "note": decision.note,
        "publish_at": decision.publish_at,
        "requests": [
            _request(request) for request in Request.objects.filter(decision=decision).order_by("position")
        ],
    }


def _statement(decision: Decision) -> dict[str, str]:
    """In the words that the author was given."""
    if not hasattr(decision, "statement"):
        return {}
    said = decision.statement
    return {
        "reason": decision.reason_given,
        "ground": said.family,
        "facts": said.facts,
        "scope": said.scope,
        "origin": said.origin,
        "remedy": said.ground.remedy,
        "redress": said.redress,
    }


def _note(note: Note) -> dict[str, Any]:
    """What an editor wrote beside the text and sent; never what editors keep among themselves."""
    return {
        **{name: getattr(note, name) for name in ("kind", "round", "quote", "replacement", "text", "at")},
        "by": note.by.name,
        "outcome": note.outcome,
        "messages": [{"by": said.by.name, "text": said.text, "at": said.at} for said in note.said],
    }


def _request(request: Request) -> dict[str, Any]:
    answers = Answer.objects.filter(request=request).order_by("id")
    return {"text": request.text, "answers": list(answers.values("kind", "text", "round", "at"))}


def _events(story: Story) -> Iterator[dict[str, Any]]:
    told = Event.objects.filter(story=story).exclude(action__in=KEPT_FROM_AUTHORS)
    for event in told.select_related("actor").order_by("id"):
        who = event.actor.name if event.actor else ""
        yield {"at": event.at, "action": event.action, "by": who, "note": event.note_to_authors}


def _notices(owner: User) -> Iterator[dict[str, Any]]:
    columns = ("created_at", "kind", "subject", "text", "link", "read_at")
    yield from Notice.objects.filter(recipient=owner).order_by("id").values(*columns)


def _profile(owner: User) -> dict[str, Any]:
    columns = (
        *("username", "email", "display_name", "bio", "links", "languages", "picture", "date_joined"),
        *("terms_version", "terms_agreed_at", "age_confirmed_at"),
    )
    return {name: getattr(owner, name) for name in columns}
