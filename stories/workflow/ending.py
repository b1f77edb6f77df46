"""The end of an account: its 14 days are over, and its stories stay, change hands or go, as its member chose."""

import logging
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.addresses import addresses_of
from accounts.closing import empty
from accounts.models import User
from stories.models import (
    Archive,
    Authorship,
    Closing,
    Draft,
    HandOver,
    Invitation,
    MailChoice,
    Notice,
    Picture,
    PreviewLink,
    SavedText,
    Story,
)
from stories.models.written import Written
from stories.notices.telling import tell_author
from stories.status import StoryState
from stories.workflow.closing import heir_of, led_by, put_back_claims, take_back_all
from stories.workflow.coauthoring import leave
from stories.workflow.deleting import erase_locked
from stories.workflow.handing_over import pass_on
from stories.workflow.listing import list_story
from stories.workflow.publishing import unlist
from stories.workflow.unused import throw_away_unused_of

log = logging.getLogger(__name__)


def end_closings(*, at: datetime | None = None, at_most: int = 5) -> int:
    """Closes the accounts whose time is over; returns how many. Run by the clock."""
    at = at or timezone.now()
    ended = 0
    over = Closing.objects.over(at).order_by("ends_at")
    for pk in over.values_list("pk", flat=True)[:at_most]:
        try:
            ended += _end(pk, at=at)
        except Exception:  # one account that cannot be closed keeps no other one open
            log.exception("closing %s: the account could not be closed", pk)
    return ended


@transaction.atomic
def _end(pk: int, *, at: datetime) -> bool:
    """The member first, as whoever takes it back does; then the closing as it is now."""
    member_id = Closing.objects.values_list("member", flat=True).get(pk=pk)
    member = (
        User.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
        .filter(pk=member_id)
        .first()
    )
    closing = Closing.objects.over(at).select_for_update(of=("self",)).filter(pk=pk).first()
    if member is None or closing is None:
        return False
    chosen = Closing.Stories(closing.stories)
    put_back_claims(member, at=at)
    for story in led_by(member):
        _settle(story, member, chosen, at=at)
    if chosen is not Closing.Stories.NAMED:
        written = Authorship.objects.filter(author=member, left_at=None).exclude(story__author=member)
        for row in written.select_related("story").order_by("story"):
            leave(row.story, by=member, at=at)
    address = member.email
    _forget(member)
    empty(member, keeps_name=chosen is Closing.Stories.NAMED, at=at)
    for row in Authorship.objects.filter(author=member, left_at=None, listed_at__isnull=False):
        list_story(row.story)  # the search knows them by another name now, or by none
    throw_away_unused_of(member)
    closing.ended_at, closing.address = at, address
    closing.mail, closing.mail_due_at = Closing.Mail.ENDED, at
    closing.save(update_fields=["ended_at", "address", "mail", "mail_due_at"])
    return True


def _settle(story: Story, member: User, chosen: Closing.Stories, *, at: datetime) -> None:
    """Written with others it stays with them; else it stays or goes. The caller holds the story's row."""
    heir = None if story.is_deleted else heir_of(story)
    if heir is not None:
        event = pass_on(story, to=heir, by=None, at=at)
        if chosen is not Closing.Stories.NAMED:
            leave(story, by=member, at=at)
        tell_author(event)
        return
    if not story.is_deleted:
        take_back_all(story, by=member, at=at)
    if story.is_public and chosen is Closing.Stories.GONE:
        story = unlist(story, by=member, at=at)
    story.refresh_from_db()
    if story.state in {StoryState.DRAFT, StoryState.UNLISTED}:
        erase_locked(story, by=member, at=at)
    else:
        _strip(story, at=at)


def _strip(story: Story, *, at: datetime) -> None:
    """Of a story that stays, or that the editors removed, no text stays that was not submitted."""
    shown = story.published_revision
    names = [field.name for field in Written._meta.get_fields()]
    texts = {name: getattr(shown, name) for name in names}
    Draft.objects.filter(story=story).update(**texts, version=F("version") + 1, saved_at=at, saved_from="")
    SavedText.objects.filter(story=story).delete()
    PreviewLink.objects.filter(story=story).delete()


def _forget(member: User) -> None:
    """What was for the member alone, or knew an address of theirs."""
    addresses = [*addresses_of(member), member.email.lower()]
    for archive in Archive.objects.filter(owner=member).exclude(name=""):
        transaction.on_commit(lambda name=archive.name: default_storage.delete(name))  # type: ignore[misc]
    Archive.objects.filter(owner=member).delete()
    Notice.objects.filter(Q(recipient=member) | Q(address__in=addresses)).delete()
    MailChoice.objects.filter(member=member).delete()
    Invitation.objects.filter(Q(member=member) | Q(email__in=addresses)).delete()
    HandOver.objects.filter(Q(offered_by=member) | Q(offered_to=member)).delete()
    PreviewLink.objects.filter(made_by=member).delete()
    Picture.objects.filter(owner=member).update(variants_due_at=None)
