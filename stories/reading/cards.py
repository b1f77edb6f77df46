"""Stories in lists: a card each, filled into a shell."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.utils.safestring import SafeString

from stories.days import day_of, in_words
from stories.models import Revision, Story
from stories.prose.languages import language_of
from stories.reading.shell import Shell

_card = Shell("includes/_card.html")


def cards(stories: Iterable[Story], *, eager: bool = False) -> list[SafeString]:
    """`stories` come from for_cards(); `eager` when their pictures are seen at once."""
    return [_card.fill(_values(story, eager=eager)) for story in stories]


def _values(story: Story, *, eager: bool) -> dict[str, str]:
    text = cast(Revision, story.published_revision)
    rendering = text.rendering
    topic = story.shelf[0] if story.shelf else {"slug": "", "name": ""}
    day = day_of(cast(datetime, story.first_published_at))
    return {
        "language": text.language,
        "is_rtl": "rtl" if language_of(text.language).direction == "rtl" else "",
        "cover": text.cover,
        "width": str(rendering.cover.get("width", 1200)) if text.cover else "",
        "height": str(rendering.cover.get("height", 800)) if text.cover else "",
        "eager": "eager" if eager else "",
        "slug": cast(str, story.slug),
        "topic_slug": topic["slug"],
        "topic": topic["name"],
        "title": text.title,
        "summary": text.summary or rendering.excerpt,
        "username": story.author.username,
        "author": story.author.name,
        "day": day.isoformat(),
        "date": in_words(day),
        "minutes": str(rendering.minutes),
    }
