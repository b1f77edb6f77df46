"""What readers see: publish an approved text now or later, take it off, put it back."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Decision, Event, FormerSlug, LedBy, Proposal, Reason, Revision, Statement, Story
from stories.notices.telling import tell_author
from stories.permissions import may_remove, may_write
from stories.prose.plain import clean_text
from stories.prose.slug import make_slug
from stories.status import STORY_MOVES, Action, Incomplete, NotAllowed, WrongState, check_move
from stories.workflow.author_records import note_record
from stories.workflow.deleting import refuse_deleted
from stories.workflow.disclaiming import carry
from stories.workflow.listing import list_story
from stories.workflow.locking import lock_story, refuse_suspended
from stories.workflow.recording import record_change, record_story_move
from stories.workflow.seconding import NeedsAgreement, asks_agreement
from stories.workflow.stating import state_reasons, words_of, write_public_line


def publish(story: Story, decision: Decision, *, by: User | None, at: datetime) -> None:
    """Shows readers the text that `decision` approved. The caller holds the story's row."""
    source = story.state
    story.state = check_move(STORY_MOVES, Action.PUBLISH, source)
    story.published_revision = decision.revision
    story.published_at = at
    story.first_published_at = story.first_published_at or at
    story.scheduled_revision = None
    story.scheduled_for = None
    fields = ["state", "published_revision", "published_at", "first_published_at"]
    fields += ["scheduled_revision", "scheduled_for"]
    _save_with_slug(story, fields, title=decision.revision.title)
    if not decision.policy:
        carry(story, decision.disclaimers, at=at)
    list_story(story)
    record_story_move(
        story,
        Action.PUBLISH,
        source=source,
        by=by,
        at=at,
        submission=decision.submission,
        data={"decision": decision.pk, "revision": decision.revision_id, **_policy_of(decision)},
    )
    note_record(story.author_id)


def _policy_of(decision: Decision) -> dict[str, object]:
    return {"policy": decision.policy} if decision.policy else {}


def _save_with_slug(story: Story, fields: list[str], *, title: str) -> None:
    """The slug is made at first publication and stays; a taken one gets a number, then a few letters."""
    if story.slug:
        story.save(update_fields=fields)
        return
    base = make_slug(title)
    numbered = [base, *(f"{base}-{number}" for number in range(2, 6))]
    lettered = [f"{base}-{secrets.token_hex(4)}" for _ in range(3)]
    for slug in numbered + lettered:
        if FormerSlug.objects.filter(slug=slug).exists() or Story.objects.filter(slug=slug).exists():
            continue
        try:
            with transaction.atomic():
                story.slug = slug
                story.save(update_fields=[*fields, "slug"])
                return
        except IntegrityError as error:
            if "slug" not in str(error):
                raise
    raise WrongState("No address could be found for this story. Try again.")


def schedule(story: Story, decision: Decision, *, by: User, at: datetime) -> None:
    """Keeps the approved text for `decision.publish_at`; the clock publishes it then."""
    story.scheduled_revision = decision.revision
    story.scheduled_for = decision.publish_at
    story.save(update_fields=["scheduled_revision", "scheduled_for"])
    when = decision.publish_at.isoformat() if decision.publish_at else ""
    record_change(
        story,
        "schedule",
        by=by,
        at=at,
        submission=decision.submission,
        data={"decision": decision.pk, "publish_at": when},
    )


@transaction.atomic
def unschedule(story: Story, *, by: User, note: str = "", at: datetime | None = None) -> Story:
    """Its author takes back a publication that is still to come; the story is a draft again."""
    at = at or timezone.now()
    story = _lock(story)
    if not may_write(by, story):
        raise NotAllowed("Only its author can take the publication back.")
    if not story.is_scheduled:
        raise WrongState("No publication is planned for this story.")
    story.scheduled_revision = None
    story.scheduled_for = None
    story.save(update_fields=["scheduled_revision", "scheduled_for"])
    record_change(story, "unschedule", by=by, at=at, note=note)
    return story


