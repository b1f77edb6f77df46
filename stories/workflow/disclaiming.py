"""Writes disclaimers in versions, and gives a story the words it carries from then on."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import CarriedDisclaimer, Disclaimer, DisclaimerVersion, Event, Story
from stories.notices.telling import tell_author
from stories.permissions import may_change_published_disclaimer, may_edit_disclaimers
from stories.prose.disclosures import leading_keys
from stories.prose.plain import clean_line, clean_text
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale, StoryState, WrongState
from stories.workflow.recording import happened_since, record_change


def offered_versions(
    language: str, disclosures: Iterable[str] = (), topics: Iterable[str] = ()
) -> list[DisclaimerVersion]:
    """The newest words of each open disclaimer, in `language` where it has some, else in English.

    What answers one of `disclosures` comes first, then the default, then what is for one of `topics`.
    """
    shelves = set(topics)
    said_first = leading_keys(disclosures)
    newest: dict[int, DisclaimerVersion] = {}
    rows = DisclaimerVersion.objects.filter(disclaimer__is_open=True, language__in={language, "en"})
    for version in rows.select_related("disclaimer").order_by("number"):
        held = newest.get(version.disclaimer_id)
        if held is None or version.language == held.language or version.language == language:
            newest[version.disclaimer_id] = version

    for version in newest.values():
        version.is_for_topics = not shelves.isdisjoint(version.disclaimer.topics)

    def place(version: DisclaimerVersion) -> tuple[int, bool, bool, str]:
        of = version.disclaimer
        answered = said_first.index(of.answers) if of.answers in said_first else len(said_first)
        return answered, not of.is_default, not version.is_for_topics, of.name

    return sorted(newest.values(), key=place)


def answering_versions(
    offered: Sequence[DisclaimerVersion], disclosures: Iterable[str]
) -> list[DisclaimerVersion]:
    """Of `offered_versions` each one that answers what is disclosed, the leading one first."""
    said = leading_keys(disclosures)
    return [version for version in offered if version.disclaimer.answers in said]


def fill(text: str) -> str:
    """The words with the names of site and publisher in their places."""
    return text.replace("{site}", settings.SITE_NAME).replace("{publisher}", settings.PUBLISHER_NAME)


def carry(story: Story, version_ids: Sequence[int], *, at: datetime) -> list[CarriedDisclaimer]:
    """Gives the story these words for good, in this order, in place of those it had."""
    versions = DisclaimerVersion.objects.in_bulk(list(version_ids))
    story.disclaimers.all().delete()
    return CarriedDisclaimer.objects.bulk_create(
        CarriedDisclaimer(
            story=story,
            version=versions[pk],
            position=place,
            language=versions[pk].language,
            label=fill(versions[pk].label),
            text=fill(versions[pk].text),
            given_at=at,
        )
        for place, pk in enumerate(version_ids)
    )


@transaction.atomic
def change_published_disclaimer(
    story: Story,
    versions: Sequence[DisclaimerVersion],
    *,
    by: User,
    note: str,
    up_to: int | None = None,
    at: datetime | None = None,
) -> Event:
    """An editor gives a published story other words: an event with its reason, and the author is told.

    Raises Stale when it was given others after the event `up_to`, the last one that `by` had seen.
    """
    at = at or timezone.now()
    note = clean_text(note)
    story = Story.objects.select_for_update(no_key=True).get(pk=story.pk)
    if not may_change_published_disclaimer(by, story):
        raise NotAllowed("You may not change the disclaimer of this story.")
    if story.state == StoryState.DRAFT:
        raise WrongState("This story is not published yet; its disclaimer is chosen with the decision.")
    if not versions:
        raise Incomplete("Choose the disclaimer that readers will see.", field="disclaimer")
    if not note:
        raise Incomplete("Write why the disclaimer changes.", field="note")
    before = list(story.disclaimers.values("version", "text"))
    if before == [{"version": version.pk, "text": fill(version.text)} for version in versions]:
        raise AlreadyThere("The story carries these very words already; nothing was changed.")
    if happened_since(story, "change_disclaimer", up_to=up_to):
        raise Stale("The story was given another disclaimer since you opened this page. Nothing was changed.")
    carry(story, [version.pk for version in versions], at=at)
    event = record_change(
        story,
        "change_disclaimer",
        by=by,
        at=at,
        note=note,
        data={"before": before, "after": list(story.disclaimers.values("version", "text"))},
    )
    tell_author(event)
    return event


@transaction.atomic
def write_version(
    disclaimer: Disclaimer,
    *,
    by: User,
    language: str,
    label: str,
    text: str,
    up_to: int | None = None,
    at: datetime | None = None,
) -> DisclaimerVersion:
    """The next version in `language`. Stories keep the words they were given.

    Raises Stale when another one was written after `up_to`, the last version that `by` had seen.
    """
    if not may_edit_disclaimers(by):
        raise NotAllowed("Only chief editors write disclaimers.")
    label, text = clean_line(label), clean_text(text)
    if not label:
        raise Incomplete("Give the disclaimer a short label.", field="label")
    if not text:
        raise Incomplete("Write the words that readers will see.", field="text")
    locked = Disclaimer.objects.select_for_update().get(pk=disclaimer.pk)
    last = locked.versions.filter(language=language).order_by("-number").first()
    if last is not None and (last.label, last.text) == (label, text):
        raise AlreadyThere("These words are the newest version already; nothing was changed.")
    if last is not None and up_to is not None and last.pk > up_to:
        raise Stale("Newer words were written since you opened this page. Nothing was changed.")
    return DisclaimerVersion.objects.create(
        disclaimer=locked,
        language=language,
        number=last.number + 1 if last else 1,
        label=label,
        text=text,
        made_by=by,
        made_at=at or timezone.now(),
    )


@transaction.atomic
def begin_disclaimer(
    *, by: User, key: str, name: str, language: str, label: str, text: str, at: datetime | None = None
) -> DisclaimerVersion:
    """A new disclaimer with its first words."""
    if not may_edit_disclaimers(by):
        raise NotAllowed("Only chief editors write disclaimers.")
    if Disclaimer.objects.filter(key=key).exists():
        raise Incomplete("Another disclaimer has this key.", field="key")
    disclaimer = Disclaimer.objects.create(key=key, name=clean_line(name))
    return write_version(disclaimer, by=by, language=language, label=label, text=text, at=at)


@transaction.atomic
def offer_disclaimer(
    disclaimer: Disclaimer,
    *,
    by: User,
    is_open: bool,
    is_default: bool,
    answers: str = "",
    topics: Sequence[str] = (),
) -> Disclaimer:
    """Which disclaimers editors are offered, and which one first. One is always the default.

    `answers` is the disclosure that it is the first choice for, or ""; `topics` are those whose stories it is
    ticked for, besides the one that says whose words it is.
    """
    if not may_edit_disclaimers(by):
        raise NotAllowed("Only chief editors write disclaimers.")
    locked = Disclaimer.objects.select_for_update().get(pk=disclaimer.pk)
    if locked.is_default and not is_default:
        raise Incomplete("Make another disclaimer the default one instead.", field="is_default")
    if is_default and not is_open:
        raise Incomplete("The default disclaimer is always offered.", field="is_open")
    if is_default:
        Disclaimer.objects.filter(is_default=True).exclude(pk=locked.pk).update(is_default=False)
    locked.is_open, locked.is_default, locked.answers = is_open, is_default, answers
    locked.topics = list(topics)
    locked.save(update_fields=["is_open", "is_default", "answers", "topics"])
    return locked
