"""The names of a story's authors in a row, each with the page it leads to."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from stories.prose.safe import as_html


def name_of(writer: dict[str, str]) -> str:
    return writer["display_name"] or writer["username"]


def names(writers: Iterable[dict[str, str]]) -> str:
    return ", ".join(map(name_of, writers))


def links(writers: Iterable[dict[str, str]]) -> SafeString:
    """A name in another script than its neighbours keeps its own direction."""
    return as_html(
        ", ".join(
            f'<a href="/authors/{escape(writer["username"])}/" dir="auto">{escape(name_of(writer))}</a>'
            for writer in writers
        )
    )
