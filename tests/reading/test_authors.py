"""A story with several authors, wherever readers come upon it."""

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from stories.models import Story
from stories.workflow.coauthoring import leave, order_authors
from stories.workflow.publishing import unlist
from tests.stories import make_coauthor, make_published

ATOM = "{http://www.w3.org/2005/Atom}"
AT = datetime(2019, 2, 11, 6, 0, tzinfo=UTC)
BOTH = (
    '<a href="/authors/asha-rao/" dir="auto">Asha Rao</a>, '
    '<a href="/authors/bilal-khan/" dir="auto">Bilal &amp; Co</a>'
)


@pytest.fixture
def story(author, other_author, editor) -> Story:
    other_author.display_name, other_author.bio = "Bilal & Co", "Counts things."
    other_author.save()
    story = make_published(author, editor=editor, at=AT)
    make_coauthor(story, other_author)
    return story


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_story_page_names_all_in_their_order(story, author, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = read(story.path)

    names = re.findall(r'<a rel="author" href="/authors/([\w-]+)/" dir="auto">([^<]+)</a>', page)
    assert names == [("asha-rao", "Asha Rao"), ("bilal-khan", "Bilal &amp; Co")]
    assert '<meta name="author" content="Asha Rao, Bilal &amp; Co">' in page
    assert "Counts things." in page
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    assert [each["name"] for each in data["author"]] == ["Asha Rao", "Bilal & Co"]
    order_authors(story, ["bilal-khan", "asha-rao"], by=author)
    assert read(story.path).index("Bilal &amp; Co</a>") < read(story.path).index("Asha Rao</a>")


@pytest.mark.parametrize(
    "path",
    ["/", "/latest/", "/topics/work/", "/authors/asha-rao/", "/authors/bilal-khan/", "/search/?q=bakery"],
)
def test_cards_and_results_name_all(story, path):
    assert BOTH in read(path)


@pytest.mark.parametrize("words", ["asha", "bilal"])
def test_search_finds_a_story_by_each_of_its_authors(story, words):
    assert story.path in read(f"/search/?q={words}")


def test_feeds_name_all(story):
    entry = ElementTree.fromstring(read("/feed/")).find(f"{ATOM}entry")
    item = ElementTree.fromstring(read("/feed/rss/")).find("channel/item")
    (row,) = json.loads(read("/feed/json/"))["items"]

    names = ["Asha Rao", "Bilal & Co"]
    assert [each.find(f"{ATOM}name").text for each in entry.findall(f"{ATOM}author")] == names
    assert [each.text for each in item.findall("{http://purl.org/dc/elements/1.1/}creator")] == names
    assert [each["name"] for each in row["authors"]] == names
    assert story.path in read("/authors/bilal-khan/feed/")


def test_author_page_forgets_what_was_left_or_taken_off(story, author, other_author):
    leave(story, by=other_author)
    assert story.path not in read("/authors/bilal-khan/")
    make_coauthor(story, other_author)
    assert story.path in read("/authors/bilal-khan/")

    unlist(story, by=other_author)

    for name in ("asha-rao", "bilal-khan"):
        assert story.path not in read(f"/authors/{name}/")


@pytest.mark.parametrize("count", [1, 30])
def test_author_page_takes_two_queries_with_several_authors(
    author, other_author, editor, django_assert_num_queries, count
):
    for number in range(count):
        story = make_published(
            author, editor=editor, at=AT + timedelta(hours=number), title=f"Story {number}"
        )
        make_coauthor(story, other_author)

    with django_assert_num_queries(2):
        page = read("/authors/bilal-khan/")

    titles = re.findall(r'card-title"><a href="[^"]+">(Story \d+)<', page)
    assert titles == [f"Story {number}" for number in reversed(range(count))][:20]
