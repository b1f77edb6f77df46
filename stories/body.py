"""What the one body template shows of a story, for the preview, the review page and the public page alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.safestring import SafeString

from stories.days import day_of, in_words, with_weekday
from stories.models.written import Written
from stories.playing import has_embeds
from stories.prose.disclosures import read_disclosures
from stories.prose.languages import language_of
from stories.prose.pictures import AS_COVER, File, Picture, picture_of, picture_tag, plain_file
from stories.prose.render import LINK_REL, SPONSORED_REL
from stories.prose.safe import as_html
from stories.prose.slug import make_slug

WIDEST_SHARED = 1600  # pixels of a cover that is shown elsewhere


class Shown:
    """A template asks for an item before it asks for an attribute: without this each look-up raises and catches."""

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


@dataclass(frozen=True)
class ShownDisclaimer(Shown):
    """`text` with the names of site and publisher in their places."""

    label: str
    text: str
    language: str


@dataclass(frozen=True)
class ShownDisclosure(Shown):
    """`address` is where the answer leads, with `rel` for its link, or ""."""

    label: str
    answer: str
    address: str
    rel: str


@dataclass(frozen=True)
class ShownCorrection(Shown):
    """`at` as the database writes it into JSON."""

    text: str
    at: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def day(self) -> str:
        return day_of(self.moment).isoformat()

    @property
    def day_in_words(self) -> str:
        return in_words(day_of(self.moment))


@dataclass(frozen=True)
class Link(Shown):
    """A topic or a tag under the story."""

    slug: str
    name: str


@dataclass(frozen=True)
class Cover(Shown):
    address: str
    alt: str
    picture: Picture

    @property
    def html(self) -> SafeString:
        return as_html(
            picture_tag(self.address, alt=self.alt, picture=self.picture, sizes=AS_COVER, at_once=True)
        )

    @property
    def shared(self) -> File:
        """The file for programs that show the story elsewhere."""
        return plain_file(self.address, self.picture, width=WIDEST_SHARED)


class Author(Protocol):
    """A user, or what the public page read of one."""

    @property
    def username(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def bio(self) -> str: ...
    @property
    def picture(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Body(Shown):
    """`html` is what stories.prose.render made; `date` is None while the story is not public."""

    authors: tuple[Author, ...]
    title: str
    summary: str
    language: str
    direction: str
    html: SafeString
    minutes: int
    disclaimers: tuple[ShownDisclaimer, ...] = ()
    corrections: tuple[ShownCorrection, ...] = ()
    disclosures: tuple[ShownDisclosure, ...] = ()
    topics: tuple[Link, ...] = ()
    tags: tuple[Link, ...] = ()
    cover: Cover | None = None
    date: datetime | None = None

    @property
    def has_embeds(self) -> bool:
        return has_embeds(self.html)

    @property
    def day(self) -> str:
        return day_of(self.date).isoformat() if self.date else ""

    @property
    def day_in_words(self) -> str:
        return with_weekday(day_of(self.date)) if self.date else ""


def body_of(
    text: Written,
    *,
    authors: Iterable[Author],
    html: str,
    minutes: int,
    topic_names: Mapping[str, str],
    disclaimers: Iterable[ShownDisclaimer] = (),
    cover_size: Mapping[str, Any] | None = None,
    date: datetime | None = None,
) -> Body:
    """The body of a draft or a revision. `topic_names` is by slug; a topic that is not in it is left out."""
    return Body(
        authors=tuple(authors),
        title=text.title,
        summary=text.summary,
        language=text.language,
        direction=language_of(text.language).direction,
        html=as_html(html),
        minutes=minutes,
        disclaimers=tuple(disclaimers),
        disclosures=shown_disclosures(text.disclosures),
        topics=tuple(Link(slug, topic_names[slug]) for slug in text.topics if slug in topic_names),
        tags=tuple(Link(make_slug(tag), tag) for tag in text.tags),
        cover=_cover(text, cover_size or {}),
        date=date,
    )


def shown_disclosures(lines: Iterable[str]) -> tuple[ShownDisclosure, ...]:
    said = read_disclosures(lines)
    rel = SPONSORED_REL if any(each.kind.is_sponsored for each in said) else LINK_REL
    return tuple(ShownDisclosure(each.kind.label, each.answer, each.address, rel) for each in said)


def _cover(text: Written, facts: Mapping[str, Any]) -> Cover | None:
    return Cover(text.cover, text.cover_alt, picture_of(facts)) if text.cover else None
