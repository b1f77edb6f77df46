"""Freezes a draft into a numbered revision with its fingerprint, and makes what a page shows of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from stories.content import Content, content_sha256
from stories.models import Draft, Picture, Rendering, Revision, Story, Topic
from stories.models.written import TOPICS_A_STORY
from stories.prose import render as renderer
from stories.prose.disclosures import is_sponsored, read_disclosures
from stories.prose.links import pictures_in
from stories.prose.render import RENDERER_VERSION, Rendered
from stories.status import Incomplete


def freeze(draft: Draft, *, at: datetime) -> Revision:
    """The draft as the story's next revision; the last one again if not a word differs.

    Raises Incomplete, naming the field, for what an editor could not read or readers could not find.
    """
    return freeze_content(draft.story, draft.content, draft_version=draft.version, at=at)


def freeze_content(story: Story, content: Content, *, draft_version: int, at: datetime) -> Revision:
    """The same of a text that the draft may have left behind; `draft_version` is the one that it comes of."""
    pictures = held_pictures(content)
    content = content.changed(pictures=_fingerprints(content, pictures, owners=_writers(story)))
    rendered = _render(content, pictures)
    check_complete(content, words=rendered.words)
    sha256 = content_sha256(content)
    last = story.revisions.order_by("-number").first()
    if last is not None and last.sha256 == sha256:
        return last
    revision = Revision.objects.create(
        story=story,
        number=last.number + 1 if last else 1,
        draft_version=draft_version,
        sha256=sha256,
        frozen_at=at,
        title=content.title,
        summary=content.summary,
        body=content.body,
        language=content.language,
        topics=list(content.topics),
        tags=list(content.tags),
        cover=content.cover,
        cover_alt=content.cover_alt,
        pictures=list(content.pictures),
        disclosures=list(content.disclosures),
    )
    _keep_rendering(revision, rendered, pictures)
    return revision


def check_complete(content: Content, *, words: int) -> None:
    """Raises Incomplete for the first thing that a story cannot be submitted without."""
    if not content.title:
        raise Incomplete("Give the story a title.", field="title")
    if not words:
        raise Incomplete("The story has no words yet.", field="body")
    if not content.topics:
        raise Incomplete("Choose at least one topic, so that readers find the story.", field="topics")
    if len(content.topics) > TOPICS_A_STORY:
        raise Incomplete(f"Choose at most {TOPICS_A_STORY} topics.", field="topics")
    known = Topic.objects.filter(slug__in=content.topics).count()
    if known != len(set(content.topics)):
        raise Incomplete("One of the topics is not offered any more. Choose another one.", field="topics")
    if content.cover and not content.cover_alt:
        raise Incomplete("Say what the cover picture shows, for those who cannot see it.", field="cover_alt")
    for disclosure in read_disclosures(content.disclosures):
        if disclosure.lacks:
            raise Incomplete(disclosure.lacks, field=f"disclosed_{disclosure.kind.key}")


def shown_pictures(content: Content) -> dict[str, Picture]:
    """The pictures that the text shows, by address, as far as they are known."""
    names = [address.removeprefix("/media/") for address in _addresses(content)]
    return {picture.address: picture for picture in Picture.objects.filter(name__in=names)} if names else {}


def held_pictures(content: Content) -> dict[str, Picture]:
    """The same, kept as they are until the transaction ends: neither thrown away nor given other variants."""
    names = sorted(address.removeprefix("/media/") for address in _addresses(content))
    held = Picture.objects.select_for_update(no_key=True).filter(name__in=names).order_by("pk")
    return {picture.address: picture for picture in held} if names else {}


def _addresses(content: Content) -> tuple[str, ...]:
    """The addresses of cover and pictures, cover first, each once."""
    cover = (content.cover,) if content.cover else ()
    return tuple(dict.fromkeys((*cover, *pictures_in(content.body))))


def _writers(story: Story) -> set[int]:
    """Who may have uploaded a picture of the text: one who left leaves them to it."""
    return set(story.authorships.values_list("author", flat=True))


def _fingerprints(content: Content, pictures: dict[str, Picture], *, owners: set[int]) -> tuple[str, ...]:
    """The SHA-256 of each picture file shown; raises Incomplete for one that no author has uploaded."""
    addresses = _addresses(content)
    for address in addresses:
        if address not in pictures or pictures[address].owner_id not in owners:
            raise Incomplete(
                "One of the pictures is not among your uploads. Take it out, or upload it again.",
                field="cover" if address == content.cover else "body",
            )
    return tuple(dict.fromkeys(pictures[address].sha256 for address in addresses))


def _render(content: Content, pictures: dict[str, Picture]) -> Rendered:
    shown = {address: picture.shown for address, picture in pictures.items()}
    return renderer.render(
        content.body,
        language=content.language,
        pictures=shown,
        is_sponsored=is_sponsored(content.disclosures),
        has_cover=bool(content.cover),
    )


def make_rendering(revision: Revision) -> Rendering:
    """What pages show of the revision, made by the renderer of now."""
    pictures = shown_pictures(revision.content)
    return _keep_rendering(revision, _render(revision.content, pictures), pictures)


def _keep_rendering(revision: Revision, rendered: Rendered, pictures: dict[str, Picture]) -> Rendering:
    cover = pictures.get(revision.cover)
    rendering, _ = Rendering.objects.update_or_create(
        revision=revision,
        defaults={
            "renderer_version": RENDERER_VERSION,
            "html": rendered.html,
            "text": rendered.text,
            "contents": _rows((entry.level, entry.anchor, entry.text) for entry in rendered.contents),
            "links": _rows((link.href, link.host, link.text) for link in rendered.links),
            "words": rendered.words,
            "minutes": rendered.minutes,
            "excerpt": rendered.excerpt,
            "cover": cover.facts if cover else {},
        },
    )
    return rendering


def _rows(tuples: Iterable[tuple[object, ...]]) -> list[list[object]]:
    return [list(row) for row in tuples]


def renew_renderings(*, at_most: int = 100) -> int:
    """Makes anew what an older renderer made; returns how many. Safe to stop and to run twice.

    A rendering is held before its pictures are looked at, so that one whose variants become ready meanwhile is
    marked after it was made, and made once more.
    """
    old = Rendering.objects.filter(renderer_version__lt=RENDERER_VERSION)
    renewed = 0
    for pk in old.order_by("renderer_version", "revision").values_list("pk", flat=True)[:at_most]:
        with transaction.atomic():
            held = old.select_for_update(skip_locked=True, of=("self",)).select_related("revision")
            rendering = held.filter(pk=pk).first()
            if rendering is not None:
                make_rendering(rendering.revision)
                renewed += 1
    return renewed


def renew_soon(sha256: str) -> int:
    """Has the clock make anew what is shown of each text with that picture; returns how many there are."""
    return Rendering.objects.filter(revision__pictures__contains=[sha256]).update(renderer_version=0)
