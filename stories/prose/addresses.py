"""Which addresses an author may point at: links to the web and to mail, pictures of our own."""

import re
from collections.abc import Callable

from stories.prose.plain import clean_characters

MAX_ADDRESS = 2000  # characters

FindPicture = Callable[[str], str | None]

_EDGES = "".join(map(chr, range(33)))
_DROPPED_INSIDE = re.compile(r"[\t\n\r]")
_WEB = re.compile(
    r"(?P<scheme>https?)://(?P<host>[^\s/?#\\@:\[\]<>\"'`{}|^%]+|\[[0-9a-f:.]+\])(?P<port>:\d{1,5})?(?P<rest>[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(
    r"mailto:(?P<to>[^\s?#\\<>\"'(),:;\[\]%]+@[^\s?#\\<>\"'(),:;\[\]%@]+)(?:\?.*)?", re.IGNORECASE | re.DOTALL
)
_ESCAPED_IN_REST = re.compile(r"[\s\"'<>`{}|^\\]")
_PICTURE = re.compile(r"/media/pictures/[A-Za-z0-9_-]{1,128}\.(?:webp|png|jpe?g|avif|gif)")


def safe_href(value: str) -> str | None:
    """The address a link may carry, in one spelling, or None.

    Only absolute http, https and mailto addresses, without user name and password, which serve to make one
    host look like another. Of a mail address only the recipient is kept: nobody prepares the letter.
    """
    if len(value) > MAX_ADDRESS:
        return None
    value = _DROPPED_INSIDE.sub("", clean_characters(value).strip(_EDGES))
    web = _WEB.fullmatch(value)
    if web:
        host = web["host"].lower()
        rest = _ESCAPED_IN_REST.sub(_percent, web["rest"] or "")
        address = f"{web['scheme'].lower()}://{host}{web['port'] or ''}{rest}"
        return address if host.strip(".-") and len(address) <= MAX_ADDRESS else None
    mail = _MAIL.fullmatch(value)
    if mail:
        return f"mailto:{mail['to']}"
    return None


def safe_picture(value: str) -> str | None:
    """The address of one of our own pictures, or None: a page loads nothing from elsewhere."""
    value = value.strip(_EDGES)
    return value if _PICTURE.fullmatch(value) else None


def host_of(href: str) -> str:
    """The host a checked link leads to; for a mail address what follows the @."""
    web = _WEB.fullmatch(href)
    if web:
        return web["host"]
    return href.rpartition("@")[2].lower()


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode())
