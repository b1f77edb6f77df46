"""A kept picture in the widths and kinds in which it is sent, made in a process of its own."""

from dataclasses import dataclass
from typing import Any

from stories.confined.running import run_confined
from stories.pictures.kinds import kind_of
from stories.pictures.limits import LIMITS, MAX_RESULT_BYTES

# Raised when widths, kinds or qualities change: what an older one made is made anew.
RECIPE = 1
WIDTHS = (240, 480, 720, 1080, 1600)

# How these were chosen, with what they cost: docs/decisions/031-pictures-in-several-sizes.md.
_QUALITY = {"avif": 52, "avif_drawn": 70, "avif_speed": 7, "webp": 75, "jpeg": 78}
_CPU_SECONDS = 20  # the costliest picture that is kept takes 10
_WALL_SECONDS = 120  # on a machine where everybody else comes first

_ENCODER = "stories.pictures.encoder"
_KINDS = {"avif": "AVIF", "webp": "WebP", "jpg": "JPEG", "png": "PNG"}


class VariantsError(Exception):
    """The picture could not be made smaller: for the log, because nobody waits for it."""


@dataclass(frozen=True)
class Variant:
    width: int
    kind: str
    data: bytes


@dataclass(frozen=True)
class Variants:
    """`kinds` is the best first; each width is there in each kind."""

    widths: tuple[int, ...]
    kinds: tuple[str, ...]
    files: tuple[Variant, ...]


def widths_of(width: int) -> tuple[int, ...]:
    """Those to make of a picture that is `width` wide: never wider than it is, and none that is nearly another."""
    narrower = (each for each in WIDTHS if each <= width * 0.9)
    return tuple(dict.fromkeys((*narrower, min(width, WIDTHS[-1]))))


def make_variants(data: bytes, *, width: int) -> Variants:
    """`data` is a picture as `accept` gave it. Blocks for some seconds, with low priority. Raises VariantsError."""
    widths = widths_of(width)
    order = {
        "cpu_seconds": _CPU_SECONDS,
        "memory_bytes": LIMITS.memory_bytes,
        "max_pixels": LIMITS.long_side**2,
        "widths": widths,
        **_QUALITY,
    }
    answer, files = run_confined(_ENCODER, data, limits=order, wall_seconds=_WALL_SECONDS)
    if "refused" in answer:
        raise VariantsError(f"refused: {answer['refused']}")
    return _checked(answer, files, widths)


def _checked(answer: dict[str, Any], data: bytes, widths: tuple[int, ...]) -> Variants:
    """The answer comes from a process that read a stranger's file: nothing of it is taken on trust."""
    kinds = tuple(kind for kind in _KINDS if kind in answer.get("kinds", ()))
    expected = [(width, kind) for width in widths for kind in kinds]
    try:
        sizes = [(int(width), str(kind), int(size)) for width, kind, size in answer["files"]]
    except (KeyError, TypeError, ValueError):
        sizes = []
    if not kinds or [size[:2] for size in sizes] != expected or len(data) > MAX_RESULT_BYTES:
        raise VariantsError("the answer is not what was asked for")
    files, start = [], 0
    for width, kind, size in sizes:
        file = data[start : start + max(0, size)]
        if kind_of(file) != _KINDS[kind]:
            raise VariantsError(f"what was made as {kind} is something else")
        files.append(Variant(width, kind, file))
        start += size
    if start != len(data):
        raise VariantsError("more was answered than was asked for")
    return Variants(widths, kinds, tuple(files))
