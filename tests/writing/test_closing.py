"""The pages of closing an account: what is said, the password asked anew, and the button that keeps it."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from stories.models import Closing, Story
from tests.cast import PASSWORD
from tests.stories import make_coauthor, make_draft, make_published

PAGE = "/writing/closing/"


@pytest.fixture
def desk(author) -> Client:
    cache.clear()
    client = Client()
    client.force_login(author)
    return client


def test_account_is_closed_after_the_password_and_kept_by_one_button(desk, author, editor):
    make_published(author, editor=editor)
    assert "Close your account" in desk.get("/accounts/settings/").content.decode()
    assert "You wrote 1 that readers find now" in desk.get(PAGE).content.decode()

    asked = desk.post(PAGE, {"stories": "nameless"})
    assert asked.url.startswith("/accounts/reauthenticate/")
    assert not Closing.objects.exists()
    done = desk.post(asked.url, {"password": PASSWORD}, follow=True)

    assert Closing.objects.get().stories == "nameless"
    said = done.content.decode()
    assert "Your account will be closed" in said
    assert "without my name" in said
    for page in ("/writing/", "/accounts/settings/"):
        assert "Keep my account" in desk.get(page).content.decode()
    kept = desk.post("/writing/closing/keeping/", follow=True).content.decode()
    assert "Your account stays" in kept
    assert "Keep my account" not in kept
    assert User.objects.get(pk=author.pk).closes_at is None


def test_choice_is_asked_and_never_guessed(desk, author):
    desk.post("/accounts/reauthenticate/", {"password": PASSWORD})

    for data in ({}, {"stories": "something"}):
        answer = desk.post(PAGE, data)
        assert answer.status_code == 400
        assert "Your account is as it was" in answer.content.decode()
    assert not Closing.objects.exists()


def test_forms_sent_twice_act_once(desk, author):
    desk.post("/accounts/reauthenticate/", {"password": PASSWORD})

    said = [desk.post(PAGE, {"stories": "named"}, follow=True).content.decode() for _ in range(2)]
    kept = [desk.post("/writing/closing/keeping/", follow=True).content.decode() for _ in range(2)]

    assert "is being closed already" in said[1]
    assert "not being closed" in kept[1]
    assert Closing.objects.count() == 1


def test_closing_is_for_members_and_changes_nothing_when_looked_at(author):
    stranger = Client()

    assert stranger.get(PAGE).status_code == stranger.post(PAGE).status_code == 302
    assert stranger.post("/writing/closing/keeping/").status_code == 302
    assert not Closing.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_closing_page_says_who_leads_what_then(desk, author, other_author, django_assert_num_queries, number):
    for _ in range(number):
        make_coauthor(make_draft(author, title="Ours"), other_author)
    desk.get(PAGE)

    with django_assert_num_queries(11):
        page = desk.get(PAGE).content.decode()

    assert page.count("goes to <bdi>Bilal Khan</bdi>") == number
    assert Story.objects.count() == number
