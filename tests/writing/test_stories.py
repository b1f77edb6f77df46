"""The list of one's stories, and the moves that start from it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.models import Reason, Story
from stories.workflow.claiming import claim
from stories.workflow.publishing import remove, unlist
from stories.writing.standing import standing_of
from stories.writing.wording import ordinal
from tests.stories import (
    approve_claimed,
    change_draft,
    make_claimed,
    make_declined,
    make_draft,
    make_published,
    make_returned,
    make_waiting,
)

ADDRESS = "/writing/"


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def standing(story):
    return standing_of(Story.objects.select_related("draft", "published_revision").get(pk=story.pk))


def test_empty_list_offers_the_first_step(desk):
    page = desk.get(ADDRESS).content.decode()

    assert "Your stories will be here" in page
    assert reverse("writing:new") in page


def test_list_shows_own_stories_only(desk, author, other_author):
    make_draft(author, title="Mine")
    make_draft(other_author, title="Theirs")

    page = desk.get(ADDRESS).content.decode()

    assert "Mine" in page
    assert "Theirs" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_one_and_for_three(
    desk, author, editor, number, django_assert_num_queries
):
    for _ in range(number):
        make_returned(author, editor=editor)

    with django_assert_num_queries(
        15
    ):  # session, member, 2 permissions, stories, 8 where they stand, suspended, notices
        desk.get(ADDRESS)


def test_list_goes_on_by_cursor(desk, author):
    for number in range(22):
        make_draft(author, title=f"Story {number:02}")

    first = desk.get(ADDRESS)
    second = desk.get(ADDRESS, {"page": first.context["page"].next_cursor})

    assert [story.draft.title for story, _ in second.context["rows"]] == ["Story 01", "Story 00"]
    assert second.context["page"].next_cursor == ""


def test_waiting_story_knows_its_place(author, other_author, editor):
    now = timezone.now()
    third = make_waiting(author, at=now)
    make_waiting(other_author, at=now - timedelta(hours=2))
    first = make_waiting(other_author, at=now - timedelta(hours=3))

    assert standing(third.story).label == "Waiting for an editor, third in line"
    claim(first, by=editor, key=uuid4())
    assert standing(third.story).label == "Waiting for an editor, second in line"


def test_each_state_says_what_is_so_and_what_can_be_done(author, editor, chief_editor):
    reason = Reason.objects.first()
    unlisted = make_published(author, editor=editor)
    unlist(unlisted, by=author)
    removed = make_published(author, editor=editor)
    remove(removed, by=chief_editor, reason=reason, note="It was sold to you.")
    changed = make_published(author, editor=editor)
    change_draft(changed, title="Newer")
    held = make_claimed(author, editor=editor)
    later = timezone.now() + timedelta(days=2)
    planned = approve_claimed(held, publish_at=later).submission.story

    found = {
        name: standing(story)
        for name, story in {
            "draft": make_draft(author),
            "waiting": make_waiting(author).story,
            "returned": make_returned(author, editor=editor).story,
            "declined": make_declined(author, editor=editor, reason=reason).story,
            "published": make_published(author, editor=editor),
            "changed": changed,
            "unlisted": unlisted,
            "removed": removed,
            "planned": planned,
        }.items()
    }

    assert {name: (s.state, sorted(s.steps)) for name, s in found.items()} == {
        "draft": ("draft", ["edit", "put_in_bin", "submit"]),
        "waiting": ("queued", ["edit", "submit", "withdraw"]),
        "returned": ("returned", ["edit", "submit", "withdraw"]),
        "declined": ("declined", ["edit", "put_in_bin", "submit"]),
        "published": ("published", ["edit", "unlist"]),
        "changed": ("published", ["edit", "submit", "unlist"]),
        "unlisted": ("unlisted", ["edit", "publish_again", "put_in_bin", "submit"]),
        "removed": ("removed", ["edit"]),
        "planned": ("scheduled", ["edit", "unschedule"]),
    }
    assert found["returned"].note == "Say more about the oven."
    assert reason.label in found["declined"].reason
    assert found["removed"].note == "It was sold to you."
    assert "You have changed it since" in found["changed"].next


def test_newer_text_of_a_published_story_waits_while_readers_keep_the_old(desk, author, editor):
    story = make_published(author, editor=editor)
    change_draft(story, title="Newer")

    desk.post(reverse("writing:submit", args=[story.pk]))

    assert standing(story).label == "Waiting for an editor, first in line"
    assert "Readers keep the published text meanwhile." in standing(story).next


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "first"), (3, "third"), (10, "tenth"), (11, "11th"), (22, "22nd"), (113, "113th")],
)
def test_places_are_said_in_words(number, word):
    assert ordinal(number) == word


def test_moves_are_made_by_their_own_addresses(desk, author, editor):
    waiting = make_waiting(author)
    published = make_published(author, editor=editor)
    held = make_claimed(author, editor=editor)
    planned = approve_claimed(held, publish_at=timezone.now() + timedelta(days=1)).submission.story

    desk.post(reverse("writing:withdraw", args=[waiting.story_id]))
    desk.post(reverse("writing:unlist", args=[published.pk]))
    desk.post(reverse("writing:unschedule", args=[planned.pk]))

    waiting.refresh_from_db(), published.refresh_from_db(), planned.refresh_from_db()
    assert (waiting.state, published.state, planned.is_scheduled) == ("withdrawn", "unlisted", False)
    desk.post(reverse("writing:publish_again", args=[published.pk]))
    published.refresh_from_db()
    assert published.state == "published"


def test_move_sent_twice_is_made_once_and_said_kindly(desk, author):
    waiting = make_waiting(author)
    address = reverse("writing:withdraw", args=[waiting.story_id])

    desk.post(address)
    second = desk.post(address, follow=True)

    assert "This has been done already; nothing was changed." in second.content.decode()
    assert waiting.events.filter(action="withdraw").count() == 1


@pytest.mark.parametrize("name", ["submit", "withdraw", "unlist", "publish_again", "unschedule"])
def test_moves_refuse_strangers_and_looking(client, other_author, author, editor, name):
    story = make_published(author, editor=editor)
    address = reverse(f"writing:{name}", args=[story.pk])
    before = story.events.count()

    anonymous = client.post(address)
    client.force_login(other_author)
    stranger = client.post(address)
    client.force_login(author)
    look = client.get(address)

    assert anonymous.url.startswith("/accounts/login/")
    assert (stranger.status_code, look.status_code) == (404, 405)
    assert story.events.count() == before


def test_illegal_move_is_refused_with_its_reason(desk, author):
    story = make_draft(author)

    answer = desk.post(reverse("writing:unlist", args=[story.pk]), follow=True)

    assert "This cannot be done while it is a draft. Nothing was changed." in answer.content.decode()
