"""The ways to come upon a story: the front page, the latest, topics, tags and authors."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.names import bearer
from stories.models import Story, Tag, Topic
from stories.models.feature import MOST_FEATURED
from stories.models.keyset import Page, page_of
from stories.models.story import AUTHOR_ORDER, NEWEST_ORDER, TAG_ORDER, TOPIC_ORDER
from stories.reading.addresses import one_spelling
from stories.reading.bylines import languages_of
from stories.reading.cards import BESIDE, LEADING, cards
from stories.reading.public import public_page

LEADERS = 4  # one story leads the front page, three stand below it
ON_FRONT = 16
A_PAGE = 20


@public_page
def front(request: HttpRequest) -> HttpResponse:
    """First what editors chose, then the newest; what is off the public pages is in neither. Three queries."""
    page = page_of(_cards(), order=NEWEST_ORDER, size=ON_FRONT)
    chosen = list(_featured(timezone.now()))
    there = {story.pk for story in chosen}
    stories = chosen + [story for story in page.items if story.pk not in there]
    context = {
        "stories": stories,
        "lead": cards(stories[:1], place=LEADING),
        "beside": cards(stories[1:LEADERS], place=BESIDE),
        "rest": cards(stories[LEADERS:]),
        "older": f"/latest/?cursor={page.next_cursor}" if page.next_cursor else "",
        "topics": Topic.objects.filter(is_open=True),
    }
    return render(request, "stories/reading/front.html", context)


@public_page
def latest(request: HttpRequest) -> HttpResponse:
    page = page_of(_cards(), order=NEWEST_ORDER, cursor=_cursor(request), size=A_PAGE)
    return render(request, "stories/reading/latest.html", _turning(page, "/latest/"))


@public_page
def topics(request: HttpRequest) -> HttpResponse:
    return render(request, "stories/reading/topics.html", {"topics": Topic.objects.filter(is_open=True)})


@public_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    stories = _cards().under_topic(topic)
    page = page_of(stories, order=TOPIC_ORDER, cursor=_cursor(request), size=A_PAGE)
    context = _turning(page, f"/topics/{topic.slug}/")
    return render(request, "stories/reading/topic.html", {"topic": topic, **context})


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """A tag is a word of its stories' authors: without a public story there is nothing to show."""
    tag = Tag.objects.filter(slug=one_spelling(slug)).first()
    if tag is None:
        raise Http404
    if tag.slug != slug:
        return HttpResponsePermanentRedirect(f"/tags/{tag.slug}/")
    page = page_of(_cards().tagged(tag), order=TAG_ORDER, cursor=_cursor(request), size=A_PAGE)
    if not page.items:
        raise Http404
    return render(request, "stories/reading/tag.html", {"tag": tag, **_turning(page, f"/tags/{tag.slug}/")})


@public_page
def author(request: HttpRequest, username: str) -> HttpResponse:
    """A former user name leads to the present one.

    Who left keeps the page that their stories lead to, and without stories has none.
    """
    author = bearer(username)
    if author is None or author.is_nameless:
        raise Http404
    if author.username != username:
        return HttpResponsePermanentRedirect(f"/authors/{author.username}/")
    stories = _cards().on_page_of(author)
    page = page_of(stories, order=AUTHOR_ORDER, cursor=_cursor(request), size=A_PAGE)
    if not page.items and not author.is_active:
        raise Http404
    context = _turning(page, f"/authors/{author.username}/")
    languages = languages_of(author.languages, page.items)
    return render(
        request, "stories/reading/author.html", {"author": author, "languages": languages, **context}
    )


def _featured(now: datetime):
    leading = _cards().filter(feature__ends_at__gt=now)
    return leading.order_by("feature__position", "feature__id")[:MOST_FEATURED]


def _cards():
    return Story.objects.published().for_cards()


def _cursor(request: HttpRequest) -> str:
    return request.GET.get("cursor", "")


def _turning(page: Page[Story], path: str) -> dict[str, object]:
    """What every list shows: its stories, the way on and the way back."""
    return {
        "stories": page.items,
        "cards": cards(page.items),
        "path": path,
        "next": f"{path}?cursor={page.next_cursor}" if page.next_cursor else "",
        "previous": f"{path}?cursor={page.previous_cursor}" if page.previous_cursor else "",
    }
