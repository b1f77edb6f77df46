"""Makes a kept picture smaller, in several kinds, in a confined process, which is gone when it has answered.

Run by `stories.confined` for `variants`, with its limits and recipe as JSON in the last argument; reads the kept
file from standard input and writes one line of JSON and then the files to standard output, one after the other.
Imports nothing of the project.
"""

import json
import os
import sys
from io import BytesIO
from typing import Any

from PIL import AvifImagePlugin, Image, WebPImagePlugin  # noqa: F401 - plug-ins by import

FEW_COLOURS = 1024  # a drawing has no more; a photograph has


def main() -> None:
    order = json.loads(sys.argv[-1])
    os.nice(9)  # behind the uploads that somebody waits for
    Image.MAX_IMAGE_PIXELS = order["max_pixels"]
    data = sys.stdin.buffer.read()
    try:
        answer, files = encode(data, order)
    except (OSError, SyntaxError, ValueError, EOFError):
        answer, files = {"refused": "broken"}, []
    except MemoryError:
        answer, files = {"refused": "memory"}, []
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(files))


def encode(data: bytes, order: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """The picture in each width, in WebP, AVIF and the kind that every program knows."""
    image = Image.open(BytesIO(data), formats=("WEBP",))
    image.load()
    drawn = image.getcolors(FEW_COLOURS) is not None
    kinds = ["avif", "webp", "png" if image.mode == "RGBA" else "jpg"]
    made: dict[str, list[bytes]] = {kind: [] for kind in kinds}
    for width in order["widths"]:
        height = max(1, round(image.height * width / image.width))
        small = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
        for kind in kinds:
            made[kind].append(_encode(small, kind, order, drawn=drawn))
    if sum(map(len, made["avif"])) >= sum(map(len, made["webp"])):
        # A browser takes the first kind that it knows, whichever is smaller.
        kinds.remove("avif")
    files = [(width, kind, made[kind][at]) for at, width in enumerate(order["widths"]) for kind in kinds]
    answer = {"kinds": kinds, "files": [[width, kind, len(data)] for width, kind, data in files]}
    return answer, [data for *_, data in files]


def _encode(image: Image.Image, kind: str, order: dict[str, Any], *, drawn: bool) -> bytes:
    out = BytesIO()
    if kind == "avif":
        quality, colours = (order["avif_drawn"], "4:4:4") if drawn else (order["avif"], "4:2:0")
        image.save(
            out, "AVIF", quality=quality, speed=order["avif_speed"], subsampling=colours, max_threads=1
        )
    elif kind == "webp" and drawn:
        image.save(out, "WEBP", lossless=True, quality=60, method=4, exact=False)
    elif kind == "webp":
        image.save(out, "WEBP", quality=order["webp"], method=4)
    elif kind == "png":
        # For programs of ten years ago: in all its colours a photograph would take ten times the room.
        image.quantize(256, method=Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
    else:
        image.convert("RGB").save(
            out, "JPEG", quality=order["jpeg"], optimize=True, progressive=True, subsampling=0 if drawn else 2
        )
    return out.getvalue()


if __name__ == "__main__":
    main()
