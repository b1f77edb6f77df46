"""The search page: an answer to anything that can be typed."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from stories.models import Story
from stories.prose.languages import LANGUAGES, by_code
from stories.prose.plain import clean_line
from stories.prose.search import MAX_QUERY, read_query
from stories.prose.snippet import Parts, snippet
from stories.reading.bylines import links
from stories.reading.finding import TookTooLong, find
from stories.reading.public import public_page

A_PAGE = 10
_CURSOR = re.compile(r"([ob])([0-9]{1,12})\.([0-9]{1,18})\Z")
Place = tuple[int, int]


@dataclass(frozen=True)
class Result:
    story: Story
    authors: SafeString
    snippet: Parts


@public_page
def search(request: HttpRequest) -> HttpResponse:
    typed = clean_line(request.GET.get("q", "")[: 4 * MAX_QUERY])[:MAX_QUERY]
    language = request.GET.get("language", "")
    language = language if language in by_code else ""
    asked = read_query(typed)
    context: dict[str, object] = {
        "q": typed,
        "language": language,
        "languages": LANGUAGES,
        "has_words": bool(asked),
    }
    try:
        found = find(asked, language=language)
    except TookTooLong:
        return render(request, "stories/reading/search.html", {**context, "took_too_long": True}, status=503)
    places, previous, following = _turn(found.places, request.GET.get("cursor", ""))
    address = f"/search/?{urlencode({'q': typed, 'language': language} if language else {'q': typed})}"
    context |= {
        "results": _results(places, typed),
        "is_close": found.is_close,
        "previous": f"{address}&cursor={previous}" if previous else "",
        "next": f"{address}&cursor={following}" if following else "",
    }
    return render(request, "stories/reading/search.html", context)


def _turn(places: list[Place], cursor: str) -> tuple[list[Place], str, str]:
    """A page of the results, with the cursors back and on; the first page for a cursor nobody gave out."""
    start = 0
    if match := _CURSOR.match(cursor):
        place = (int(match[2]), int(match[3]))
        before = sum(1 for each in places if each > place)
        start = before + (place in places) if match[1] == "o" else max(0, before - A_PAGE)
        start = start if start < len(places) else 0
    page = places[start : start + A_PAGE]
    more = start + A_PAGE < len(places)
    return page, _write("b", page[0]) if start else "", _write("o", page[-1]) if more else ""


def _write(way: str, place: Place) -> str:
    return f"{way}{place[0]}.{place[1]}"


def _results(places: list[Place], typed: str) -> list[Result]:
    """In the order of `places`; one query. A story that was taken off meanwhile is left out."""
    ids = [pk for _, pk in places]
    stories = Story.objects.published().for_cards().filter(pk__in=ids)
    by_id = {story.pk: story for story in stories.annotate(text=F("published_revision__rendering__text"))}
    return [
        Result(by_id[pk], links(by_id[pk].writers), snippet(by_id[pk].text, typed))
        for pk in ids
        if pk in by_id
    ]
