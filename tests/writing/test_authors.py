"""The pages of writing with others: the authors' page, the invitation, and what a stranger learns of it."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stories.models import Invitation, Notice, Story
from stories.notices.delivering import compose
from stories.workflow.inviting import decline, invite
from stories.writing import limits
from tests.cast import make_member
from tests.stories import make_claimed, make_coauthor, make_draft, make_waiting
from tests.writing.test_saving import sent


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def desk(author) -> Client:
    cache.clear()
    return signed_in(author)


@pytest.fixture
def other_desk(other_author) -> Client:
    return signed_in(other_author)


def address(name: str, *gaps: object) -> str:
    return reverse(f"writing:{name}", args=gaps)


def test_invitation_is_sent_read_and_accepted(desk, other_desk, story):
    desk.post(address("authors", story.pk), {"who": " @Bilal-Khan "})
    invitation = Invitation.objects.get()
    assert other_desk.get(address("edit", story.pk)).status_code == 404

    page = other_desk.get(address("invitation", invitation.pk)).content.decode()
    answer = other_desk.post(address("accept_invitation", invitation.pk))

    assert "Asha Rao</bdi> invites you" in page
    assert "It took me two winters." in page
    assert answer.url == address("edit", story.pk)
    assert other_desk.get(answer.url).status_code == 200
    assert other_desk.get(address("invitation", invitation.pk)).url == answer.url
    assert story.draft.title in other_desk.get(address("stories")).content.decode()


@pytest.mark.parametrize("verb", ["invitation", "accept_invitation", "decline_invitation"])
def test_invitation_is_not_found_by_anybody_else(author, reader, other_author, story, verb):
    invitation = invite(story, by=author, username=other_author.username)

    for member in (reader, author):
        ask = signed_in(member).get if verb == "invitation" else signed_in(member).post
        assert ask(address(verb, invitation.pk)).status_code == 404
    assert Invitation.objects.get().is_waiting


def test_invitation_answered_twice_is_answered_once(author, other_author, other_desk, story):
    invitation = invite(story, by=author, username=other_author.username)

    for _ in range(2):
        other_desk.post(address("accept_invitation", invitation.pk))
    other_desk.post(address("decline_invitation", invitation.pk))

    assert Invitation.objects.get().state == "accepted"
    assert Notice.objects.filter(kind="join").count() == 1


def test_ended_invitation_says_so_and_shows_no_draft(desk, author, other_author, other_desk, story):
    invitation = invite(story, by=author, username=other_author.username)
    desk.post(address("withdraw_invitation", story.pk, invitation.pk))

    page = other_desk.get(address("invitation", invitation.pk)).content.decode()

    assert "was withdrawn" in page
    assert "It took me two winters." not in page


def test_page_tells_the_inviter_nothing_of_who_has_an_account(desk, author, reader):
    addresses = [reader.email, "nobody-at-all@mystory.example"]
    shown = []
    for email in addresses:
        story = make_draft(author)
        page = desk.post(address("authors", story.pk), {"who": email}, follow=True).content.decode()
        shown.append(re.sub(r'value="\w{64}"|/\d+/|datetime="[^"]+"|' + re.escape(email), "", page))

    assert shown[0] == shown[1]
    decline(Invitation.objects.get(email=reader.email), by=reader)
    declined = Notice.objects.get(kind="decline_invitation")
    assert declined.subject.startswith(reader.email)
    assert reader.name not in declined.subject + declined.text


@pytest.mark.parametrize("who", ["", "x" * 300, "a@b", "@@", "nobody-here", "asha-rao"])
def test_what_cannot_be_invited_is_said_and_still_there(desk, story, who):
    answer = desk.post(address("authors", story.pk), {"who": who})

    assert answer.status_code == 400
    assert answer.context["form"].errors["who"]
    assert not Invitation.objects.exists()


def test_invitations_have_a_limit_a_day_and_to_one(desk, author, story, monkeypatch):
    monkeypatch.setattr(limits, "INVITATIONS_A_DAY", 4)
    send = lambda who: desk.post(address("authors", story.pk), {"who": who}).status_code  # noqa: E731

    assert [send("one@mystory.example") for _ in range(4)] == [302, 302, 302, 429]
    assert send("two@mystory.example") == 429
    assert Invitation.objects.count() == 1


def test_co_author_is_offered_to_leave_and_nothing_else(desk, other_desk, other_author, story):
    make_coauthor(story, other_author)

    page = other_desk.get(address("authors", story.pk)).content.decode()
    refused = other_desk.post(address("authors", story.pk), {"who": "rosa-lopez"})
    other_desk.post(address("order_authors", story.pk), {"author": ["bilal-khan", "asha-rao"]})
    assert [person.username for person in story.authors()] == ["asha-rao", "bilal-khan"]
    left = other_desk.post(address("leave", story.pk))

    assert ("Leave the story" in page, "Send the invitation" in page, "Move up" in page) == (
        True,
        False,
        False,
    )
    assert refused.status_code == 404
    assert left.url == address("stories")
    assert other_desk.get(address("edit", story.pk)).status_code == 404
    assert desk.get(address("edit", story.pk)).status_code == 200


def test_names_are_moved_up_by_the_form_that_the_page_shows(desk, other_author, story):
    make_coauthor(story, other_author)
    page = desk.get(address("authors", story.pk)).content.decode()
    order = re.findall(r'name="author" value="([\w-]+)"', page)

    for _ in range(2):
        desk.post(address("order_authors", story.pk), {"author": order})

    assert [person.username for person in story.authors()] == order == ["bilal-khan", "asha-rao"]


def test_save_that_another_author_was_before_shows_both_texts(desk, other_desk, other_author, story):
    make_coauthor(story, other_author)
    form = sent(story, title="Mine")
    desk.post(address("edit", story.pk), form)

    answer = other_desk.post(address("edit", story.pk), {**form, "title": "Yours"})

    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    assert "Yours" in answer.content.decode()


def test_history_says_you_to_who_reads_it(desk, other_desk, author, other_author):
    story = make_waiting(author).story
    make_coauthor(story, other_author)

    assert "You submitted it" in desk.get(address("history", story.pk)).content.decode()
    assert "Asha Rao submitted it" in other_desk.get(address("history", story.pk)).content.decode()


def test_deleted_story_is_not_found_by_its_co_author(desk, other_desk, other_author, story):
    make_coauthor(story, other_author)
    assert "Delete" not in other_desk.get(address("stories")).content.decode()
    other_desk.post(address("put_in_bin", story.pk))
    assert not Story.objects.in_bin().exists()

    desk.post(address("put_in_bin", story.pk))

    for name in ("edit", "authors", "history", "preview"):
        assert other_desk.get(address(name, story.pk)).status_code == 404
    assert story.draft.title not in other_desk.get(address("stories")).content.decode()


@pytest.mark.parametrize("number", [1, 9])
def test_authors_page_takes_the_same_queries_for_one_and_for_nine(
    desk, author, story, django_assert_num_queries, number
):
    for place in range(number):
        make_coauthor(story, make_member(f"member-{place}", f"Member {place}"))
    invitations = Invitation.objects.count()

    assert invitations == number
    with django_assert_num_queries(9):
        desk.get(address("authors", story.pk))


def test_editors_log_says_who_joined_and_not_who_was_asked(author, other_author, editor, chief_editor):
    make_coauthor(make_draft(author, title="Never sent"), other_author)
    story = make_claimed(author, editor=editor).submission.story
    make_coauthor(story, other_author)

    log = signed_in(chief_editor).get(reverse("moderation:log")).content.decode()

    assert log.count("became an author of") == 1
    assert "invited" not in log


def test_mail_to_an_address_is_sent_there(author, story):
    invite(story, by=author, email="stranger@mystory.example")

    mail = compose(Notice.objects.get())

    assert mail.to == ["stranger@mystory.example"]
    assert "/accounts/signup/?next=" in mail.body


def test_story_is_handed_over_on_its_authors_page(desk, other_desk, other_author, story):
    page = address("authors", story.pk)
    assert "Hand the story over" not in desk.get(page).content.decode()
    make_coauthor(story, other_author)
    assert "Ask them to lead it" in desk.get(page).content.decode()

    desk.post(address("hand_over", story.pk), {"to": "bilal-khan"})
    assert "is asked to lead the story" in desk.get(page).content.decode()
    assert "Lead the story" in other_desk.get(page).content.decode()
    said = other_desk.post(address("take_over", story.pk), follow=True).content.decode()

    assert "You lead the story now" in said
    assert "Invite somebody" in said
    left = desk.post(address("leave", story.pk), follow=True)
    assert "You left the story" in left.content.decode()
