"""What a feed says, whichever of the three formats it is written in."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings

from stories.body import WIDEST_SHARED, ShownCorrection
from stories.models import Revision, Story
from stories.prose.disclosures import read_disclosures
from stories.prose.pictures import picture_of, plain_file
from stories.reading.addresses import in_full
from stories.reading.bylines import name_of


@dataclass(frozen=True)
class Byline:
    """`address` is "" where there is no page of theirs."""

    name: str
    address: str


# What stories.prose.pictures writes for a browser; in the words of an author < and > are escaped.
_SOURCES = re.compile(r"</?picture>|<source [^>]*>")
_IMAGE = re.compile(r"<img [^>]*>")
_CHOICE = re.compile(r' (?:srcset|sizes|class|fetchpriority|loading|decoding)="[^"]*"')


@dataclass(frozen=True)
class Entry:
    """A story in full: `html` begins with its disclaimers, what its authors disclose and its corrections."""

    id: str
    address: str
    title: str
    summary: str
    html: str
    language: str
    authors: tuple[Byline, ...]
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
    corrections = [ShownCorrection(**correction) for correction in story.corrected]
    return Entry(
        id=f"tag:{_host()},2026:story/{story.pk}",
        address=in_full(story.path),
        title=text.title,
        summary=text.summary or text.rendering.excerpt,
        html="".join(map(_disclaimer, story.carried))
        + _disclosures(text.disclosures)
        + "".join(map(_correction, corrections))
        + for_elsewhere(text.rendering.html),
        language=text.language,
        authors=tuple(
            Byline(name_of(writer), in_full(f"/authors/{writer['username']}/") if writer["username"] else "")
            for writer in story.writers
        ),
        published=cast(datetime, story.first_published_at),
        updated=max([cast(datetime, story.published_at), *(each.moment for each in corrections)]),
        topics=tuple(topic["name"] for topic in story.shelf),
        cover=in_full(_shared_cover(text)) if text.cover else "",
    )


def _disclaimer(carried: dict[str, str]) -> str:
    label, text = html.escape(carried["label"]), html.escape(carried["text"])
    return f'<p lang="{html.escape(carried["language"])}"><strong>{label}.</strong> {text}</p>'


def _disclosures(lines: Iterable[str]) -> str:
    said = "; ".join(html.escape(each.words) for each in read_disclosures(lines))
    return f'<p lang="en"><strong>Disclosed with this story.</strong> {said}.</p>' if said else ""


def _correction(said: ShownCorrection) -> str:
    text = html.escape(said.text).replace("\n", "<br>")
    return f'<p dir="auto"><strong lang="en">Correction, {said.day_in_words}.</strong> {text}</p>'


def _shared_cover(text: Revision) -> str:
    return plain_file(text.cover, picture_of(text.rendering.cover), width=WIDEST_SHARED).address


def for_elsewhere(page: str) -> str:
    """A feed is read by programs that choose nothing: each picture as one file, by its whole address.

    All other links are whole already.
    """
    page = _IMAGE.sub(lambda image: _CHOICE.sub("", image.group()), _SOURCES.sub("", page))
    return page.replace(' src="/media/', f' src="{settings.SITE_URL}/media/')


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
