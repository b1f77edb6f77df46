"""Makes drafts of files that members bring along, by the same verbs as the author's page."""

import time
from collections.abc import Container, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import User
from stories.documents import words
from stories.documents.read import Brought, read_file
from stories.models import Picture, Story
from stories.pictures.errors import PictureError
from stories.prose.addresses import safe_picture
from stories.prose.clean import clean
from stories.prose.documents import Document
from stories.prose.links import pictures_in
from stories.workflow.drafting import begin_story, save_draft
from stories.workflow.picturing import keep_picture

_NO_TIME = "There was no time left for {} of its pictures: put them in yourself."
_TOO_LARGE = "A picture is larger than 10 MB."


@dataclass(frozen=True)
class Imported:
    """`left_out` are whole sentences for the author; `pictures` is how many came in."""

    story: Story
    title: str
    pictures: int
    left_out: tuple[str, ...]


def import_file(
    filename: str,
    data: bytes,
    *,
    by: User,
    key: UUID,
    beside: Mapping[str, bytes] | None = None,
    topics: tuple[str, ...] = (),
    until: float = float("inf"),
) -> Imported:
    """A draft of a file. The same `key` again gives the same story, as it stands by then.

    `beside` are pictures that were sent along, by their names. Pictures are read until the monotonic clock shows
    `until`; those that are left are named. Raises ProseError for a file that cannot be taken and MoveRefused for a
    draft that cannot be kept; then there is no draft. Pictures are kept before it: a draft shows none that is not.
    """
    brought = read_file(filename, data, beside=beside)
    pictures, missing = _with_named(brought, beside or {}, by=by)
    kept, left_out = _keep_pictures(pictures, by=by, until=until)
    body = _with_pictures(brought.document.body, {*pictures, *missing}, kept)
    story = _begin(brought.document, body, by=by, key=key, topics=topics)
    not_sent = words.left_out({}, [address.rpartition("/")[2] for address in missing])
    return Imported(story, brought.document.title, len(kept), (*brought.left_out, *not_sent, *left_out))


def _with_named(
    brought: Brought, beside: Mapping[str, bytes], *, by: User
) -> tuple[dict[str, bytes], list[str]]:
    """The pictures to be kept, with those that the text calls ours and that only came along, and those it lacks.

    A text that was taken away from here names its pictures as they were kept: its author has them, or sends them.
    """
    pictures = dict(brought.pictures)
    named = [address for address in pictures_in(brought.document.body) if address not in pictures]
    names = [address.removeprefix("/media/") for address in named]
    own = (
        set(Picture.objects.filter(owner=by, name__in=names).values_list("name", flat=True))
        if names
        else set()
    )
    sent = {name.lower(): data for name, data in beside.items()}
    missing = []
    for address, name in zip(named, names, strict=True):
        data = sent.get(name.rpartition("/")[2].lower())
        if name in own:
            continue
        if data is None:
            missing.append(address)
        else:
            pictures[address] = data
    return pictures, missing


def _keep_pictures(
    pictures: Mapping[str, bytes], *, by: User, until: float
) -> tuple[dict[str, str], list[str]]:
    """The addresses of those that are kept, by those that stood for them, and what is to be said of the others."""
    kept: dict[str, str] = {}
    said: list[str] = []
    late = 0
    for number, (address, data) in enumerate(pictures.items(), 1):
        if time.monotonic() > until:
            late += 1
        elif not data:
            said.append(f"Picture {number} was left out. {_TOO_LARGE}")
        else:
            try:
                kept[address] = keep_picture(data, by=by).address
            except PictureError as error:
                said.append(f"Picture {number} was left out. {error.reason}")
    if late:
        said.append(_NO_TIME.format(late))
    return kept, said


def _with_pictures(body: str, pictures: Container[str], kept: Mapping[str, str]) -> str:
    """The body with the pictures' own addresses; one that could not be kept goes, and its caption stays."""
    return clean(
        body, find_picture=lambda address: kept.get(address) if address in pictures else safe_picture(address)
    )


@transaction.atomic
def _begin(document: Document, body: str, *, by: User, key: UUID, topics: tuple[str, ...]) -> Story:
    story = begin_story(by=by, key=key, language=document.language or "en")
    if story.draft.version == 0:
        content = story.draft.content.changed(
            title=document.title,
            summary=document.summary,
            body=body,
            topics=topics,
        )
        story.draft = save_draft(story, content, by=by, version=0).draft
    return story
