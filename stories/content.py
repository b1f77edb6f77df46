"""What an author wrote, as one value: the same in a draft, a revision, a preview and a comparison."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that an editor reads and a decision is bound to.

    `body` is canonical HTML (stories.prose.clean). `topics` are slugs in the author's order, `tags` are
    words. `cover` is the address of a picture or "". `pictures` are the SHA-256 of the picture files shown,
    cover first. `disclosures` are `key=answer` lines.
    """

    title: str = ""
    summary: str = ""
    body: str = ""
    language: str = "en"
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cover: str = ""
    cover_alt: str = ""
    pictures: tuple[str, ...] = field(default=())
    disclosures: tuple[str, ...] = ()

    def changed(self, **fields: object) -> "Content":
        return replace(self, **fields)  # type: ignore[arg-type]


FIELDS = (
    "title",
    "summary",
    "body",
    "language",
    "topics",
    "tags",
    "cover",
    "cover_alt",
    "pictures",
    "disclosures",
)


def canonical(content: Content) -> bytes:
    """The content as bytes in which no two different contents are alike.

    Each field is its name, the number of its items and, for each item, its length in bytes before it.
    The database computes the same in `stories_content_sha256` and refuses a revision where they differ.
    """
    return b"".join(_encode(name, getattr(content, name)) for name in FIELDS)


def content_sha256(content: Content) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def _encode(name: str, value: str | Iterable[str]) -> bytes:
    items = [value] if isinstance(value, str) else list(value)
    head = f"{name}/{len(items)}\n".encode()
    return head + b"".join(_encode_item(item) for item in items)


def _encode_item(item: str) -> bytes:
    data = item.encode()
    return str(len(data)).encode() + b":" + data + b"\n"
