"""Begins stories and saves drafts. A save names the version it was based on, and never overwrites another."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.content import Content
from stories.models import Authorship, Draft, Story
from stories.models.written import SUMMARY_CHARACTERS, TAG_CHARACTERS, TAGS_A_STORY, TITLE_CHARACTERS
from stories.permissions import may_write
from stories.prose.clean import clean
from stories.prose.disclosures import read_disclosures
from stories.prose.plain import clean_line
from stories.status import Incomplete, NotAllowed, Stale, SubmissionState, WrongState
from stories.workflow.deleting import refuse_deleted
from stories.workflow.keeping import keep_replaced
from stories.workflow.locking import lock_draft
from stories.workflow.unused import use_again


class DraftConflict(Stale):
    """Another tab or device was first. `draft` is what is kept; `offered` is what was not saved."""

    def __init__(self, draft: Draft, offered: Content) -> None:
        super().__init__(
            "This story was saved somewhere else in the meantime. Nothing was overwritten: both texts are here."
        )
        self.draft = draft
        self.offered = offered


@dataclass(frozen=True)
class Saved:
    """`changed` is False when the text was there already, as with a save that was sent twice."""

    draft: Draft
    changed: bool


@dataclass(frozen=True)
class Turn:
    """Which save of which opened page it is. A page counts its saves; they may arrive twice, late or never."""

    page: str = ""
    number: int = 0

    def is_overtaken_by(self, draft: Draft) -> bool:
        """A later save of the same page was here already, so what this one has to say is old."""
        return bool(self.page) and draft.saved_from == self.page and draft.saved_turn >= self.number

    def follows(self, draft: Draft) -> bool:
        """What is kept is the page's own, so it lacks nothing, even if the page never got the answer."""
        return bool(self.page) and draft.saved_from == self.page and draft.saved_turn < self.number


NO_PAGE = Turn()


@transaction.atomic
def begin_story(*, by: User, key: UUID, language: str = "en", at: datetime | None = None) -> Story:
    """A new story with an empty draft. The same `key` again gives the same story."""
    at = at or timezone.now()
    story, is_new = Story.objects.get_or_create(key=key, defaults={"author": by, "created_at": at})
    if story.author_id != by.pk:
        raise NotAllowed("This story belongs to somebody else.")
    refuse_deleted(story)
    if is_new:
        Draft.objects.create(story=story, language=language, saved_at=at)
        Authorship.objects.create(story=story, author=by, position=0, joined_at=at)
    return story


@transaction.atomic
def save_draft(
    story: Story,
    content: Content,
    *,
    by: User,
    version: int,
    turn: Turn = NO_PAGE,
    at: datetime | None = None,
) -> Saved:
    """Saves `content` if the draft still stands at `version`, or at a save that the same page sent before.
    What it was is kept in the history now and then.

    Raises DraftConflict when it does not and the texts differ, WrongState while an editor reads it,
    Incomplete for a field that cannot be kept, ProseError for a body that is too long or too deep.
    """
    if not may_write(by, story):
        raise NotAllowed("Only its authors can write in this story.")
    offered = tidy(content)
    draft = lock_draft(story)
    refuse_deleted(draft.story)
    if draft.content == offered or turn.is_overtaken_by(draft):
        return Saved(draft, changed=False)
    if draft.version != version and not turn.follows(draft):
        raise DraftConflict(draft, offered)
    if story.submissions.filter(state=SubmissionState.IN_REVIEW).exists():
        raise WrongState(
            "An editor is reading this story, so it cannot be changed now. Your text is still here."
        )
    use_again(offered)
    at = at or timezone.now()
    keep_replaced(draft, offered, at=at)
    for name in (*_PLAIN_FIELDS, *_LIST_FIELDS):
        value = getattr(offered, name)
        setattr(draft, name, list(value) if isinstance(value, tuple) else value)
    draft.version += 1
    draft.saved_from, draft.saved_turn = turn.page, turn.number
    draft.saved_at = at
    draft.save(update_fields=[*_PLAIN_FIELDS, *_LIST_FIELDS, *_SAVE_FIELDS])
    return Saved(draft, changed=True)


_PLAIN_FIELDS = ("title", "summary", "body", "language", "cover", "cover_alt")
_LIST_FIELDS = ("topics", "tags", "disclosures")
_SAVE_FIELDS = ("version", "saved_at", "saved_from", "saved_turn", "kept_at")


def tidy(content: Content) -> Content:
    """The content as it is kept: body by the sanitiser, lines without control characters, tags once each."""
    title = clean_line(content.title)
    summary = clean_line(content.summary)
    if len(title) > TITLE_CHARACTERS:
        raise Incomplete(f"The title is longer than {TITLE_CHARACTERS} characters.", field="title")
    if len(summary) > SUMMARY_CHARACTERS:
        raise Incomplete(f"The summary is longer than {SUMMARY_CHARACTERS} characters.", field="summary")
    return content.changed(
        title=title,
        summary=summary,
        body=clean(content.body),
        tags=_tidy_tags(content.tags),
        cover_alt=clean_line(content.cover_alt),
        pictures=(),
        disclosures=_tidy_disclosures(content.disclosures),
    )


def _tidy_disclosures(lines: tuple[str, ...]) -> tuple[str, ...]:
    said = read_disclosures(lines)
    for disclosure in said:
        if len(disclosure.answer) > disclosure.kind.most_characters:
            raise Incomplete(
                f"This has at most {disclosure.kind.most_characters} characters.",
                field=f"disclosed_{disclosure.kind.key}",
            )
    return tuple(disclosure.line for disclosure in said)


def _tidy_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for tag in (clean_line(tag).lstrip("#").strip() for tag in tags):
        if len(tag) > TAG_CHARACTERS:
            raise Incomplete(f"A tag is longer than {TAG_CHARACTERS} characters.", field="tags")
        if tag:
            kept.setdefault(tag.casefold(), tag)
    if len(kept) > TAGS_A_STORY:
        raise Incomplete(f"A story has at most {TAGS_A_STORY} tags.", field="tags")
    return tuple(kept.values())
