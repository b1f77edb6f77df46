"""The bin's pages: delete, undo, bring back, delete for good."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.models import Story
from stories.workflow.deleting import erase, put_in_bin
from stories.workflow.publishing import unlist
from tests.stories import make_draft, make_published


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def address(name: str, story: Story) -> str:
    return reverse(f"writing:{name}", args=[story.pk])


def test_deleting_offers_to_undo_at_once(desk, author):
    story = make_draft(author, title="A boat of reeds")

    page = desk.post(address("put_in_bin", story), follow=True)

    assert page.redirect_chain == [(f"/writing/?deleted={story.pk}", 302)]
    assert "“A boat of reeds” is in the bin." in page.content.decode()
    assert address("bring_back", story) in page.content.decode()
    back = desk.post(address("bring_back", story), follow=True)
    assert "Your story is back, as it was." in back.content.decode()
    assert "is in the bin" not in desk.get(f"/writing/?deleted={story.pk}").content.decode()


@pytest.mark.parametrize("named", ["x", "-1", "9" * 30, "٣", ""])
def test_undo_names_only_ones_own_story_in_the_bin(desk, other_author, named):
    theirs = make_draft(other_author, title="Theirs")
    put_in_bin(theirs, by=other_author)

    assert "bin." not in desk.get("/writing/", {"deleted": named}).content.decode()
    assert "Theirs" not in desk.get("/writing/", {"deleted": theirs.pk}).content.decode()


def test_bin_says_when_each_story_goes(desk, author):
    deleted = timezone.now().replace(year=2026, month=3, day=2, hour=12)
    story = make_draft(author, title="A boat of reeds")
    put_in_bin(story, by=author, at=deleted)

    page = desk.get("/writing/bin/").content.decode()

    assert "A boat of reeds" in page
    assert "Wednesday 1 April 2026" in page
    assert "A boat of reeds" not in desk.get("/writing/").content.decode()


def test_empty_bin_says_so(desk):
    assert "The bin is empty" in desk.get("/writing/bin/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_bin_takes_the_same_queries_for_one_and_for_three(desk, author, number, django_assert_num_queries):
    for _ in range(number):
        put_in_bin(make_draft(author), by=author)

    with django_assert_num_queries(6):  # session, member, 2 permissions, stories, notices
        desk.get("/writing/bin/")


def test_story_in_the_bin_is_on_no_other_page(desk, author):
    story = make_draft(author, title="A boat of reeds")
    put_in_bin(story, by=author)

    assert "lies" not in desk.get("/writing/").content.decode()
    assert "Bring it back" in desk.get(address("edit", story)).content.decode()
    for name in ("history", "preview"):
        assert desk.get(address(name, story)).status_code == 404
    for name in ("submit", "withdraw", "unlist", "publish_again", "unschedule"):
        assert desk.post(address(name, story)).status_code == 404


def test_page_that_still_saves_is_told_and_loses_nothing(desk, author):
    story = make_draft(author, title="A boat of reeds")
    put_in_bin(story, by=author)
    sent = {"version": 1, "markup": "html", "title": "Newer", "body": "<p>Newer</p>", "language": "en"}

    quiet = desk.post(address("edit", story), sent, headers={"Accept": "application/json"})
    loud = desk.post(address("edit", story), sent)

    assert (quiet.status_code, loud.status_code) == (409, 409)
    assert "lies in the bin" in quiet.json()["message"]
    assert "This was not saved" in loud.content.decode()
    assert story.draft.__class__.objects.get().title == "A boat of reeds"


@pytest.mark.parametrize("word", ["", "remove", "deleted", "no delete"])
def test_nothing_is_deleted_for_good_without_the_word(desk, author, word):
    story = make_draft(author)

    answer = desk.post(address("erase", story), {"word": word})

    assert answer.status_code == 400
    assert "Nothing was deleted." in answer.content.decode()
    assert Story.objects.kept().get() == story


@pytest.mark.parametrize("word", ["delete", " Delete ", "“delete”"])
def test_typed_word_deletes_for_good(desk, author, word):
    story = make_draft(author, title="A boat of reeds")
    put_in_bin(story, by=author)

    page = desk.post(address("erase", story), {"word": word}, follow=True)

    assert "The story is deleted for good." in page.content.decode()
    assert page.redirect_chain == [("/writing/bin/", 302)]
    assert [desk.get(address(name, story)).status_code for name in ("edit", "erase")] == [404, 404]
    assert "A boat of reeds" not in desk.get("/writing/bin/").content.decode()


def test_page_says_what_goes_and_what_stays(desk, author, editor):
    draft, unlisted = make_draft(author), make_published(author, editor=editor)
    unlist(unlisted, by=author)

    assert "What stays" not in desk.get(address("erase", draft)).content.decode()
    page = desk.get(address("erase", unlisted)).content.decode()
    assert "who decided what about it, when" in page
    assert "its author deleted it" in page


def test_public_story_is_not_deleted_and_says_why(desk, author, editor):
    story = make_published(author, editor=editor)

    binned = desk.post(address("put_in_bin", story), follow=True).content.decode()
    erased = desk.post(address("erase", story), {"word": "delete"})

    assert "Take it off the public pages first" in binned
    assert erased.status_code == 400
    assert "Take it off the public pages first" in erased.content.decode()


@pytest.mark.parametrize("name", ["put_in_bin", "bring_back", "erase"])
def test_strangers_find_nothing(client, other_author, author, name):
    story = make_draft(author)
    put_in_bin(story, by=author)

    assert client.post(address(name, story)).url.startswith("/accounts/login/")
    client.force_login(other_author)
    assert client.post(address(name, story), {"word": "delete"}).status_code == 404
    assert Story.objects.in_bin().get() == story


def test_address_of_a_deleted_story_says_so_and_the_desk_forgets_it(client, author, editor, chief_editor):
    story = make_published(author, editor=editor, title="A boat of reeds")
    submission = story.submissions.get()
    unlist(story, by=author)
    put_in_bin(story, by=author)
    assert client.get(story.path).status_code == 404
    erase(story, by=author, at=timezone.now() + timedelta(days=1))

    public = client.get(story.path)
    client.force_login(chief_editor)
    review = client.get(reverse("moderation:review", args=[submission.pk]))
    published = client.get(reverse("moderation:published", args=[story.pk]))
    log = client.get(reverse("moderation:log")).content.decode()

    assert public.status_code == 410
    assert "A boat of reeds" not in public.content.decode()
    assert (review.status_code, published.status_code) == (404, 404)
    assert "A boat of reeds" not in log
    assert "a story that is deleted now" in log
