"""The story page."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

from stories.models import FormerSlug, Reason
from stories.workflow.publishing import publish_again, remove, unlist
from stories.workflow.submitting import submit
from tests.stories import change_draft, make_published

SENTENCE = (
    "This is a user generated content for MyStory, a YourStory initiative to enable its community to contribute "
    "and have their voices heard. The views and writings here reflect that of the author and not of YourStory."
)
# Half past midnight in India, still Sunday in London.
MONDAY = datetime(2019, 2, 10, 19, 0, tzinfo=UTC)


def test_story_page_shows_what_the_sample_shows_in_its_order(author, editor):
    body = "<p>" + "word " * 1042 + "</p>"
    story = make_published(author, editor=editor, at=MONDAY, title="The bakery", body=body)

    text = Client().get(story.path).content.decode().partition("<main")[2]

    places = [
        text.index(part)
        for part in (SENTENCE, "<h1>The bakery</h1>", "Monday February 11, 2019", "6 min Read", "<p>word")
    ]
    assert places == sorted(places)


def test_story_page_takes_one_query(author, editor, django_assert_num_queries):
    story = make_published(author, editor=editor, tags=("a", "b", "c"))

    with django_assert_num_queries(1):
        Client().get(story.path)


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("hi", "ltr"), ("ur", "rtl")])
def test_story_carries_its_language_and_direction(author, editor, language, direction):
    story = make_published(author, editor=editor, language=language)

    assert f'<article class="story" lang="{language}" dir="{direction}">' in read(story.path)


def test_former_slug_and_other_spellings_redirect_permanently(author, editor):
    story = make_published(author, editor=editor, title="Büro और घर")
    FormerSlug.objects.create(slug="an-older-name", story=story)
    at_home = "/stories/b%C3%BCro-%E0%A4%94%E0%A4%B0-%E0%A4%98%E0%A4%B0/"

    for path in ("/stories/an-older-name/", "/stories/BÜRO-और-घर/", "/stories/bu\u0308ro-और-घर/"):
        response = Client().get(path)
        assert (response.status_code, response.headers["Location"]) == (301, at_home)
    assert Client().get(at_home).status_code == 200


def test_removed_story_says_that_it_was_removed_and_no_more(author, editor):
    story = make_published(author, editor=editor, title="Buy my cure")
    remove(story, by=editor, reason=Reason.objects.get(code="advertising"), note="A secret note.")

    response = Client().get(story.path)

    text = response.content.decode()
    assert response.status_code == 410
    assert "This story was removed" in text
    assert "because it was not within the house rules" in text
    assert "cure" not in text
    assert "secret" not in text
    assert 'content="noindex"' in text


def test_former_slug_of_a_removed_story_leads_to_the_notice(author, editor):
    story = make_published(author, editor=editor)
    FormerSlug.objects.create(slug="older", story=story)
    remove(story, by=editor, reason=Reason.objects.first(), note="No.")

    assert Client().get("/stories/older/", follow=True).status_code == 410


def test_unlisted_story_is_not_found_and_comes_back(author, editor):
    story = make_published(author, editor=editor)
    FormerSlug.objects.create(slug="older", story=story)
    unlist(story, by=author)

    assert {Client().get(path).status_code for path in (story.path, "/stories/older/")} == {404}
    publish_again(story, by=author)
    assert Client().get(story.path).status_code == 200


def test_structured_data_is_what_the_page_says_whatever_the_title(author, editor):
    title = "</script><script>alert(1)</script> \u2028 & \"quotes\" 'single' <!--"
    story = make_published(author, editor=editor, at=MONDAY, title=title, tags=("Bread",))

    page = read(story.path)

    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(blocks[0])
    assert len(blocks) == 1
    assert data["headline"] == story.published_revision.title
    assert data["backstory"] == SENTENCE
    assert data["datePublished"] == "2019-02-10T19:00:00+00:00"
    assert data["author"] == {
        "@type": "Person",
        "name": "Asha Rao",
        "url": "http://testserver/authors/asha-rao/",
    }
    assert data["keywords"] == ["Bread"]
    assert "alert(1)</script>" not in page


def test_story_page_has_what_others_show_of_it(author, editor):
    story = make_published(author, editor=editor, title='A "quoted" title', summary="Short.")

    page = read(story.path)

    assert f'<link rel="canonical" href="http://testserver{story.path}">' in page
    assert '<meta property="og:title" content="A &quot;quoted&quot; title">' in page
    assert '<meta property="og:description" content="Short.">' in page
    assert f'<p class="print-address">http://testserver{story.path}</p>' in page


def test_links_of_a_story_lend_no_weight(author, editor):
    story = make_published(author, editor=editor, body='<p><a href="https://example.com/">A link</a></p>')

    assert '<a href="https://example.com/" rel="ugc nofollow noopener">A link</a>' in read(story.path)


def test_readers_keep_the_approved_text_while_the_next_one_waits(author, editor):
    story = make_published(author, editor=editor, body="<p>The first text.</p>")
    change_draft(story, body="<p>The second text.</p>")
    submit(story, by=author)

    assert "The first text." in read(story.path)
    assert "The second text." not in read(story.path)


def test_planned_query_survives_a_lost_plan(author, editor, transactional_db):
    story = make_published(author, editor=editor)
    read(story.path)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")

    assert "The bakery that would not grow" in read(story.path)


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()
