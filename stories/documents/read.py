"""The one way a file of a story comes in: known by its bytes, read with limits, and what was left out is named."""

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from stories.confined.places import PLACES, NoPlaceError, place, waiting_room
from stories.confined.running import run_confined
from stories.documents import words
from stories.documents.limits import (
    LIMITS,
    MAX_BYTES,
    MAX_RESULT_BYTES,
    WAIT_SECONDS,
    WAITING,
    WALL_SECONDS,
    Limits,
)
from stories.documents.texts import PackedPictures, decode, unpack_pictures
from stories.pictures.kinds import kind_of
from stories.prose.documents import Document, document_of, read_document
from stories.prose.errors import ProseError

PACKED = frozenset({".docx", ".odt"})
TEXTS = frozenset({".md", ".markdown", ".html", ".htm", ".xhtml", ".txt", ".text"})
ENDINGS = PACKED | TEXTS

_ROOM = threading.BoundedSemaphore(WAITING)
_READER = "stories.documents.reader"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, and what is locked with a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")


class DocumentError(ProseError):
    """A file that cannot be taken; `message` is for the person who sent it."""


@dataclass(frozen=True)
class Brought:
    """A document, the bytes of its pictures by the addresses that stand for them in its body, and sentences on what
    was left out. No bytes stand for a picture that is larger than we take."""

    document: Document
    pictures: Mapping[str, bytes]
    left_out: tuple[str, ...]


def read_file(
    filename: str, data: bytes, *, beside: Mapping[str, bytes] | None = None, limits: Limits = LIMITS
) -> Brought:
    """Read any bytes into a document, or raise ProseError. `beside` are pictures that came along, by their names.

    Blocks for as long as the reading takes: some tenths of a second, at most WAIT_SECONDS and WALL_SECONDS.
    """
    ending = PurePath(filename).suffix.lower()
    if ending not in ENDINGS:
        raise DocumentError(words.unknown_kind(ending))
    if not data:
        raise DocumentError(words.EMPTY)
    if len(data) > MAX_BYTES:
        raise DocumentError(words.TOO_LARGE)
    if data.startswith(_OLD_OFFICE):
        raise DocumentError(words.REFUSED["password"] if _LOCKED in data else words.OLD_WORD)
    if ending in PACKED:
        return _read_packed(filename, data, limits)
    return _read_text(filename, data, beside or {})


def _read_text(filename: str, data: bytes, beside: Mapping[str, bytes]) -> Brought:
    kind = kind_of(data)
    if (kind and kind not in ("web page", "SVG")) or (
        b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise DocumentError(words.not_text(PurePath(filename).suffix.lower()))
    text, unpacked = unpack_pictures(decode(data))
    pictures = PackedPictures(unpacked, beside)
    document = read_document(filename, text, find_picture=pictures.find)
    return Brought(document, pictures.used, words.left_out({}, pictures.missing))


def _read_packed(filename: str, data: bytes, limits: Limits) -> Brought:
    if not data.startswith(b"PK\x03\x04"):
        raise DocumentError(words.not_packed(PurePath(filename).suffix.lower()))
    try:
        with waiting_room(_ROOM), place(places=PLACES, wait_seconds=WAIT_SECONDS):
            answer, packed = run_confined(_READER, data, limits=asdict(limits), wall_seconds=WALL_SECONDS)
    except NoPlaceError:
        raise DocumentError(words.BUSY) from None
    if "refused" in answer:
        raise DocumentError(words.REFUSED.get(answer["refused"], words.REFUSED["broken"]))
    return _brought(filename, answer, packed)


def _brought(filename: str, answer: dict[str, Any], packed: bytes) -> Brought:
    """The answer checked once more: it comes from a process that read a stranger's file."""
    title, summary, html = answer.get("title"), answer.get("summary"), answer.get("html")
    counts, sizes = answer.get("left_out"), answer.get("pictures")
    if (
        not (isinstance(title, str) and isinstance(summary, str) and isinstance(html, str))
        or not (isinstance(counts, dict) and all(isinstance(count, int) for count in counts.values()))
        or not (isinstance(sizes, list) and all(isinstance(size, int) and size >= 0 for size in sizes))
        or len(packed) > MAX_RESULT_BYTES
        or sum(sizes) != len(packed)
    ):
        raise DocumentError(words.REFUSED["broken"])
    document = document_of(filename, html, title=title, summary=summary)
    if not document.body:
        raise DocumentError(words.NO_TEXT)
    pictures, at = {}, 0
    for number, size in enumerate(sizes):
        address = f"/media/pictures/incoming-{number}.webp"
        if address in document.body:
            pictures[address] = packed[at : at + size]
        at += size
    return Brought(document, pictures, words.left_out(counts, ()))
