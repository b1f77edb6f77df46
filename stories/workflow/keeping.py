"""Keeps what a draft was: some of the texts that were saved over, all of those that somebody chose against.

Kept are the text of every five minutes of writing, and each text of which a save takes much away. After an hour the
last of each hour is left, after a day the last of each day, after 30 days none. What was chosen against stays 30 days.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDay, TruncHour
from django.utils import timezone

from accounts.models import User
from stories.content import Content, canonical, content_sha256
from stories.models import Draft, SavedText, Story
from stories.permissions import may_write
from stories.prose.measure import count_words
from stories.prose.parse import parse
from stories.prose.readable import plain_text
from stories.status import NotAllowed
from stories.workflow.deleting import refuse_deleted
from stories.workflow.locking import lock_draft
from stories.workflow.unused import use_again

EVERY = timedelta(minutes=5)
MUCH = 300  # characters of HTML that a save takes away at once
HOUR, DAY, MONTH = timedelta(hours=1), timedelta(days=1), timedelta(days=30)
MOST_TEXTS = 150  # of a story; writing day and night for a month keeps some 80
MOST_BYTES = 20_000_000


def keep_replaced(draft: Draft, offered: Content, *, at: datetime) -> None:
    """Part of saving: `draft` still is what it was, and `offered` is about to take its place."""
    if draft.is_empty:
        draft.kept_at = at
        return
    if draft.kept_at is None or at - draft.kept_at >= EVERY or _takes_much(draft.body, offered.body):
        keep(draft, SavedText.Why.WRITING, at=at)


def keep(draft: Draft, why: SavedText.Why, *, at: datetime) -> None:
    """The text of the draft as it is. The caller has locked it, and writes `kept_at`."""
    _keep(draft.story_id, draft.content, why, saved_at=draft.saved_at, at=at)
    draft.kept_at = at


@transaction.atomic
def set_aside(story: Story, content: Content, *, by: User, at: datetime | None = None) -> SavedText:
    """Keeps what somebody sent and could not save, so that it is in the story's history whatever they choose."""
    if not may_write(by, story):
        raise NotAllowed("Only its author can write in this story.")
    at = at or timezone.now()
    draft = lock_draft(story)
    refuse_deleted(draft.story)
    use_again(content)
    return _keep(story.pk, content, SavedText.Why.ASIDE, saved_at=at, at=at)


def _keep(
    story_id: int, content: Content, why: SavedText.Why, *, saved_at: datetime, at: datetime
) -> SavedText:
    """A text that is kept already is not kept again: it moves to its newer place in the history."""
    fields = {
        "why": why, "words": count_words(plain_text(parse(content.body))), "size": len(canonical(content)),
        "saved_at": saved_at, "due_at": at + (HOUR if why == SavedText.Why.WRITING else MONTH),
        "title": content.title, "summary": content.summary, "body": content.body,
        "language": content.language, "topics": list(content.topics), "tags": list(content.tags),
        "cover": content.cover, "cover_alt": content.cover_alt, "disclosures": list(content.disclosures),
    }  # fmt: skip
    # What somebody chose against stays so, though it is written over once more.
    renewed = {"saved_at": saved_at} if why == SavedText.Why.WRITING else fields
    kept, _ = SavedText.objects.update_or_create(
        story_id=story_id, sha256=content_sha256(content), defaults=renewed, create_defaults=fields
    )
    _drop_oldest(story_id)
    return kept


def _drop_oldest(story_id: int) -> None:
    """However much is written: a story's history takes no more room than this."""
    rows = SavedText.objects.filter(story=story_id).order_by("-saved_at", "-id").values_list("id", "size")
    size, dropped = 0, []
    for place, (key, bytes_of_it) in enumerate(rows):
        size += bytes_of_it
        if place and (place >= MOST_TEXTS or size > MOST_BYTES):
            dropped.append(key)
    if dropped:
        SavedText.objects.filter(id__in=dropped).delete()


def _takes_much(before: str, after: str) -> bool:
    """What both begin with and what both end with stays; the rest of the older text goes."""
    if before == after:
        return False
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    return len(before) - head - tail >= MUCH


def _shared(one: str, other: str) -> int:
    """How many characters both begin with; found by halves, because a story is long and the question is frequent."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


@transaction.atomic
def thin_saved_texts(*, at: datetime | None = None, at_most: int = 500) -> int:
    """Drops those due texts that have a newer one in their hour or day, or are too old; returns how many were looked
    at. Safe to stop and to run twice."""
    at = at or timezone.now()
    due = list(
        SavedText.objects.select_for_update(skip_locked=True)
        .filter(due_at__lte=at)
        .order_by("due_at")
        .values_list("id", flat=True)[:at_most]
    )
    if not due:
        return 0
    told = SavedText.objects.annotate(hour=TruncHour("saved_at"), day=TruncDay("saved_at"))
    texts = told.filter(id__in=due)
    newer = told.filter(story=OuterRef("story"), saved_at__gt=OuterRef("saved_at"))
    in_hour, in_day = newer.filter(hour=OuterRef("hour")), newer.filter(day=OuterRef("day"))
    is_old = Q(saved_at__lte=at - MONTH) | ~Q(why=SavedText.Why.WRITING)
    texts.filter(is_old | Exists(in_hour) | Q(Exists(in_day), saved_at__lte=at - DAY)).delete()
    left = SavedText.objects.filter(id__in=due)
    left.filter(saved_at__lte=at - DAY).update(due_at=F("saved_at") + MONTH)
    left.filter(saved_at__gt=at - DAY).update(due_at=F("saved_at") + DAY)
    return len(due)
