"""The front page and the lists."""

import base64
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts import names
from stories.models import Reason, Story, Topic
from stories.workflow.picturing import keep_picture
from stories.workflow.publishing import remove, unlist
from tests.stories import make_draft, make_published, make_waiting

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
AT = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)


@pytest.fixture
def publish(author, editor):
    def publish(count: int, **fields) -> list[Story]:
        return [
            make_published(
                author,
                editor=editor,
                at=AT + timedelta(minutes=n // 2),
                title=f"Story {n}",
                tags=("Bread",),
                **fields,
            )
            for n in range(count)
        ]  # two by two at the same minute

    return publish


def shown(response) -> list[str]:
    return [story.published_revision.title for story in response.context["stories"]]


QUERIES = {
    "/": 3,
    "/latest/": 1,
    "/topics/": 1,
    "/topics/work/": 2,
    "/tags/bread/": 2,
    "/authors/asha-rao/": 2,
}


@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_a_fixed_number_of_queries(publish, author, django_assert_num_queries, count):
    cover = keep_picture(PICTURE, by=author).address
    publish(count, cover=cover, cover_alt="A loaf")

    for path, queries in QUERIES.items():
        with django_assert_num_queries(queries):
            text = Client().get(path).content.decode()

        shown_at_most = {"/": 16, "/topics/": 0}.get(path, 20)
        assert text.count(f'src="{cover}"') == min(count, shown_at_most), path


def test_list_pages_hold_every_story_once_newest_first(publish):
    publish(45)
    newest = list(
        Story.objects.published().newest_first().values_list("published_revision__title", flat=True)
    )

    for path in ("/latest/", "/topics/work/", "/tags/bread/", "/authors/asha-rao/"):
        pages, address = [], path
        while address:
            response = Client().get(address)
            pages.append(shown(response))
            address = response.context["next"]

        assert [len(page) for page in pages] == [20, 20, 5], path
        assert [title for page in pages for title in page] == newest, path


def test_front_page_leads_with_the_newest_and_goes_on_in_the_latest(publish):
    publish(20)

    front = Client().get("/")
    following = Client().get(front.context["older"])

    newest = list(
        Story.objects.published().newest_first().values_list("published_revision__title", flat=True)
    )
    assert shown(front) + shown(following) == newest


def test_lists_show_public_stories_alone(publish, author, other_author, editor):
    kept, unlisted, removed = publish(3)
    unlist(unlisted, by=author)
    remove(removed, by=editor, reason=Reason.objects.first(), note="No.")
    make_draft(other_author, title="Draft")
    make_waiting(other_author, title="Waiting")

    for path in ("/", "/latest/", "/topics/work/", "/tags/bread/", "/authors/asha-rao/"):
        assert shown(Client().get(path)) == [kept.published_revision.title]


def test_empty_lists_say_what_will_be_there(db, author):
    Topic.objects.create(slug="food", name="Food")

    said = {
        path: Client().get(path).content.decode()
        for path in ("/", "/latest/", "/topics/food/", "/authors/asha-rao/")
    }

    assert "The first story is still to come" in said["/"]
    assert "Nothing is published yet" in said["/latest/"]
    assert "Nothing stands on this shelf yet" in said["/topics/food/"]
    assert "No story yet" in said["/authors/asha-rao/"]


def test_tag_and_author_in_another_spelling_redirect(publish):
    publish(1)

    assert Client().get("/tags/BREAD/").headers["Location"] == "/tags/bread/"
    assert Client().get("/authors/Asha-Rao/").headers["Location"] == "/authors/asha-rao/"


def test_tag_without_a_public_story_is_not_found(publish, author):
    (story,) = publish(1)
    unlist(story, by=author)

    assert Client().get("/tags/bread/").status_code == 404


def test_author_who_left_keeps_the_page_only_with_stories(publish, author, reader):
    publish(1)
    for person in (author, reader):
        person.is_active = False
        person.save()

    assert Client().get("/authors/asha-rao/").status_code == 200
    assert Client().get("/authors/rosa-lopez/").status_code == 404


def test_author_page_shows_bio_and_links_that_lend_no_weight(author):
    author.bio = "<b>Bakes</b> in Kochi."
    author.links = [{"label": "Oven", "url": "https://oven.example/"}]
    author.save()

    text = Client().get("/authors/asha-rao/").content.decode()

    assert "&lt;b&gt;Bakes&lt;/b&gt; in Kochi." in text
    assert '<a rel="me nofollow noopener" href="https://oven.example/">Oven</a>' in text


def test_former_user_name_leads_to_the_present_one(client, author):
    names.rename(author, username="asha-writes", by=author)

    for end in ("", "feed/"):
        former = client.get(f"/authors/asha-rao/{end}")

        assert (former.status_code, former.headers["Location"]) == (301, f"/authors/asha-writes/{end}")
        assert client.get(f"/authors/asha-writes/{end}").status_code == 200
        assert client.get(f"/authors/nobody-of-this-name/{end}").status_code == 404


def test_author_page_says_the_languages_of_its_stories_and_of_the_profile(author, editor):
    assert "Writes in" not in Client().get("/authors/asha-rao/").content.decode()
    author.languages = ["ml"]
    author.save()
    make_published(author, editor=editor, language="ur")
    make_draft(author, language="ta")

    page = Client().get("/authors/asha-rao/").content.decode()

    assert re.findall(r'<span lang="(\w+)" dir="(\w+)">', page) == [("ml", "ltr"), ("ur", "rtl")]
