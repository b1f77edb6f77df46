"""Feeds with whole stories: of the site in three formats, and of a topic, a tag and an author as Atom."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import http_date

from accounts.names import bearer
from stories.models import Story, Tag, Topic
from stories.models.keyset import page_of
from stories.models.story import AUTHOR_ORDER, NEWEST_ORDER, TAG_ORDER, TOPIC_ORDER, StoryQuerySet
from stories.reading.entries import Feed, make_feed
from stories.reading.formats import atom, json_feed, rss
from stories.reading.public import public_page

ENTRIES = 20


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    return _answer(_of_site("/feed/"), atom, "application/atom+xml")


@public_page
def feed_rss(request: HttpRequest) -> HttpResponse:
    return _answer(_of_site("/feed/rss/"), rss, "application/rss+xml")


@public_page
def feed_json(request: HttpRequest) -> HttpResponse:
    return _answer(_of_site("/feed/json/"), json_feed, "application/feed+json")


@public_page
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    stories = _newest(_whole().under_topic(topic), TOPIC_ORDER)
    return _atom_of(stories, name=topic.name, about=topic.description, page=f"/topics/{topic.slug}/")


@public_page
def tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    stories = _newest(_whole().tagged(tag), TAG_ORDER)
    if not stories:
        raise Http404
    return _atom_of(stories, name=tag.name, about=f"Stories tagged {tag.name}", page=f"/tags/{tag.slug}/")


@public_page
def author_feed(request: HttpRequest, username: str) -> HttpResponse:
    """A former user name leads to the feed under the present one, as it does on the author's page."""
    author = bearer(username)
    if author is None or author.is_nameless:
        raise Http404
    if author.username != username:
        return HttpResponsePermanentRedirect(f"/authors/{author.username}/feed/")
    stories = _newest(_whole().on_page_of(author), AUTHOR_ORDER)
    if not stories and not author.is_active:
        raise Http404
    return _atom_of(stories, name=author.name, about=author.bio, page=f"/authors/{author.username}/")


def _whole() -> StoryQuerySet:
    return Story.objects.published().for_page()


def _newest(stories: StoryQuerySet, order: tuple[str, ...]) -> list[Story]:
    return page_of(stories, order=order, size=ENTRIES).items


def _of_site(address: str) -> Feed:
    about = f"Stories by members of the {settings.SITE_NAME} community, each read by an editor before you."
    stories = _newest(_whole(), NEWEST_ORDER)
    return make_feed(stories, title=settings.SITE_NAME, about=about, page="/", address=address)


def _atom_of(stories: list[Story], *, name: str, about: str, page: str) -> HttpResponse:
    title = f"{name} · {settings.SITE_NAME}"
    shown = make_feed(stories, title=title, about=about, page=page, address=f"{page}feed/")
    return _answer(shown, atom, "application/atom+xml")


def _answer(feed: Feed, write: Callable[[Feed], str], kind: str) -> HttpResponse:
    response = HttpResponse(write(feed), content_type=f"{kind}; charset=utf-8")
    if feed.updated is not None:
        # For information: whether a reader's copy still holds is asked by ETag, which also sees a removal.
        response.headers["Last-Modified"] = http_date(feed.updated.timestamp())
    return response
