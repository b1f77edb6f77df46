"""The base pages: the same for everybody in public, and nothing that the content policy would stop."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from stories.days import with_weekday
from tests.look.sheets import STATIC

SITE = {"site_name": "MyStory", "publisher_name": "YourStory"}


def public_page(block: str = "") -> str:
    """`base.html` as a public view renders it: no request, so nothing of one can be in it."""
    template = engines["django"].from_string('{% extends "base.html" %}{% load static %}' + block)
    return template.render(SITE)


def body_page(**changes: object) -> dict[str, object]:
    author = SimpleNamespace(name="Asha Menon", username="asha", bio="", picture="")
    return {
        "disclaimers": [{"label": "Community story", "text": "Whose words.", "language": "en"}],
        "title": "Bread",
        "summary": "",
        "language": "en",
        "direction": "ltr",
        "authors": [author],
        "date": datetime(2019, 2, 11, 12, tzinfo=UTC),
        "day": "2019-02-11",
        "day_in_words": with_weekday(date(2019, 2, 11)),
        "minutes": 6,
        "cover": None,
        "html": "THE TEXT",
        "topics": [],
        "tags": [],
        **changes,
    }


def test_base_page_is_the_same_for_everybody() -> None:
    page = public_page()

    assert "csrf" not in page
    assert re.search(r'<div class="personal" data-personal><a href="/accounts/login/">Sign in</a>', page)


def test_base_page_has_its_landmarks_once() -> None:
    page = public_page()

    assert [page.count(tag) for tag in ("<header", "<main", "<footer", "<title>", 'class="skip"')] == [
        1,
        1,
        1,
        1,
        1,
    ]


def test_base_page_has_nothing_inline() -> None:
    page = public_page()

    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)


def test_story_page_asks_for_three_style_sheets() -> None:
    page = public_page(
        '{% block css %}<link rel="stylesheet" href="{% static \'css/story.css\' %}">{% endblock %}'
    )

    assert page.count('rel="stylesheet"') == 3


def test_story_body_keeps_the_order_of_the_page() -> None:
    html = render_to_string("stories/_story_body.html", {"page": body_page(summary="Short.")})

    words = [
        "Whose words.",
        "Bread",
        "Short.",
        "Asha Menon",
        "Monday February 11, 2019",
        "6 min Read",
        "THE TEXT",
    ]
    assert sorted(words, key=html.index) == words


def test_story_body_escapes_everything_but_the_prepared_text() -> None:
    bad = "<script>x</script>"
    author = SimpleNamespace(name=bad, username="asha", bio=bad, picture="")
    page = body_page(title=bad, summary=bad, authors=[author], tags=[{"slug": "a", "name": bad}], html=bad)

    assert "<script" not in render_to_string("stories/_story_body.html", {"page": page})


def test_story_body_in_urdu_runs_from_the_right() -> None:
    html = render_to_string("stories/_story_body.html", {"page": body_page(language="ur", direction="rtl")})

    assert '<article class="story" lang="ur" dir="rtl">' in html


def test_masthead_of_an_author_has_no_queue() -> None:
    request = RequestFactory().get("/")
    user = SimpleNamespace(name="Asha", username="asha", picture="", is_authenticated=True)
    perms = {"stories": {"review_submission": False}}

    html = render_to_string(
        "includes/_personal.html", {"user": user, "perms": perms, "unread_notices": 2}, request
    )

    assert "/moderation/" not in html
    assert 'action="/accounts/logout/"' in html
    assert 'name="csrfmiddlewaretoken"' in html


def test_masthead_of_an_editor_has_the_queue() -> None:
    user = SimpleNamespace(name="Ravi", username="ravi", picture="", is_authenticated=True)
    perms = {"stories": {"review_submission": True}}

    assert "/moderation/" in render_to_string("includes/_personal.html", {"user": user, "perms": perms})


def test_page_of_a_fault_needs_nothing_that_could_fail() -> None:
    source = (STATIC.parent / "templates" / "500.html").read_text(encoding="utf-8")

    assert "{{" not in source
    assert re.findall(r"{% (\w+)", source) == ["include"]
