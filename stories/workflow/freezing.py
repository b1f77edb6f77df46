"""Freezes a draft into a numbered revision with its fingerprint, and makes what a page shows of it."""

import re
from datetime import datetime

from django.db.models import Max

from stories.content import Content, content_sha256
from stories.models import Draft, Picture, Rendering, Revision, Topic
from stories.models.written import TOPICS_A_STORY
from stories.prose.measure import count_words
from stories.prose.render import RENDERER_VERSION, PictureSize, render
from stories.status import Incomplete

_PICTURE_ADDRESS = re.compile(r'src="/media/([^"]+)"')


def freeze(draft: Draft, *, at: datetime) -> Revision:
    """The draft as the story's next revision; the last one again if not a word differs."""
    content = with_pictures(draft.content, owner_id=draft.story.author_id)
    check_complete(content)
    sha256 = content_sha256(content)
    last = draft.story.revisions.order_by("-number").first()
    if last is not None and last.sha256 == sha256:
        return last
    number = draft.story.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = Revision.objects.create(
        story=draft.story,
        number=number + 1,
        draft_version=draft.version,
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
    make_rendering(revision)
    return revision


def check_complete(content: Content) -> None:
    """Raises Incomplete, naming the field, for what an editor could not read or readers not find."""
    if not content.title:
        raise Incomplete("Give the story a title.", field="title")
    if not count_words(content.body):
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


def with_pictures(content: Content, *, owner_id: int) -> Content:
    """With the fingerprints of the picture files that the text shows, cover first."""
    names = [content.cover.removeprefix("/media/")] if content.cover else []
    names += _PICTURE_ADDRESS.findall(content.body)
    if not names:
        return content
    prints = dict(Picture.objects.filter(name__in=names, owner=owner_id).values_list("name", "sha256"))
    if any(name not in prints for name in names):
        raise Incomplete(
            "One of the pictures is not among your uploads. Take it out, or upload it again.",
            field="cover" if content.cover and names[0] not in prints else "body",
        )
    return content.changed(pictures=tuple(dict.fromkeys(prints[name] for name in names)))


def make_rendering(revision: Revision) -> Rendering:
    """What pages show of the revision, made by the renderer of now."""
    names = _PICTURE_ADDRESS.findall(revision.body)
    cover_name = revision.cover.removeprefix("/media/")
    pictures = {p.name: p for p in Picture.objects.filter(name__in=[*names, cover_name])}
    rendered = render(
        revision.body,
        language=revision.language,
        pictures={p.address: PictureSize(p.width, p.height) for p in pictures.values()},
    )
    cover = pictures.get(cover_name)
    rendering, _ = Rendering.objects.update_or_create(
        revision=revision,
        defaults={
            "renderer_version": RENDERER_VERSION,
            "html": rendered.html,
            "contents": [[entry.level, entry.anchor, entry.text] for entry in rendered.contents],
            "words": rendered.words,
            "minutes": rendered.minutes,
            "excerpt": rendered.excerpt,
            "cover": {"width": cover.width, "height": cover.height, "colour": cover.colour} if cover else {},
        },
    )
    return rendering


def renew_renderings(*, at_most: int = 100) -> int:
    """Makes anew what an older renderer made, published texts first come; returns how many."""
    old = Rendering.objects.filter(renderer_version__lt=RENDERER_VERSION).select_related("revision")
    renewed = 0
    for rendering in old.order_by("renderer_version", "revision")[:at_most]:
        make_rendering(rendering.revision)
        renewed += 1
    return renewed
