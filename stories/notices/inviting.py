"""Tells somebody that they are invited to write a story, and whoever invited that they will not."""

from urllib.parse import quote

from django.conf import settings
from django.utils import formats, timezone

from accounts.models import User
from stories.models import Event, Invitation, Notice
from stories.notices.telling import put
from stories.notices.words import Words, desk, paragraphs, title_of


def tell_invited(event: Event, invitation: Invitation, *, member: User | None) -> Notice | None:
    """On the site and by mail; to an address that nobody here has, by mail alone.

    A mail to an address holds no words that whoever invites may choose: else it could be made to say anything.
    """
    by, path = invitation.invited_by, f"/writing/invitations/{invitation.pk}/"
    until = formats.date_format(timezone.localtime(invitation.expires_at), "l j F Y")
    if invitation.member:
        subject = f"{by.name} invites you to write “{title_of(event)}” with them"
    else:
        subject = f"The member {by.username} invites you to write a story with them"
    text = paragraphs(
        f"You are invited to be one of its authors on {settings.SITE_NAME}. You can read what is there first.",
        "Only if you accept are you named as an author; then you can change the text, and you are told what the "
        "editors decide. An editor who accepts does not decide on the story.",
        f"Answer until {until}. If you do nothing, nothing happens.",
    )
    if member is None:
        link = f"/accounts/signup/?next={quote(path, safe='')}"
        text = paragraphs(
            text,
            f"You need an account for this address at {settings.SITE_NAME}, a place where a community publishes "
            "under an editor’s eye. The link leads to signing up, and from there to the invitation. If you do not "
            "know who this is, you need not answer.",
        )
        return put(
            event, Words(subject, text, link, "Sign up and read the invitation"), address=invitation.email
        )
    if member in event.story.authors():
        return None
    return put(event, Words(subject, text, path, "Read the invitation"), recipient=member)


def tell_declined(event: Event, invitation: Invitation) -> Notice:
    words = Words(
        f"{invitation.called} will not write “{title_of(event)}” with you",
        "They declined your invitation. Nothing in your story changes.",
        f"{desk(event)}authors/",
        "See who writes it",
    )
    return put(event, words, recipient=invitation.invited_by)
