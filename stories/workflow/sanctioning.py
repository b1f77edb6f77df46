"""Warns a member, suspends one for a time, and ends it: by itself, or as an appeal is upheld."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Event, Reason, Revision, Sanction, Statement, Story
from stories.notices.sanctioning import tell_ended, tell_member
from stories.permissions import may_sanction
from stories.prose.plain import clean_text
from stories.status import AlreadyThere, Incomplete, NotAllowed, WrongState
from stories.trust import SANCTION_MOVES, SanctionAction, SanctionState, check_once
from stories.workflow.author_records import note_record
from stories.workflow.locking import lock_story
from stories.workflow.recording import record_move
from stories.workflow.stating import state_reasons, words_of, write_line_about_member

NOTE_CHARACTERS = 4_000
MOST_DAYS = 366


@transaction.atomic
def warn(
    member: User,
    story: Story,
    *,
    by: User,
    reason: Reason | None,
    note: str,
    key: UUID,
    at: datetime | None = None,
) -> Sanction:
    """Takes nothing away. It stands in the author's record, and the member is told what to do otherwise."""
    given, event = _give(member, story, by=by, reason=reason, note=note, key=key, at=at or timezone.now())
    if event is not None:
        tell_member(event, given)
    return given


@transaction.atomic
def suspend(
    member: User,
    story: Story,
    *,
    by: User,
    reason: Reason | None,
    note: str,
    days: int | None,
    key: UUID,
    at: datetime | None = None,
) -> Sanction:
    """For so many days the member neither submits nor publishes; reading, drafts, files and leaving stay theirs."""
    at = at or timezone.now()
    if days is None or not 1 <= days <= MOST_DAYS:
        raise Incomplete(f"Say for how many days, from 1 to {MOST_DAYS}.", field="days")
    until = at + timedelta(days=days)
    given, event = _give(member, story, by=by, reason=reason, note=note, key=key, at=at, ends_at=until)
    if event is not None:
        state_reasons(
            event, restriction=Statement.Restriction.SUSPENDED, ground=given.ground, facts=given.note
        )
        write_line_about_member(event, given.ground.reason)
        tell_member(event, given)
    return given


def _give(
    member: User,
    story: Story,
    *,
    by: User,
    reason: Reason | None,
    note: str,
    key: UUID,
    at: datetime,
    ends_at: datetime | None = None,
) -> tuple[Sanction, Event | None]:
    """Without an event where the same form was sent before."""
    note = clean_text(note)
    if reason is None:
        raise Incomplete("Choose the reason that the member will be given.", field="reason")
    if not note:
        raise Incomplete("Write to the member what it is about.", field="note")
    if len(note) > NOTE_CHARACTERS:
        raise Incomplete(f"This is longer than {NOTE_CHARACTERS:,} characters.", field="note")
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=member.pk)
    story = lock_story(story)
    held = Sanction.objects.filter(key=key, member=member).first()
    if held is not None:
        return held, None
    if not may_sanction(by, member, story):
        raise NotAllowed("You may not do this to this member, or not about this story.")
    if latest_text(story) is None:
        raise WrongState("The editors were never sent this story, so nobody is held to it.")
    running = Sanction.objects.filter(member=member).suspending(at).select_related("given_by").first()
    if ends_at is not None and running is not None:
        who = "You have" if running.given_by_id == by.pk else f"{running.given_by.name} has"
        raise AlreadyThere(f"{who} suspended this member already. Nothing was done twice.")
    language = story.published_revision.language if story.published_revision else story.draft.language
    kind = Sanction.Kind.WARNING if ends_at is None else Sanction.Kind.SUSPENSION
    given = Sanction.objects.create(
        member=member,
        kind=kind,
        story=story,
        ground=words_of(reason, language),
        note=note,
        key=key,
        given_by=by,
        given_at=at,
        ends_at=ends_at,
    )
    action = SanctionAction.WARN if ends_at is None else SanctionAction.SUSPEND
    event = _record_move(given, action, source="", by=by, at=at)
    note_record(member.pk)
    return given, event


def lift(given: Sanction, *, by: User, at: datetime) -> None:
    """As its appeal is upheld. One whose time is over already has nothing left to lift."""
    given = lock_sanction(given)
    if given.state is SanctionState.SUSPENDED:
        _end(given, SanctionAction.LIFT, by=by, at=at)


def end_suspensions(*, at: datetime | None = None, at_most: int = 50) -> int:
    """Writes down that their time is over; returns how many. Run by the clock."""
    at = at or timezone.now()
    ended = 0
    for pk in list(Sanction.objects.over(at).order_by("ends_at").values_list("pk", flat=True)[:at_most]):
        with transaction.atomic():
            locked = Sanction.objects.over(at).select_for_update(skip_locked=True, of=("self",))
            given = locked.select_related("story", "member").filter(pk=pk).first()
            if given is None:
                continue
            tell_ended(_end(given, SanctionAction.END, by=None, at=at), given)
            ended += 1
    return ended


def latest_text(story: Story) -> Revision | None:
    """What readers see of it, else what was sent to the editors last."""
    if story.published_revision is not None:
        return story.published_revision
    sent = story.submissions.select_related("revision").order_by("-id").first()
    return sent.revision if sent is not None else None


def lock_sanction(given: Sanction) -> Sanction:
    found = Sanction.objects.select_for_update(of=("self",)).select_related("story", "member")
    return found.get(pk=given.pk)


def _end(given: Sanction, action: SanctionAction, *, by: User | None, at: datetime) -> Event:
    source = given.state
    given.end = check_once(SANCTION_MOVES, action, source, done="This suspension has ended already.")
    given.ended_at = at
    given.save(update_fields=["ended_at", "end"])
    return _record_move(given, action, source=source, by=by, at=at)


def _record_move(
    given: Sanction, action: SanctionAction, *, source: str, by: User | None, at: datetime
) -> Event:
    """Without a note: the words stand in the warning or the suspension, and other authors do not read them."""
    named: dict[str, object] = {"sanction": given.pk}
    return record_move(
        given.story, action, machine="sanction", source=source, target=given.state, by=by, at=at, data=named
    )
