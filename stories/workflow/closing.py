"""Closing an account: begun by its member, and for 14 days taken back by one button. What ends it: ending.py."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.closing import is_last_chief_editor, set_day
from accounts.models import User
from stories.models import Authorship, Claim, Closing, Invitation, ReportClaim, Story
from stories.models.closing import STAYS_OPEN
from stories.notices.closing import tell_leaving, tell_staying
from stories.status import AlreadyThere, StoryState, SubmissionState, WrongState
from stories.workflow.claiming import interrupt, let_go
from stories.workflow.locking import lock_story
from stories.workflow.publishing import unschedule
from stories.workflow.recording import record_change
from stories.workflow.report_claiming import release_reports
from stories.workflow.submitting import withdraw

_NOTE = "Its author is closing the account."


@dataclass(frozen=True)
class Stakes:
    """What a member has here that closing the account changes. `handed_over` is each story with who leads it then."""

    public: int
    never_public: int
    written_with: int
    handed_over: list[tuple[Story, User]]


def stakes_of(member: User) -> Stakes:
    mine = Story.objects.filter(author=member, erased_at__isnull=True)
    shared = mine.kept().filter(_others(member))
    alone = mine.exclude(pk__in=shared.values("pk"))
    public = alone.filter(state=StoryState.PUBLISHED).count()
    listed = list(shared.select_related("draft").order_by("-id")[:50])
    people: dict[int, list[User]] = {}
    for row in Authorship.objects.filter(story__in=listed).current().select_related("author"):
        people.setdefault(row.story_id, []).append(row.author)
    heirs = [(story, _heir(people[story.pk], member.pk)) for story in listed]
    return Stakes(
        public=public,
        never_public=alone.exclude(state__in=[StoryState.PUBLISHED, StoryState.REMOVED]).count(),
        written_with=Story.objects.written_by(member).exclude(author=member).count(),
        handed_over=[(story, heir) for story, heir in heirs if heir],
    )


def heir_of(story: Story) -> User | None:
    """Who leads it when its leader is gone: the next of its authors, if one is left who is not leaving too."""
    return _heir(story.authors(), story.author_id)


def _heir(people: list[User], leader_id: int) -> User | None:
    others = [person for person in people if person.is_active and person.pk != leader_id]
    return next((person for person in others if not person.is_leaving), next(iter(others), None))


@transaction.atomic
def begin(*, by: User, stories: Closing.Stories, at: datetime | None = None) -> Closing:
    """Nothing new begins from now on; what was under way is taken back, and co-authors are told."""
    at = at or timezone.now()
    member = _lock(by)
    if member.is_leaving:
        raise AlreadyThere("Your account is being closed already; nothing was changed.")
    if is_last_chief_editor(member):
        raise WrongState(
            "You are the only chief editor, and somebody has to answer for the site. Have another one appointed "
            "first. Nothing was changed."
        )
    closing = Closing.objects.create(
        member=member, stories=stories, begun_at=at, ends_at=at + STAYS_OPEN, mail_due_at=at
    )
    set_day(member, closing.ends_at)
    put_back_claims(member, at=at)
    for story in led_by(member):
        _stop(story, by=member, closing=closing, at=at)
    by.closes_at = member.closes_at
    return closing


def _stop(story: Story, *, by: User, closing: Closing, at: datetime) -> None:
    """What is written with others goes on; what is not, is with the editors no more."""
    waiting = story.invitations.filter(state=Invitation.State.WAITING)
    waiting.update(state=Invitation.State.WITHDRAWN, answered_at=at)
    heir = None if story.is_deleted else heir_of(story)
    if heir is None:
        take_back_all(story, by=by, at=at)
    else:
        tell_leaving(record_change(story, "announce_leaving", by=by, at=at), heir, closing)


def take_back_all(story: Story, *, by: User, at: datetime) -> None:
    """Out of the queue, from an editor's hands, and off the calendar. The caller holds the story's row."""
    submission = story.submissions.open().first()
    if submission is not None:
        if submission.state == SubmissionState.IN_REVIEW:
            interrupt(submission.claims.live().get(), at=at)
        withdraw(story, by=by, note=_NOTE, at=at)
    if story.is_scheduled:
        unschedule(story, by=by, note=_NOTE, at=at)


def put_back_claims(member: User, *, at: datetime) -> None:
    for claim in Claim.objects.live().filter(editor=member).order_by("submission"):
        let_go(claim, by=member, at=at)
    for held in ReportClaim.objects.live().filter(editor=member).order_by("group"):
        release_reports(held, by=member, at=at)


def led_by(member: User) -> list[Story]:
    """All of theirs that are still there, each held until the transaction ends."""
    mine = Story.objects.filter(author=member, erased_at__isnull=True).order_by("id")
    return [lock_story(story) for story in mine]


@transaction.atomic
def take_back(*, by: User, at: datetime | None = None) -> Closing:
    """The account stays, as it was. What was taken back from the editors can be submitted again."""
    at = at or timezone.now()
    member = _lock(by)
    closing = Closing.objects.live().filter(member=member).first()
    if closing is None:
        raise AlreadyThere("Your account is not being closed; nothing was changed.")
    closing.taken_back_at = at
    closing.mail_due_at = None
    closing.save(update_fields=["taken_back_at", "mail_due_at"])
    set_day(member, None)
    for story in Story.objects.kept().filter(_others(member), author=member).order_by("id"):
        tell_staying(record_change(story, "announce_staying", by=member, at=at))
    by.closes_at = None
    return closing


def live_closing(member: User) -> Closing | None:
    return Closing.objects.live().filter(member=member).first()


def _others(member: User) -> Exists:
    """Whether somebody else who is still here writes the story too."""
    rows: QuerySet[Authorship] = Authorship.objects.filter(
        story=OuterRef("pk"), left_at__isnull=True, author__is_active=True
    )
    return Exists(rows.exclude(author=member))


def _lock(member: User) -> User:
    return User.objects.select_for_update(no_key=True, of=("self",)).get(pk=member.pk)
