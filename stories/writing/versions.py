"""The texts that a story had: the draft, what was submitted, and what was saved on the way, newest first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from stories.models import Revision, SavedText, Story
from stories.models.written import Written
from stories.prose.measure import count_words
from stories.prose.parse import parse
from stories.prose.readable import plain_text

PAGE = 20
NOW, PUBLISHED = "now", "published"
_KEY = re.compile(r"(revision|saved)-([0-9]{1,18})\Z")
_CURSOR = re.compile(r"([0-9a-f]{1,15})\.([01])\.([0-9a-f]{1,15})\Z")
_FIRST_MOMENT = datetime(1, 1, 1, tzinfo=UTC)
_SAVED, _REVISION = 0, 1  # of one moment the submitted text is the later one


@dataclass(frozen=True)
class Version:
    """`key` names it in an address; `note` says more than `what`, in a line of its own."""

    key: str
    at: datetime
    what: str
    title: str
    language: str
    words: int | None = None
    note: str = ""
    sha256: str = ""
    earlier: str = ""  # the key of what came before

    @property
    def is_now(self) -> bool:
        return self.key == NOW


@dataclass(frozen=True)
class VersionPage:
    items: list[Version]
    next_cursor: str = ""


@dataclass(frozen=True)
class _Place:
    at: datetime
    rank: int
    id: int

    @property
    def cursor(self) -> str:
        return f"{(self.at - _FIRST_MOMENT) // timedelta(microseconds=1):x}.{self.rank}.{self.id:x}"


def versions_of(story: Story, *, cursor: str = "") -> VersionPage:
    """Two queries. The first page begins with the draft; a cursor that nobody gave out leads to it too."""
    after = _read(cursor)
    rows = sorted(
        [*_revisions(story, after), *_saved(story, after)],
        key=lambda row: (row[0].at, row[0].rank, row[0].id),
        reverse=True,
    )
    versions = [version for _, version in rows]
    if after is None:
        words = count_words(plain_text(parse(story.draft.body)))
        versions.insert(0, replace(now_of(story), words=words))
        rows.insert(0, (_Place(story.draft.saved_at, _REVISION, 0), versions[0]))
    known = [*(version.key for version in versions), ""]
    items = [_with_earlier(version, known[place + 1]) for place, version in enumerate(versions[:PAGE])]
    return VersionPage(items, rows[PAGE - 1][0].cursor if len(rows) > PAGE else "")


def now_of(story: Story) -> Version:
    draft = story.draft
    return Version(NOW, draft.saved_at, "As it is now", draft.title, draft.language)


def named(story: Story, key: str) -> tuple[Version, Written] | None:
    """A text of the story by its key, with its words; None for one that it does not have."""
    if key == NOW:
        return now_of(story), story.draft
    if key == PUBLISHED:
        shown = story.published_revision
        return (_of_revision(shown, what="What readers see"), shown) if shown is not None else None
    found = _KEY.match(key)
    if found is None or int(found[2]) > 2**63 - 1:
        return None
    if found[1] == "saved":
        saved = story.saved_texts.filter(pk=int(found[2])).first()
        return (_of_saved(saved), saved) if saved is not None else None
    revision = story.revisions.filter(number=min(int(found[2]), 2**31 - 1)).first()
    return (_of_revision(revision), revision) if revision is not None else None


def latest_key(story: Story) -> str:
    """What the draft is compared with unless somebody says: what readers see, else what came before, else itself."""
    if story.published_revision_id is not None:
        return PUBLISHED
    return versions_of(story).items[0].earlier or NOW


def _revisions(story: Story, after: _Place | None) -> Iterator[tuple[_Place, Version]]:
    found = story.revisions.annotate(word_count=F("rendering__words")).defer("body", "summary")
    for row in _beyond(found, "frozen_at", after, _REVISION):
        yield _Place(row.frozen_at, _REVISION, row.pk), _of_revision(row, words=row.word_count)


def _saved(story: Story, after: _Place | None) -> Iterator[tuple[_Place, Version]]:
    found = story.saved_texts.defer("body", "summary")
    for row in _beyond(found, "saved_at", after, _SAVED):
        yield _Place(row.saved_at, _SAVED, row.pk), _of_saved(row)


def _beyond(rows: QuerySet[Any], column: str, after: _Place | None, rank: int) -> QuerySet[Any]:
    """One page's worth; the index is read from the place on."""
    if after is not None:
        same_moment = Q(id__lt=after.id) if rank == after.rank else Q() if rank < after.rank else Q(pk__in=[])
        earlier = Q(**{f"{column}__lt": after.at})
        rows = rows.filter(**{f"{column}__lte": after.at}).filter(earlier | same_moment)
    return rows.order_by(f"-{column}", "-id")[: PAGE + 1]


def _read(cursor: str) -> _Place | None:
    found = _CURSOR.match(cursor)
    if found is None:
        return None
    try:
        at = _FIRST_MOMENT + timedelta(microseconds=int(found[1], 16))
    except OverflowError:
        return None
    return _Place(at, int(found[2]), int(found[3], 16))


def _of_revision(revision: Revision, *, what: str = "", words: int | None = None) -> Version:
    return Version(
        f"revision-{revision.number}",
        revision.frozen_at,
        what or f"Revision {revision.number}, submitted",
        revision.title,
        revision.language,
        words,
        sha256=revision.sha256,
    )


def _of_saved(text: SavedText) -> Version:
    return Version(
        f"saved-{text.pk}", text.saved_at, text.get_why_display(), text.title, text.language, text.words
    )


def _with_earlier(version: Version, key: str) -> Version:
    return replace(version, earlier=key)
