"""The one way a picture comes in: checked, opened in a process of its own, written anew."""

import hashlib
import re
import threading
from dataclasses import asdict, dataclass
from typing import Any

from stories.confined.places import PLACES, NoPlaceError, place, waiting_room
from stories.confined.running import run_confined
from stories.pictures.errors import PictureError
from stories.pictures.kinds import TAKEN, kind_of
from stories.pictures.limits import (
    LIMITS,
    MAX_BYTES,
    MAX_RESULT_BYTES,
    WAIT_SECONDS,
    WAITING,
    WALL_SECONDS,
    Limits,
)

__all__ = ["AcceptedPicture", "PictureError", "accept"]

_ROOM = threading.BoundedSemaphore(WAITING)
_DECODER = "stories.pictures.decoder"
_COLOUR = re.compile(r"#[0-9a-f]{6}")

_TAKEN_KINDS = "MyStory takes JPEG, PNG, WebP, AVIF and GIF."
_TOO_COSTLY = (
    "This picture is built in a way that takes too long to open. "
    "Please open it in a picture program, save it as JPEG and try again."
)
_BROKEN = (
    "This picture could not be read; the file may be cut off or damaged. Please save it again and try again."
)


@dataclass(frozen=True)
class AcceptedPicture:
    """A picture as it is kept and served: upright, sRGB, no metadata, at most 2,400 px on its long side.

    `extension` has no dot; `sha256` is the hexadecimal digest of `data`; `colour` is "#rrggbb".
    """

    data: bytes
    extension: str
    mime: str
    width: int
    height: int
    sha256: str
    colour: str


def accept(data: bytes, *, limits: Limits = LIMITS) -> AcceptedPicture:
    """Make `data`, the bytes of any file, into a picture we can serve, or raise PictureError.

    A moving picture becomes its first frame. Blocks for the time of the decoding: under a second for a
    photograph, at most WAIT_SECONDS and WALL_SECONDS together. At most PLACES are decoded at once on the machine.
    """
    _check(data)
    try:
        with waiting_room(_ROOM), place(places=PLACES, wait_seconds=WAIT_SECONDS):
            answer, picture = run_confined(_DECODER, data, limits=asdict(limits), wall_seconds=WALL_SECONDS)
    except NoPlaceError:
        raise PictureError(
            "Many pictures are being sent just now, and yours could not be read. Please try again in a minute."
        ) from None
    if "refused" in answer:
        raise PictureError(_reason(answer, limits))
    return _accepted(answer, picture, limits)


def _check(data: bytes) -> None:
    if not data:
        raise PictureError("This file is empty. Please choose the picture again.")
    if len(data) > MAX_BYTES:
        raise PictureError(
            f"This picture has {len(data) / 1_000_000:.1f} MB; the most is 10 MB. "
            "Please make it smaller or save it as JPEG, and try again."
        )
    kind = kind_of(data)
    if kind == "SVG":
        raise PictureError(
            f"This is an SVG drawing, which can hold programs. {_TAKEN_KINDS} Please export it as PNG and try again."
        )
    if not kind:
        raise PictureError(f"This file is no picture that we know. {_TAKEN_KINDS}")
    if kind not in TAKEN:
        article = "an" if kind == "icon" else "a"
        raise PictureError(
            f"This is {article} {kind} file. {_TAKEN_KINDS} Please save it as JPEG and try again."
        )


def _reason(answer: dict[str, Any], limits: Limits) -> str:
    if answer["refused"] == "pixels":
        size = (
            f"has {answer['width']:,} × {answer['height']:,} pixels" if "width" in answer else "is too large"
        )
        return (
            f"This picture {size}; the most is {limits.max_side:,} on a side "
            f"and {limits.max_pixels // 1_000_000} million in all. Please make it smaller and try again."
        )
    return _BROKEN if answer["refused"] == "broken" else _TOO_COSTLY


def _accepted(answer: dict[str, Any], picture: bytes, limits: Limits) -> AcceptedPicture:
    """The answer checked once more: it comes from a process that read a stranger's file."""
    width, height, colour = answer.get("width"), answer.get("height"), answer.get("colour")
    sizes_fit = all(isinstance(side, int) and 0 < side <= limits.long_side for side in (width, height))
    if (
        not sizes_fit
        or not isinstance(colour, str)
        or not _COLOUR.fullmatch(colour)
        or len(picture) > MAX_RESULT_BYTES
        or kind_of(picture) != "WebP"
    ):
        raise PictureError(_BROKEN)
    digest = hashlib.sha256(picture).hexdigest()
    return AcceptedPicture(picture, "webp", "image/webp", int(width), int(height), digest, colour)  # type: ignore[arg-type]
