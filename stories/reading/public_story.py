"""A story with all that its page shows, as one row of one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from stories.body import Shown
from stories.models import Story
from stories.models.prepared import Prepared


@dataclass(frozen=True)
class Person(Shown):
    username: str
    display_name: str
    bio: str
    picture: str

    @property
    def name(self) -> str:
        return self.display_name or self.username


class PublicStory(NamedTuple):
    """In the order of `_COLUMNS`."""

    pk: int
    slug: str
    first_published_at: datetime
    published_at: datetime
    title: str
    summary: str
    language: str
    tags: list[str]
    cover: str
    cover_alt: str
    disclosures: list[str]
    html: str
    excerpt: str
    words: int
    minutes: int
    cover_facts: dict[str, Any]
    shelf: list[dict[str, str]]
    carried: list[dict[str, str]]
    corrected: list[dict[str, str]]
    writers: list[dict[str, str]]

    @property
    def authors(self) -> tuple[Person, ...]:
        return tuple(Person(**writer) for writer in self.writers)

    @property
    def path(self) -> str:
        return f"/stories/{self.slug}/"

    @property
    def about(self) -> str:
        return self.summary or self.excerpt


_COLUMNS = (
    "pk",
    "slug",
    "first_published_at",
    "published_at",
    *(
        f"published_revision__{name}"
        for name in ("title", "summary", "language", "tags", "cover", "cover_alt", "disclosures")
    ),
    *(f"published_revision__rendering__{name}" for name in ("html", "excerpt", "words", "minutes", "cover")),
    "shelf",
    "carried",
    "corrected",
    "writers",
)


def _with_slug(slug: str) -> QuerySet[Story, tuple[object, ...]]:
    return Story.objects.published().for_page().filter(slug=slug).values_list(*_COLUMNS)


by_slug = Prepared(_with_slug, PublicStory)
