"""What authors disclose travels with the story: page, feeds, structured data, links, mail."""

import json
import re

import pytest
from django.test import Client

from stories.models import Notice, Rendering
from stories.prose.render import RENDERER_VERSION
from stories.workflow.freezing import renew_renderings
from tests.stories import make_published

LINK = '<p><a href="https://acme.example/">A link</a></p>'
ALL = (
    "company=Acme <b>", "paid=Acme", "ai=", "before=https://old.example/one?a=1&b=2", "relation=An aunt",
)  # fmt: skip


def read(path: str) -> str:
    return Client().get(path).content.decode()


def test_story_page_says_what_was_disclosed_and_points_to_the_earlier_place(author, editor):
    story = make_published(author, editor=editor, disclosures=ALL)

    page = read(story.path)

    said = re.findall(
        r"<li>(.*?)</li>", page.partition("Disclosed with this story</strong>")[2].partition("</aside>")[0]
    )
    assert said == [
        "About the author’s own company or product: <bdi>Acme &lt;b&gt;</bdi>",
        "Paid for, or written in exchange: <bdi>Acme</bdi>",
        "Written with AI assistance",
        'Published before at: <a href="https://old.example/one?a=1&amp;b=2" rel="ugc nofollow noopener sponsored"'
        ' dir="auto">https://old.example/one?a=1&amp;b=2</a>',
        "Relation to a person in the story: <bdi>An aunt</bdi>",
    ]
    assert page.count('<link rel="canonical"') == 1
    assert '<link rel="canonical" href="https://old.example/one?a=1&amp;b=2">' in page
    assert f'<meta property="og:url" content="http://testserver{story.path}">' in page


def test_story_that_discloses_nothing_says_nothing(author, editor):
    story = make_published(author, editor=editor, body=LINK)

    page = read(story.path)

    assert "Disclosed" not in page
    assert f'<link rel="canonical" href="http://testserver{story.path}">' in page
    assert 'rel="ugc nofollow noopener">A link' in page


@pytest.mark.parametrize("line", ["paid=Acme", "company=Acme"])
def test_links_of_a_story_with_a_business_are_sponsored(author, editor, line):
    story = make_published(author, editor=editor, disclosures=(line,), body=LINK)

    assert 'rel="ugc nofollow noopener sponsored">A link' in read(story.path)


def test_links_made_by_an_older_renderer_are_renewed(author, editor):
    story = make_published(author, editor=editor, disclosures=("paid=Acme",), body=LINK)
    Rendering.objects.update(renderer_version=RENDERER_VERSION - 1, html=LINK)

    renew_renderings()

    assert "sponsored" in read(story.path)


def test_structured_data_has_each_disclosure(author, editor):
    story = make_published(author, editor=editor, disclosures=ALL)

    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(story.path), re.DOTALL)

    data = json.loads(block)
    assert data["sponsor"]["name"] == "Acme"
    assert data["about"]["name"] == "Acme <b>"
    assert data["sameAs"] == "https://old.example/one?a=1&b=2"
    assert data["digitalSourceType"].endswith("CompositeWithTrainedAlgorithmicMediaDigitalSource")
    assert data["backstory"].endswith("Relation to a person in the story: An aunt")


@pytest.mark.parametrize("path", ["/feed/", "/feed/rss/", "/feed/json/"])
def test_feed_carries_them_after_the_disclaimer(author, editor, path):
    make_published(author, editor=editor, disclosures=("paid=Acme",))

    text = read(path)

    assert (
        text.index("Community story")
        < text.index("Disclosed with this story")
        < text.rindex("My grandmother")
    )
    assert "Paid for, or written in exchange: Acme." in text


def test_mail_of_the_publication_says_them(author, editor):
    make_published(author, editor=editor, disclosures=("paid=Acme", "ai="))

    text = Notice.objects.get(kind="approve").text
    assert (
        "Disclosed with this story: Paid for, or written in exchange: Acme; Written with AI assistance."
        in text
    )
