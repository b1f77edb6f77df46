"""Which mails somebody wants: chosen on a page, or turned off from the mail itself by one click without signing in."""

import re

import pytest
from django.core import mail
from django.test import Client

from stories.models import MailChoice, Notice, Reason
from stories.notices.choosing import KINDS, stop_path
from stories.notices.delivering import compose, deliver_due
from tests.stories import make_coauthor, make_declined, make_draft, make_published


@pytest.fixture
def invited(author, other_author) -> Notice:
    make_coauthor(make_draft(author), other_author)
    return Notice.objects.get(kind="invite")


def stop_of(notice: Notice) -> str:
    headers = compose(notice).extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (path,) = re.fullmatch(r"<https?://[^/]+(/.+)>", headers["List-Unsubscribe"]).groups()
    return path


def test_one_click_turns_off_that_kind_and_no_other(invited, author, other_author, editor, reason):
    path = stop_of(invited)
    stranger = Client(enforce_csrf_checks=True)

    page = stranger.get(path)
    assert page.status_code == 200
    assert "Writing together" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not MailChoice.objects.exists()
    for _ in range(2):
        done = stranger.post(path, {"List-Unsubscribe": "One-Click"})
        assert (done.status_code, "These mails are off" in done.content.decode()) == (200, True)
    assert list(MailChoice.objects.values_list("member", "off")) == [(other_author.pk, ["together"])]

    make_declined(other_author, editor=editor, reason=reason)
    deliver_due()
    invited.refresh_from_db()
    assert (invited.mail, invited.read_at) == (Notice.Mail.NONE, None)
    assert [sent.to for sent in mail.outbox if sent.to == [other_author.email]] == [[other_author.email]]


def test_decision_about_ones_own_story_cannot_be_turned_off(author, editor, reason):
    make_published(author, editor=editor)
    make_declined(author, editor=editor, reason=reason)
    MailChoice.objects.create(member=author, off=list(KINDS))

    assert deliver_due() == 2
    for sent in mail.outbox:
        assert "List-Unsubscribe" not in sent.extra_headers
        assert "/writing/mails/\n" in sent.body


@pytest.mark.parametrize("token", ["x", "WzEsImEiXQ:1:x"])
def test_address_that_was_tampered_with_turns_nothing_off(invited, token):
    path = stop_of(invited)

    assert Client().post(f"/writing/mails/stop/{token}/").status_code == 404
    assert Client().post(path[:-3] + "xx/").status_code == 404
    assert Client().post(stop_path(invited.recipient_id, "decisions")).status_code == 404
    assert not MailChoice.objects.exists()


def test_member_chooses_mails_and_language(author):
    client = Client()
    client.force_login(author)
    page = client.get("/writing/mails/").content.decode()
    assert page.count('name="kinds"') == page.count("checked") == 2
    assert "Time zone" not in page

    sent = client.post("/writing/mails/", {"language": "hi", "kinds": ["talk"]})

    assert sent.status_code == 302
    author.refresh_from_db()
    choice = MailChoice.objects.get(member=author)
    assert (author.mail_language, choice.off, choice.zone) == ("hi", ["together"], "")
    assert client.post("/writing/mails/", {"language": "xx", "kinds": ["all"]}).status_code == 422


def test_editor_chooses_the_daily_mail_and_its_zone(editor):
    client = Client()
    client.force_login(editor)

    client.post(
        "/writing/mails/", {"language": "", "kinds": ["talk", "together", "desk"], "zone": "Europe/Lisbon"}
    )

    choice = MailChoice.objects.get(member=editor)
    assert (choice.off, choice.zone) == (["digest"], "Europe/Lisbon")


@pytest.fixture
def reason(db) -> Reason:
    return Reason.objects.get(code="advertising")