def publish_due(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Publishes what is due; returns how many. Run by the clock; two clocks never publish one twice."""
    at = at or timezone.now()
    published = 0
    due = Story.objects.filter(scheduled_for__lte=at).order_by("scheduled_for")
    for pk in due.values_list("pk", flat=True)[:at_most]:
        with transaction.atomic():
            locked = Story.objects.select_for_update(skip_locked=True, no_key=True)
            story = locked.filter(pk=pk, scheduled_for__lte=at).first()
            if story is not None:
                _publish_scheduled(story, at=at)
                published += 1
    return published


def _publish_scheduled(story: Story, *, at: datetime) -> None:
    approvals = Decision.objects.filter(kind=Decision.Kind.APPROVE, revision=story.scheduled_revision_id)
    decision = approvals.select_related("revision", "submission").latest("decided_at")
    publish(story, decision, by=None, at=at)
    event = story.events.filter(action=Action.PUBLISH).latest("id")
    tell_author(event, decision=decision)


@transaction.atomic
def unlist(story: Story, *, by: User, note: str = "", at: datetime | None = None) -> Story:
    """Its author takes the story off the public pages."""
    return _move_as_author(story, Action.UNLIST, by=by, note=note, at=at)


@transaction.atomic
def publish_again(story: Story, *, by: User, note: str = "", at: datetime | None = None) -> Story:
    """Its author puts back the text that was approved; nothing new needs to be read."""
    return _move_as_author(story, Action.PUBLISH_AGAIN, by=by, note=note, at=at)


def _move_as_author(story: Story, action: Action, *, by: User, note: str, at: datetime | None) -> Story:
    at = at or timezone.now()
    story = _lock(story)
    if not may_write(by, story):
        raise NotAllowed("Only its author can do this.")
    if action is Action.PUBLISH_AGAIN:
        refuse_suspended(by, at=at)
    _move(story, action, by=by, at=at, note=clean_text(note))
    return story


@transaction.atomic
def remove(
    story: Story,
    *,
    by: User,
    reason: Reason | None,
    note: str,
    led_by: str = LedBy.OWN,
    agreed: Proposal | None = None,
    at: datetime | None = None,
) -> Story:
    """An editor takes a story off the public pages, with a reason; its author is told and may appeal.

    `agreed` is what a colleague proposed and `by` agrees to; raises NeedsAgreement where the site asks for that.
    """
    at = at or timezone.now()
    note = clean_text(note)
    story = _lock_as_editor(story, by=by)
    if reason is None:
        raise Incomplete("Choose the reason that the author will be given.", field="reason")
    if not note:
        raise Incomplete("Write to the author why the story is removed.", field="note")
    needs_agreement = asks_agreement(Proposal.Kind.REMOVE, reason, story, by=by)
    if needs_agreement and agreed is None:
        raise NeedsAgreement
    event = _move(story, Action.REMOVE, by=by, at=at, note=note, data={"reason": reason.code})
    text = _shown(story)
    state_reasons(
        event,
        restriction=Statement.Restriction.REMOVED,
        ground=words_of(reason, text.language),
        facts=note,
        led_by=led_by,
        needs_agreement=needs_agreement,
        agreed=agreed,
    )
    write_public_line(event, text, reason=reason, led_by=led_by)
    tell_author(event)
    note_record(story.author_id)
    return story


@transaction.atomic
def restore(story: Story, *, by: User, note: str, at: datetime | None = None) -> Story:
    """Puts back the very text that was removed."""
    at = at or timezone.now()
    note = clean_text(note)
    story = _lock_as_editor(story, by=by)
    if not note:
        raise Incomplete("Write why the story is put back.", field="note")
    event = _move(story, Action.RESTORE, by=by, at=at, note=note)
    write_public_line(event, _shown(story))
    tell_author(event)
    note_record(story.author_id)
    return story


def _shown(story: Story) -> Revision:
    """The text that readers see, or saw last."""
    if story.published_revision is None:
        raise WrongState("Readers have never seen this story.")
    return story.published_revision


def _move(
    story: Story, action: Action, *, by: User, at: datetime, note: str, data: dict[str, object] | None = None
) -> Event:
    source = story.state
    story.state = check_move(STORY_MOVES, action, source)
    if story.is_scheduled and not story.is_public:
        # What was taken off the pages does not come back by itself.
        story.scheduled_revision = None
        story.scheduled_for = None
        record_change(story, "unschedule", by=by, at=at, note=note)
    story.save(update_fields=["state", "scheduled_revision", "scheduled_for"])
    list_story(story)
    return record_story_move(story, action, source=source, by=by, at=at, note=note, data=data)


def _lock_as_editor(story: Story, *, by: User) -> Story:
    locked = _lock(story)
    if not may_remove(by, locked):
        raise NotAllowed("You may not do this with this story.")
    return locked


def _lock(story: Story) -> Story:
    locked = lock_story(story)
    refuse_deleted(locked)
    return locked
