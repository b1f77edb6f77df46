"""The one sanitiser: what a member wrote becomes canonical HTML out of a short allow-list."""

import nh3

from stories.prose.addresses import FindPicture, safe_href, safe_picture
from stories.prose.errors import ProseError, TooDeep, TooLong
from stories.prose.openings import MAX_DEPTH
from stories.prose.parse import parse
from stories.prose.write import Writer

__all__ = ["MAX_BYTES", "ProseError", "TooDeep", "TooLong", "clean"]

MAX_BYTES = 500_000  # of UTF-8, coming in and going out

ALLOWED: dict[str, set[str]] = {
    **{name: set() for name in ("p", "h2", "h3", "h4", "br", "hr", "blockquote", "pre", "ul", "li")},
    **{name: set() for name in ("strong", "em", "s", "sub", "sup", "code", "footer", "figcaption")},
    **{name: set() for name in ("table", "thead", "tbody", "tr")},
    "figure": {"align"},
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def _kept_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return safe_href(value)
    if attribute == "src":
        return safe_picture(value)
    if attribute == "alt":
        return value
    if attribute == "align":
        return value if value == "wide" else None
    return value if value.isascii() and value.isdigit() and len(value) <= 4 else None


_WALL = nh3.Cleaner(
    tags=set(ALLOWED),
    attributes=ALLOWED,
    attribute_filter=_kept_value,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    clean_content_tags={"script", "style"},
    strip_comments=True,
)


def clean(html: str, *, find_picture: FindPicture = safe_picture) -> str:
    """Canonical HTML of `html`: a closed set of elements, no class, style, id or name, our own pictures.

    The text is read into blocks and written anew (nothing of the input's markup is passed on), and what was
    written goes through a known sanitiser, whose word is last. It never sees more than MAX_DEPTH elements
    within each other, on which it would be quadratic. Cleaning twice gives the same as cleaning once.
    `find_picture` knows the pictures that came along with a file; without it only our own are kept.

    Raises TooLong above 500,000 bytes of UTF-8, TooDeep above 100 elements within each other.
    """
    _check_size(html)
    written = Writer(max_characters=MAX_BYTES, max_depth=MAX_DEPTH).write(
        parse(html, find_picture=find_picture)
    )
    cleaned = _WALL.clean(written)
    _check_size(cleaned)
    return cleaned


def _check_size(html: str) -> None:
    # A character takes at least one byte, so the count settles most; lone surrogates are replaced later.
    if len(html) > MAX_BYTES or len(html.encode(errors="replace")) > MAX_BYTES:
        raise TooLong
