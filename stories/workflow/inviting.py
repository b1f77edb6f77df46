"""Asks somebody to write a story too. Nobody is named as an author who has not said yes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.addresses import addresses_of, member_at
from accounts.models import User
from stories.models import Invitation, Story
from stories.notices.inviting import tell_declined, tell_invited
from stories.permissions import may_lead, writes
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale, WrongState
from stories.workflow.coauthoring import join
from stories.workflow.locking import lock_story, refuse_leaving
from stories.workflow.recording import record_change

LASTS = timedelta(days=14)
AUTHORS_A_STORY = 10  # with those who are asked


def invitations_for(user: User) -> QuerySet[Invitation]:
    """Those that `user` may answer: by name, or to an address that is theirs for certain."""
    mine = Q(member=user) | Q(member=None, email__in=addresses_of(user))
    return Invitation.objects.filter(mine, story__deleted_at__isnull=True).select_related(
        "story__draft", "story__author", "invited_by"
    )


@transaction.atomic
def invite(
    story: Story, *, by: User, username: str = "", email: str = "", at: datetime | None = None
) -> Invitation:
    """By user name or by e-mail address. What is said never tells whether an address has an account here.

    Raises Incomplete (field "who") when they cannot be asked, AlreadyThere when they are asked already.
    """
    at = at or timezone.now()
    story = lock_story(story)
    if not may_lead(by, story):
        raise NotAllowed("Only who leads the story invites others to it.")
    refuse_leaving(by)
    end_old_invitations(at=at, story=story)
    member = _member(story, username) if username else None
    email = "" if member else email.lower()
    if email and email in {*addresses_of(by), by.email.lower()}:
        raise Incomplete("This address is your own. You are one of its authors already.", field="who")
    asked = story.invitations.filter(member=member, email=email)
    if asked.filter(state=Invitation.State.WAITING).exists():
        raise AlreadyThere("They are invited already, and have not answered yet. Nothing was sent again.")
    if asked.filter(state=Invitation.State.DECLINED, answered_at__gt=at - LASTS).exists():
        raise Incomplete("They declined an invitation to this story a short while ago.", field="who")
    waiting = story.invitations.filter(state=Invitation.State.WAITING).count()
    if story.authorships.current().count() + waiting >= AUTHORS_A_STORY:
        raise Incomplete(
            f"A story has at most {AUTHORS_A_STORY} authors, with those who are invited.", field="who"
        )
    invitation = Invitation.objects.create(
        story=story, invited_by=by, member=member, email=email, invited_at=at, expires_at=at + LASTS
    )
    event = record_change(story, "invite", by=by, at=at, data={"invitation": invitation.pk})
    tell_invited(event, invitation, member=member or member_at(email))
    return invitation


def _member(story: Story, username: str) -> User:
    member = User.objects.filter(username=username.lower(), is_active=True).first()
    if member is None:
        raise Incomplete("Nobody here has this user name. Look at how it is spelled.", field="who")
    if writes(member, story):
        raise Incomplete(f"{member.name} is one of its authors already.", field="who")
    return member


@transaction.atomic
def accept(invitation: Invitation, *, by: User, at: datetime | None = None) -> Story:
    """From now on `by` is an author of the story and named as one."""
    at = at or timezone.now()
    refuse_leaving(by)
    invitation = _open(invitation, Invitation.State.ACCEPTED, by=by, at=at)
    if not writes(by, invitation.story):
        join(invitation.story, by=by, at=at)
    return invitation.story


@transaction.atomic
def decline(invitation: Invitation, *, by: User, at: datetime | None = None) -> Invitation:
    """Whoever invited is told, in the name or the address that they invited."""
    at = at or timezone.now()
    invitation = _open(invitation, Invitation.State.DECLINED, by=by, at=at)
    event = record_change(
        invitation.story, "decline_invitation", by=None, at=at, data={"invitation": invitation.pk}
    )
    tell_declined(event, invitation)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User, at: datetime | None = None) -> Invitation:
    at = at or timezone.now()
    story = lock_story(invitation.story)
    if not may_lead(by, story):
        raise NotAllowed("Only who leads the story takes an invitation back.")
    return _end(_again(invitation, Invitation.State.WITHDRAWN), Invitation.State.WITHDRAWN, at=at)


def _open(invitation: Invitation, answer: Invitation.State, *, by: User, at: datetime) -> Invitation:
    """The invitation as it is now, answered. Story first, as everywhere."""
    story = lock_story(invitation.story)
    invitation = _again(invitation, answer)
    invitation.story = story
    if not invitations_for(by).filter(pk=invitation.pk).exists():
        raise NotAllowed("This invitation is for somebody else.")
    if invitation.expires_at <= at:
        raise Stale("This invitation ran out. Ask for a new one if you still want to write with them.")
    return _end(invitation, answer, at=at)


def _again(invitation: Invitation, answer: Invitation.State) -> Invitation:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state == answer:
        raise AlreadyThere("This has been done already; nothing was changed.")
    if not invitation.is_waiting:
        raise WrongState(
            f"This invitation {_ENDED[Invitation.State(invitation.state)]}. Nothing was changed."
        )
    return invitation


_ENDED = {
    Invitation.State.ACCEPTED: "has been accepted",
    Invitation.State.DECLINED: "has been declined",
    Invitation.State.WITHDRAWN: "was taken back",
    Invitation.State.RUN_OUT: "ran out",
}


def _end(invitation: Invitation, state: Invitation.State, *, at: datetime) -> Invitation:
    invitation.state = state
    invitation.answered_at = at
    invitation.save(update_fields=["state", "answered_at"])
    return invitation


def end_old_invitations(*, at: datetime | None = None, story: Story | None = None) -> int:
    """Those nobody answered in time; returns how many. Run by the clock."""
    at = at or timezone.now()
    old = Invitation.objects.run_out(at)
    if story is not None:
        old = old.filter(story=story)
    return old.update(state=Invitation.State.RUN_OUT, answered_at=at)
