"""Tells somebody that they are invited to write a story, and whoever invited that they will not."""

from urllib.parse import quote

from django.conf import settings

from accounts.models import User
from stories.models import Event, Invitation, Notice
from stories.notices.saying import Moment, paragraphs, say
from stories.notices.telling import put
from stories.notices.words import Words, desk, title_of


def tell_invited(event: Event, invitation: Invitation, *, member: User | None) -> Notice | None:
    """On the site and by mail; to an address that nobody here has, by mail alone.

    A mail to an address holds no words that whoever invites may choose: else it could be made to say anything.
    """
    by, path = invitation.invited_by, f"/writing/invitations/{invitation.pk}/"
    until = Moment(invitation.expires_at, "l j F Y")
    if invitation.member:
        subject = say(
            "%(name)s invites you to write “%(title)s” with them", name=by.name, title=title_of(event)
        )
    else:
        subject = say("The member %(name)s invites you to write a story with them", name=by.username)
    text = paragraphs(
        say(
            "You are invited to be one of its authors on %(site)s. You can read what is there first.",
            site=settings.SITE_NAME,
        ),
        say(
            "Only if you accept are you named as an author; then you can change the text, and you are told what the "
            "editors decide. An editor who accepts does not decide on the story."
        ),
        say("Answer until %(until)s. If you do nothing, nothing happens.", until=until),
    )
    if member is None:
        link = f"/accounts/signup/?next={quote(path, safe='')}"
        text = paragraphs(
            text,
            say(
                "You need an account for this address at %(site)s, a place where a community publishes under an "
                "editor’s eye. The link leads to signing up, and from there to the invitation. If you do not know who "
                "this is, you need not answer.",
                site=settings.SITE_NAME,
            ),
        )
        words = Words(subject, text, link, say("Sign up and read the invitation"))
        return put(event, words, address=invitation.email)
    if member in event.story.authors():
        return None
    return put(event, Words(subject, text, path, say("Read the invitation")), recipient=member)


def tell_declined(event: Event, invitation: Invitation) -> Notice:
    words = Words(
        say("%(name)s will not write “%(title)s” with you", name=invitation.called, title=title_of(event)),
        say("They declined your invitation. Nothing in your story changes."),
        f"{desk(event)}authors/",
        say("See who writes it"),
    )
    return put(event, words, recipient=invitation.invited_by)
