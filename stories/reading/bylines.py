"""What is said of authors: their names in a row, each with the page it leads to, and their languages."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from stories.models import Story
from stories.prose.languages import LANGUAGES, Language
from stories.prose.safe import as_html


def name_of(writer: dict[str, str]) -> str:
    return writer["display_name"] or writer["username"]


def names(writers: Iterable[dict[str, str]]) -> str:
    return ", ".join(map(name_of, writers))


def links(writers: Iterable[dict[str, str]]) -> SafeString:
    """A name in another script than its neighbours keeps its own direction."""
    return as_html(", ".join(map(_link, writers)))


def _link(writer: dict[str, str]) -> str:
    name = escape(name_of(writer))
    if not writer["username"]:
        return f'<span dir="auto">{name}</span>'
    return f'<a href="/authors/{escape(writer["username"])}/" dir="auto">{name}</a>'


def languages_of(said: Iterable[str], stories: Iterable[Story]) -> list[Language]:
    """Those that an author says they write in, and those of the stories shown: no query of its own."""
    written = {story.published_revision.language for story in stories if story.published_revision}
    codes = written.union(said)
    return [language for language in LANGUAGES if language.code in codes]
