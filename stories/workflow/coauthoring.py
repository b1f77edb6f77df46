"""Who writes a story: to join it and to leave it, and the order of the names."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from stories.models import Authorship, Claim, Event, HandOver, Story, Submission
from stories.notices.telling import tell_author
from stories.permissions import may_lead, writes
from stories.status import AlreadyThere, NotAllowed, Stale, WrongState
from stories.workflow.claiming import let_go
from stories.workflow.listing import list_story
from stories.workflow.locking import lock_story
from stories.workflow.recording import record_change


def join(story: Story, *, by: User, at: datetime) -> Event:
    """Puts `by` last among the authors and tells the others. The caller holds the story's row.

    Who is reading the story as its editor puts it back first: nobody is both.
    """
    story.submissions.open().select_for_update(no_key=True, of=("self",)).first()
    for held in Claim.objects.live().filter(submission__story=story, editor=by):
        let_go(held, by=by, note="Became one of its authors.", at=at)
    last = story.authorships.aggregate(last=Max("position"))["last"] or 0
    Authorship.objects.update_or_create(
        story=story, author=by, defaults={"position": last + 1, "joined_at": at, "left_at": None}
    )
    list_story(story)
    event = record_change(story, "join", by=by, at=at, submission=_last_submission(story))
    tell_author(event)
    return event


@transaction.atomic
def leave(story: Story, *, by: User, at: datetime | None = None) -> Event:
    """Takes `by` off the story: the name goes from it at once, what they wrote stays in it."""
    at = at or timezone.now()
    story = lock_story(story)
    if story.author_id == by.pk:
        raise WrongState(
            "You lead this story, so you cannot leave it yet. Hand it over to another of its authors first."
        )
    if not writes(by, story):
        raise AlreadyThere("You are not among its authors any more; nothing was changed.")
    story.authorships.filter(author=by).update(left_at=at, listed_at=None)
    story.hand_overs.waiting().filter(offered_to=by).update(state=HandOver.State.WITHDRAWN, answered_at=at)
    list_story(story)
    event = record_change(story, "leave", by=by, at=at, submission=_last_submission(story))
    tell_author(event)
    return event


@transaction.atomic
def order_authors(
    story: Story, usernames: Sequence[str], *, by: User, at: datetime | None = None
) -> list[User]:
    """The names in this order from now on. Raises Stale when the authors are others by now."""
    at = at or timezone.now()
    story = lock_story(story)
    if not may_lead(by, story):
        raise NotAllowed("Only who leads the story orders the names.")
    rows = {row.author.username: row for row in story.authorships.current().select_related("author")}
    if sorted(rows) != sorted(usernames):
        raise Stale("Its authors have changed since you opened this page. Here they are now.")
    if list(rows) == list(usernames):
        raise AlreadyThere("The names stand in this order already; nothing was changed.")
    for place, username in enumerate(usernames):
        rows[username].position = place
    Authorship.objects.bulk_update(rows.values(), ["position"])
    record_change(story, "order_authors", by=by, at=at)
    return [rows[username].author for username in usernames]


def _last_submission(story: Story) -> Submission | None:
    return story.submissions.order_by("-id").first()
