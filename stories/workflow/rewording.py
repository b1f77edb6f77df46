"""Gives a disclaimer's newer words to all stories that carry older ones: ordered, stopped, carried out."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from stories.models import (
    Authorship,
    CarriedDisclaimer,
    Disclaimer,
    DisclaimerVersion,
    Event,
    Notice,
    Rewording,
    Story,
)
from stories.models.rewording import carrying_older
from stories.notices.rewording import KIND, notice_of
from stories.permissions import may_edit_disclaimers
from stories.prose.plain import clean_text
from stories.status import AlreadyThere, Incomplete, NotAllowed, WrongState
from stories.workflow.calling import call_worker
from stories.workflow.disclaiming import fill

BATCH = 200
SHARE_SECONDS = 30  # of a task: mails and others' work stand behind it
EXAMPLES = 5
WHY_CHARACTERS = 1000


@dataclass(frozen=True)
class Trial:
    """What would happen: how many stories carry which older words, and some of these stories."""

    version: DisclaimerVersion
    stories: int
    by_version: list[tuple[DisclaimerVersion, int]]
    examples: list[CarriedDisclaimer]


def try_out(version: DisclaimerVersion) -> Trial:
    """Changes nothing: three queries, however many stories there are."""
    carried = carrying_older(version)
    numbers = dict(carried.values_list("version").annotate(Count("story", distinct=True)).order_by())
    earlier = DisclaimerVersion.objects.filter(pk__in=numbers).order_by("-number")
    shown = carried.select_related("story__published_revision").order_by("-story")[:EXAMPLES]
    return Trial(
        version,
        stories=sum(numbers.values()),
        by_version=[(older, numbers[older.pk]) for older in earlier],
        examples=list(shown),
    )


@transaction.atomic
def order_rewording(
    version: DisclaimerVersion, *, by: User, note: str, at: datetime | None = None
) -> Rewording:
    """For the newest words in their language alone. The worker begins within seconds."""
    _check_may(by)
    note = clean_text(note)
    if not note:
        raise Incomplete("Write why the words change: the record of each story has it.", field="note")
    if len(note) > WHY_CHARACTERS:
        raise Incomplete(f"Say it in {WHY_CHARACTERS:,} characters or fewer.", field="note")
    others = DisclaimerVersion.objects.filter(disclaimer=version.disclaimer_id, language=version.language)
    Disclaimer.objects.select_for_update(no_key=True).get(pk=version.disclaimer_id)
    if others.filter(number__gt=version.number).exists():
        raise WrongState("There are newer words by now. Look at these first; nothing was changed.")
    if Rewording.objects.filter(version=version).exists():
        raise AlreadyThere("This was ordered already; nothing is done twice.")
    at = at or timezone.now()
    Rewording.objects.going().filter(version__in=others).update(stopped_at=at, stopped_by=by)
    expected = carrying_older(version).values("story").distinct().count()
    if not expected:
        raise WrongState("No story carries older words of this disclaimer. There is nothing to change.")
    return Rewording.objects.create(
        version=version, note=note, ordered_by=by, ordered_at=at, expected=expected
    )


@transaction.atomic
def stop_rewording(rewording: Rewording, *, by: User, at: datetime | None = None) -> Rewording:
    """After the batch that is being changed now. What was changed stays."""
    held = _lock(rewording, by=by)
    if held.stopped_at is not None:
        raise AlreadyThere("This is stopped already; nothing was changed.")
    held.stopped_at, held.stopped_by = at or timezone.now(), by
    held.save(update_fields=["stopped_at", "stopped_by"])
    return held


@transaction.atomic
def go_on_rewording(rewording: Rewording, *, by: User) -> Rewording:
    held = _lock(rewording, by=by)
    if held.stopped_at is None:
        raise AlreadyThere("This is going on already; nothing was changed.")
    of_same = DisclaimerVersion.objects.filter(
        disclaimer=held.version.disclaimer_id, language=held.version.language
    )
    if of_same.filter(number__gt=held.version.number).exists():
        raise WrongState("There are newer words by now, so stories are not given these any more.")
    held.stopped_at = held.stopped_by = None
    held.save(update_fields=["stopped_at", "stopped_by"])
    return held


def _lock(rewording: Rewording, *, by: User) -> Rewording:
    _check_may(by)
    locked = Rewording.objects.select_for_update(of=("self",)).select_related("version")
    held = locked.get(pk=rewording.pk)
    if held.done_at is not None:
        raise WrongState("All stories have these words by now; nothing was changed.")
    return held


def _check_may(by: User) -> None:
    if not may_edit_disclaimers(by):
        raise NotAllowed("Only chief editors change the words that stories carry.")


def order_rewordings(*, at: datetime | None = None) -> int:
    """Calls a worker when stories wait for newer words, and none was called yet. Run by the clock."""
    if not Rewording.objects.going().exists():
        return 0
    return int(call_worker(reword_stories))


@task()
def reword_stories() -> int:
    """A batch is one transaction; returns how many stories have newer words."""
    changed, until = 0, time.monotonic() + SHARE_SECONDS
    for rewording in Rewording.objects.going().order_by("id"):
        while time.monotonic() < until and (batch := reword_batch(rewording)):
            changed += batch
    return changed


@transaction.atomic
def reword_batch(rewording: Rewording, *, at: datetime | None = None, at_most: int = BATCH) -> int:
    """The next stories in the order of their numbers; the same queries, however many they are.

    0 when none is left, somebody stopped it, or another worker has it in hand.
    """
    at = at or timezone.now()
    going = Rewording.objects.going().select_for_update(skip_locked=True, of=("self",))
    held = going.select_related("version", "ordered_by").filter(pk=rewording.pk).first()
    if held is None:
        return 0
    older = carrying_older(held.version)
    numbers = older.order_by("story").values_list("story", flat=True).distinct()[:at_most]
    waiting = Story.objects.filter(pk__in=list(numbers)).order_by("pk")
    stories = {story.pk: story for story in waiting.select_for_update(no_key=True, of=("self",))}
    carried = list(older.filter(story__in=stories).order_by("story", "position"))
    if not carried:
        held.done_at = at
        held.save(update_fields=["done_at"])
        return 0
    _give(held, carried, at=at)
    events = _record(held, carried, at=at)
    _tell(held, events, stories, at=at)
    held.changed += len(events)
    held.save(update_fields=["changed"])
    return len(events)


def _give(rewording: Rewording, carried: Sequence[CarriedDisclaimer], *, at: datetime) -> None:
    """In the same place above the story: the words that a story carries are never changed, others take their place."""
    version = rewording.version
    label, text = fill(version.label), fill(version.text)
    CarriedDisclaimer.objects.filter(pk__in=[each.pk for each in carried]).delete()
    CarriedDisclaimer.objects.bulk_create(
        CarriedDisclaimer(
            story_id=each.story_id,
            version=version,
            position=each.position,
            language=version.language,
            label=label,
            text=text,
            given_at=at,
        )
        for each in carried
    )


def _record(rewording: Rewording, carried: Sequence[CarriedDisclaimer], *, at: datetime) -> list[Event]:
    """One event for each story, as when an editor changes its disclaimer by hand."""
    before: dict[int, list[dict[str, object]]] = {}
    for each in carried:
        before.setdefault(each.story_id, []).append({"version": each.version_id, "text": each.text})
    after = [{"version": rewording.version_id, "text": fill(rewording.version.text)}]
    return Event.objects.bulk_create(
        Event(
            story_id=story,
            action="change_disclaimer",
            actor=rewording.ordered_by,
            note=rewording.note,
            data={"rewording": rewording.pk, "before": words, "after": after},
            at=at,
        )
        for story, words in before.items()
    )


def _tell(rewording: Rewording, events: Sequence[Event], stories: dict[int, Story], *, at: datetime) -> None:
    """Each author once, on the site alone: the same words for all stories need no mail for each."""
    rows = Authorship.objects.filter(story__in=stories, author__is_active=True).current()
    authors = [
        (row.story_id, row.author) for row in rows.order_by("story", "position").select_related("author")
    ]
    known = Notice.objects.filter(kind=KIND, created_at=rewording.ordered_at)
    told = set(
        known.filter(recipient__in={author for _, author in authors}).values_list("recipient", flat=True)
    )
    events_of = {event.story_id: event for event in events}
    notices = []
    for story, author in authors:
        if author.pk in told or author.pk == rewording.ordered_by_id or story not in events_of:
            continue
        told.add(author.pk)
        notices.append(notice_of(events_of[story], rewording, story=stories[story], recipient=author))
    Notice.objects.bulk_create(notices)
