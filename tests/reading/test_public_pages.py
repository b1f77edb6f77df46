"""What all public pages have in common: the same for everybody, kept for a moment, read only."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from stories.models import Story
from stories.workflow.correcting import correct
from stories.workflow.publishing import unlist
from tests.cast import one_of_the_cast
from tests.stories import make_published

PATHS = [
    "/", "/latest/", "/topics/", "/topics/work/", "/tags/bread/", "/authors/asha-rao/", "/stories/the-bakery/",
    "/search/", "/search/?q=bakery", "/feed/", "/feed/rss/", "/feed/json/", "/topics/work/feed/", "/tags/bread/feed/",
    "/authors/asha-rao/feed/", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-0.xml", "/robots.txt",
    "/.well-known/security.txt",
]  # fmt: skip


@pytest.fixture(scope="module")
def stood(standing):
    return make_published(
        one_of_the_cast("author"), editor=one_of_the_cast("editor"), title="The bakery", tags=("Bread",)
    )


@pytest.fixture
def story(stood, db):
    """Published once for all tests of this file."""
    return Story.objects.get(pk=stood.pk)


@pytest.fixture
def member(reader):
    client = Client()
    client.force_login(reader)
    return client


@pytest.mark.parametrize("path", PATHS)
def test_public_page_is_the_same_for_everybody(story, member, path):
    stranger = Client().get(path)
    known = member.get(path)

    assert stranger.status_code == 200
    assert known.content == stranger.content
    for response in (stranger, known):
        assert not response.cookies
        assert "Vary" not in response.headers
        assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=30"
        assert "charset=utf-8" in response.headers["Content-Type"]
    assert b"csrf" not in stranger.content


@pytest.mark.parametrize("path", PATHS)
def test_public_page_looks_at_no_session(story, member, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as asked:
        member.get(path)

    assert [query["sql"] for query in asked if "session" in query["sql"]] == []


@pytest.mark.parametrize("path", PATHS)
def test_public_page_that_did_not_change_is_not_sent_again(story, path):
    etag = Client().get(path).headers["ETag"]

    same = Client().get(path, headers={"If-None-Match": etag})
    other = Client().get(path, headers={"If-None-Match": '"another"'})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    assert same.headers["Cache-Control"] == "public, max-age=0, s-maxage=30"
    assert other.status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "/healthz"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_public_page_refuses_other_methods(story, path, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)

    assert response.status_code == 405
    assert response.headers["Allow"] in {"GET, HEAD"}


@pytest.mark.parametrize("path", PATHS)
def test_public_page_answers_head(story, path):
    whole, head = Client().get(path), Client().head(path)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize(
    "path",
    ["/nothing/", "/stories/nothing/", "/stories/%00/", "/stories/a%0Ab/", "/stories/" + "x" * 400 + "/",
     "/stories/%FF/", "/topics/nothing/", "/tags/nothing/", "/tags/%00/", "/authors/nobody/", "/authors/../",
     "/sitemap-99999999999999999999.xml",
     "/media/", "/media/nothing.jpg", "/media/../manage.py", "/media/%2e%2e/manage.py", "/media/a%00.jpg"],
)  # fmt: skip
def test_unknown_page_is_not_found_in_our_look(story, path):
    response = Client().get(path)

    assert response.status_code == 404
    assert not response.cookies
    assert settings.SITE_NAME in response.content.decode()


def test_personal_part_belongs_to_its_member(member, reader):
    stranger = Client().get("/personal/")
    known = member.get("/personal/")

    assert (stranger.status_code, stranger.content) == (204, b"")
    assert reader.name in known.content.decode()
    for response in (stranger, known):
        assert "no-store" in response.headers["Cache-Control"]
        assert "private" in response.headers["Cache-Control"]


def test_personal_part_counts_unread_notices_and_shows_editors_the_queue(story, author, editor):
    client = Client()
    client.force_login(author)
    mine = client.get("/personal/").content.decode()
    client.force_login(editor)
    theirs = client.get("/personal/").content.decode()

    assert '<span class="count">1' in mine
    assert "/moderation/" not in mine
    assert "/moderation/" in theirs


def test_health_is_a_word(db):
    response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_health_says_when_the_database_does_not_answer(db, monkeypatch):
    def fail(*_, **__):
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", fail)
        response = Client().get("/healthz")

    assert (response.status_code, response.content) == (503, b"The database does not answer.\n")


def test_robots_are_led_to_the_map_and_away_from_the_desks(db):
    text = Client().get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert {"/accounts/", "/writing/", "/moderation/", "/admin/", "/preview/"} <= {
        line.removeprefix("Disallow: ") for line in text.splitlines()
    }


def test_security_txt_has_not_expired(db):

    lines = Client().get("/.well-known/security.txt").content.decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)

    assert fields["Contact"].startswith("mailto:")
    assert 100 < (datetime.fromisoformat(fields["Expires"]) - timezone.now()).days < 365


def test_sitemap_lists_public_stories_alone(story, author, editor):
    hidden = make_published(author, editor=editor, title="Hidden")
    make_published(author, editor=editor, title="घर की कहानी")
    make_published(author, editor=editor, title="From afar", disclosures=("before=https://old.example/one",))
    make_published(author, editor=editor, title="By hand", disclosures=("ai=",))
    unlist(hidden, by=author)

    parts = Client().get("/sitemap.xml").content.decode()
    paths = re.findall(r"http://testserver(/sitemap-\d+\.xml)", parts)
    part = "".join(Client().get(path).content.decode() for path in paths)

    assert "http://testserver/stories/the-bakery/</loc><lastmod>20" in part
    assert "/stories/%E0%A4%98%E0%A4%B0-" in part
    assert "/stories/by-hand/" in part
    assert "hidden" not in part
    assert "from-afar" not in part


def test_sitemap_tells_the_day_of_the_last_change(author, editor, django_assert_num_queries):
    at = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
    for title in ("As it was", "Put right"):
        make_published(author, editor=editor, title=title, at=at)
    for day in (9, 5):
        right = Story.objects.get(slug="put-right")
        correct(right, by=editor, text=f"It was on day {day}.", key=uuid4(), at=at.replace(day=day))

    with django_assert_num_queries(3):
        part = Client().get("/sitemap-0.xml").content.decode()

    days = dict(re.findall(r"/stories/([\w-]+)/</loc><lastmod>([\d-]+)", part))
    assert (days["as-it-was"], days["put-right"]) == ("2026-03-01", "2026-03-09")
