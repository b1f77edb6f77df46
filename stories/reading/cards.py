"""Stories in lists: a card each, filled into a shell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.utils.safestring import SafeString

from stories.days import day_of, in_words
from stories.models import Revision, Story
from stories.prose.languages import language_of
from stories.prose.pictures import picture_of, picture_tag
from stories.prose.safe import as_html
from stories.reading.bylines import links
from stories.reading.shell import Shell

_card = Shell("includes/_card.html")


@dataclass(frozen=True)
class Place:
    """How large a card's picture is there: `sizes` for the browser, `widest` in pixels of what is ever sent."""

    sizes: str
    widest: int
    at_once: bool = False


LEADING = Place("(min-width: 72rem) 42rem, (min-width: 58rem) 54vw, calc(100vw - 2rem)", 1600, at_once=True)
BESIDE = Place("(min-width: 72rem) 24rem, (min-width: 44rem) 30vw, calc(100vw - 2rem)", 1080)
LISTED = Place("(min-width: 34rem) 11rem, 9rem", 720)


def cards(stories: Iterable[Story], *, place: Place = LISTED) -> list[SafeString]:
    """`stories` come from for_cards()."""
    return [_card.fill(_values(story, place)) for story in stories]


def _values(story: Story, place: Place) -> dict[str, str]:
    text = cast(Revision, story.published_revision)
    rendering = text.rendering
    topic = story.shelf[0] if story.shelf else {"slug": "", "name": ""}
    day = day_of(cast(datetime, story.first_published_at))
    return {
        "language": text.language,
        "is_rtl": "rtl" if language_of(text.language).direction == "rtl" else "",
        "cover": _picture(text.cover, rendering.cover, place) if text.cover else "",
        "slug": cast(str, story.slug),
        "topic_slug": topic["slug"],
        "topic": topic["name"],
        "title": text.title,
        "summary": text.summary or rendering.excerpt,
        "authors": links(story.writers),
        "day": day.isoformat(),
        "date": in_words(day),
        "minutes": str(rendering.minutes),
    }


def _picture(address: str, facts: Mapping[str, Any], place: Place) -> SafeString:
    """Beside the title, which says the same: it needs no words of its own."""
    return as_html(
        picture_tag(
            address,
            alt="",
            picture=picture_of(facts),
            sizes=place.sizes,
            at_once=place.at_once,
            widest=place.widest,
        )
    )
