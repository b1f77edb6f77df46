"""Somebody without an account is invited by mail: from the mail's link through the sign-up to the invitation."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from stories.notices.delivering import deliver_due
from stories.workflow.inviting import invite
from tests.stories import make_draft

CODE = re.compile(r"^([BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4})$", re.M)
INVITED = "nadia@example.org"


@pytest.fixture
def path_in_mail(author) -> str:
    cache.clear()  # which counts sign-ups
    invite(make_draft(author, title="Two ovens"), by=author, email=INVITED)
    deliver_due()
    (found,) = re.findall(r"http://testserver(/accounts/signup/\S+)", mail.outbox[-1].body)
    return found


def test_invited_stranger_signs_up_and_stands_before_the_invitation(page, path_in_mail, quiet, axe):
    page.goto(path_in_mail)
    page.get_by_label("E-mail address").fill("nadja@example.org")
    sign_up(page, username="nadja")
    page.get_by_role("button", name="Start over").click()  # that was not her address
    expect(page.get_by_label("E-mail address")).to_have_value("")
    page.get_by_label("E-mail address").fill(INVITED)
    sign_up(page, username="nadia")
    page.get_by_label("Code").fill(CODE.search(mail.outbox[-1].body)[1])
    page.get_by_role("button", name="Confirm").click()

    expect(page.get_by_role("heading", level=1).first).to_have_text("Asha Rao invites you to write with them")
    expect(page.get_by_text("The story is “Two ovens”.")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Accept and write with them").click()
    expect(page.get_by_label("Title")).to_have_value("Two ovens")


def sign_up(page, *, username: str) -> None:
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill("a sentence is a good password")
    page.get_by_label("I am 16 years old or older.").check()
    page.get_by_label("I have read the terms").check()
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_label("Code")).to_be_visible()


def test_other_account_is_told_the_same_whether_there_is_an_invitation_or_not(author, reader, path_in_mail):
    invitation = author.stories.get().invitations.get()
    client = Client()
    client.force_login(reader)
    paths = [reverse("writing:invitation", args=[pk]) for pk in (invitation.pk, invitation.pk + 1)]

    there, nowhere = (client.get(path) for path in paths)

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert "You are signed in as <bdi>rosa-lopez</bdi>" in there.content.decode()
    mains = [re.search("<main.*</main>", page.content.decode(), re.S)[0] for page in (there, nowhere)]
    assert mains[0] == mains[1]
