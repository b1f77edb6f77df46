"""Feeds: valid whatever authors write, whole stories, the disclaimer first."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from stories.workflow.publishing import unlist
from tests.stories import make_published

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "]]> </title><script>alert(1)</script> & \"quotes\" 'single' \ufffe \u2028 🎉 ‮"
AT = datetime(2019, 2, 11, 6, 0, tzinfo=UTC)


@pytest.fixture
def story(author, editor):
    return make_published(author, editor=editor, at=AT, title=HOSTILE, summary="a\x0bb", tags=("Bread",))


@pytest.mark.parametrize(
    "path", ["/feed/", "/topics/work/feed/", "/tags/bread/feed/", "/authors/asha-rao/feed/"]
)
def test_atom_feed_is_valid_and_carries_the_disclaimer_first(story, path):
    response = Client().get(path)

    root = ElementTree.fromstring(response.content)
    entry = root.find(f"{ATOM}entry")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response.headers["Last-Modified"] == "Mon, 11 Feb 2019 06:00:00 GMT"
    assert root.find(f"{ATOM}updated").text == "2019-02-11T06:00:00+00:00"
    assert entry.find(f"{ATOM}title").text == story.published_revision.title
    assert entry.find(f"{ATOM}id").text == f"tag:testserver,2026:story/{story.pk}"
    content = entry.find(f"{ATOM}content").text
    assert content.startswith(
        '<p lang="en"><strong>Community story.</strong> This is a user generated content for MyStory'
    )
    assert "<h2" in content


def test_rss_feed_is_valid_and_whole(story):
    root = ElementTree.fromstring(Client().get("/feed/rss/").content)

    item = root.find("channel/item")
    content = item.find("{http://purl.org/rss/1.0/modules/content/}encoded").text
    assert item.find("title").text == story.published_revision.title
    assert item.find("guid").text == f"tag:testserver,2026:story/{story.pk}"
    assert content.index("Community story") < content.index("My grandmother")


def test_feed_has_a_quotes_source_and_a_table_with_its_head(author, editor):
    body = (
        "<blockquote><p>Said.</p><footer>My aunt</footer></blockquote>"
        "<table><thead><tr><th>Grain</th></tr></thead><tbody><tr><td>Rye</td></tr></tbody></table>"
    )
    make_published(author, editor=editor, at=AT, body=body)

    content = json.loads(Client().get("/feed/json/").content)["items"][0]["content_html"]

    assert "<blockquote><p>Said.</p><footer>My aunt</footer></blockquote>" in content
    assert "<table><thead><tr><th>Grain</th></tr></thead>" in content


def test_json_feed_is_valid_and_whole(story):
    response = Client().get("/feed/json/")

    feed = json.loads(response.content)
    assert response.headers["Content-Type"].startswith("application/feed+json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["title"] == story.published_revision.title
    assert feed["items"][0]["content_html"].index("Community story") < feed["items"][0]["content_html"].index(
        "My grand"
    )


def test_feed_forgets_a_story_that_was_taken_off(story, author):
    etag = Client().get("/feed/").headers["ETag"]
    unlist(story, by=author)

    response = Client().get("/feed/", headers={"If-None-Match": etag})

    assert response.status_code == 200
    assert ElementTree.fromstring(response.content).findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("count", [1, 30])
def test_feed_takes_one_query_and_holds_twenty(author, editor, django_assert_num_queries, count):
    for n in range(count):
        make_published(author, editor=editor, at=AT + timedelta(hours=n), title=f"Story {n}")

    with django_assert_num_queries(1):
        response = Client().get("/feed/")

    titles = [
        e.find(f"{ATOM}title").text for e in ElementTree.fromstring(response.content).findall(f"{ATOM}entry")
    ]
    assert titles == [f"Story {n}" for n in reversed(range(count))][:20]
