"""Who leads a story: offered to one of its authors, taken by them, and free to leave then who led it before."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Event, HandOver, Story
from stories.notices.handing_over import tell_offered, tell_refused
from stories.notices.telling import tell_author
from stories.permissions import leads, may_lead
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale
from stories.workflow.deleting import refuse_deleted
from stories.workflow.locking import lock_story, refuse_leaving
from stories.workflow.recording import record_change


@transaction.atomic
def offer(story: Story, *, to: str, by: User, at: datetime | None = None) -> HandOver:
    """Asks the author with this user name to lead the story from now on. Nothing changes before they say yes."""
    at = at or timezone.now()
    story = lock_story(story)
    if not may_lead(by, story):
        raise NotAllowed("Only who leads the story hands it over.")
    refuse_deleted(story)
    if story.hand_overs.waiting().exists():
        raise AlreadyThere("Somebody is asked already. Take that back first, if you mean another author.")
    author = next((person for person in story.authors() if person.username == to), None)
    if author is None or author.pk == by.pk or not author.is_active:
        raise Incomplete("Choose one of its other authors. Nothing was changed.", field="to")
    asked = HandOver.objects.create(story=story, offered_by=by, offered_to=author, offered_at=at)
    tell_offered(record_change(story, "offer_hand_over", by=by, at=at, data={"to": author.pk}), asked)
    return asked


@transaction.atomic
def take_over(story: Story, *, by: User, at: datetime | None = None) -> Story:
    """`by` was asked and says yes: from now on they lead it, and who did can leave."""
    at = at or timezone.now()
    story = lock_story(story)
    refuse_deleted(story)
    if leads(by, story):
        raise AlreadyThere("You lead this story already; nothing was changed.")
    refuse_leaving(by)
    _end(_asked(story, by), HandOver.State.ACCEPTED, at=at)
    tell_author(pass_on(story, to=by, by=by, at=at))
    return story


@transaction.atomic
def decline(story: Story, *, by: User, at: datetime | None = None) -> HandOver:
    at = at or timezone.now()
    story = lock_story(story)
    asked = _end(_asked(story, by), HandOver.State.DECLINED, at=at)
    tell_refused(record_change(story, "decline_hand_over", by=by, at=at), asked)
    return asked


@transaction.atomic
def withdraw_offer(story: Story, *, by: User, at: datetime | None = None) -> None:
    at = at or timezone.now()
    story = lock_story(story)
    if not may_lead(by, story):
        raise NotAllowed("Only who leads the story takes this back.")
    if not _end_offers(story, at=at):
        raise AlreadyThere("Nobody is asked any more; nothing was changed.")


def pass_on(story: Story, *, to: User, by: User | None, at: datetime) -> Event:
    """The story is led by `to`, who is one of its authors. The caller holds the story's row and tells."""
    before = story.author_id
    event = record_change(story, "hand_over", by=by, at=at, data={"from": before, "to": to.pk})
    story.author = to
    story.save(update_fields=["author"])
    _end_offers(story, at=at)
    return event


def _end_offers(story: Story, *, at: datetime) -> int:
    return story.hand_overs.waiting().update(state=HandOver.State.WITHDRAWN, answered_at=at)


def _asked(story: Story, by: User) -> HandOver:
    asked = story.hand_overs.waiting().filter(offered_to=by).select_related("offered_by").first()
    if asked is None or not by.is_active:
        raise Stale("You are not asked to lead this story any more. Nothing was changed.")
    return asked


def _end(asked: HandOver, state: HandOver.State, *, at: datetime) -> HandOver:
    asked.state = state
    asked.answered_at = at
    asked.save(update_fields=["state", "answered_at"])
    return asked
