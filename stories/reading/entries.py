"""What a feed says, whichever of the three formats it is written in."""

import html
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings

from stories.models import Revision, Story
from stories.prose.disclosures import read_disclosures
from stories.reading.addresses import in_full


@dataclass(frozen=True)
class Entry:
    """A story in full: `html` begins with its disclaimers and what its authors disclose."""

    id: str
    address: str
    title: str
    summary: str
    html: str
    language: str
    author: str
    author_address: str
    published: datetime
    updated: datetime
    topics: tuple[str, ...]
    cover: str


@dataclass(frozen=True)
class Feed:
    id: str
    title: str
    about: str
    page: str
    address: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime | None:
        return max((entry.updated for entry in self.entries), default=None)


def make_feed(stories: Iterable[Story], *, title: str, about: str, page: str, address: str) -> Feed:
    """`stories` come from for_page(); `page` and `address` are the paths of what is fed and of the feed."""
    return Feed(
        id=f"tag:{_host()},2026:{page}",
        title=title,
        about=about,
        page=in_full(page),
        address=in_full(address),
        entries=tuple(_entry(story) for story in stories),
    )


def _entry(story: Story) -> Entry:
    text = cast(Revision, story.published_revision)
    return Entry(
        id=f"tag:{_host()},2026:story/{story.pk}",
        address=in_full(story.path),
        title=text.title,
        summary=text.summary or text.rendering.excerpt,
        html="".join(map(_disclaimer, story.carried))
        + _disclosures(text.disclosures)
        + with_addresses_in_full(text.rendering.html),
        language=text.language,
        author=story.author.name,
        author_address=in_full(f"/authors/{story.author.username}/"),
        published=cast(datetime, story.first_published_at),
        updated=cast(datetime, story.published_at),
        topics=tuple(topic["name"] for topic in story.shelf),
        cover=in_full(text.cover) if text.cover else "",
    )


def _disclaimer(carried: dict[str, str]) -> str:
    label, text = html.escape(carried["label"]), html.escape(carried["text"])
    return f'<p lang="{html.escape(carried["language"])}"><strong>{label}.</strong> {text}</p>'


def _disclosures(lines: Iterable[str]) -> str:
    said = "; ".join(html.escape(each.words) for each in read_disclosures(lines))
    return f'<p lang="en"><strong>Disclosed with this story.</strong> {said}.</p>' if said else ""


def with_addresses_in_full(page: str) -> str:
    """A feed is read elsewhere: our own pictures by their whole address. All other links are whole already."""
    return page.replace(' src="/media/', f' src="{settings.SITE_URL}/media/')


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
