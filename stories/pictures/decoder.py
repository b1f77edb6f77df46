"""Opens a stranger's picture in a confined process, which is gone when it has answered.

Run by `stories.confined` for `accept`, with its limits as JSON in the last argument; reads the file from standard
input and writes one line of JSON and then the picture to standard output. Imports nothing of the project.
"""

import json
import sys
import warnings
from io import BytesIO
from typing import Any

from PIL import AvifImagePlugin, Image, ImageCms, ImageMath, ImageOps, WebPImagePlugin  # noqa: F401 - plug-ins by import

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
FEW_COLOURS = 1024  # a drawing, kept without loss; a photograph has more


class Refused(Exception):
    """`args` are the reason's name and what belongs to it."""


def main() -> None:
    limits = json.loads(sys.argv[-1])
    restrain(limits)
    data = sys.stdin.buffer.read()
    try:
        answer, picture = decode(data, limits)
    except Refused as refused:
        answer, picture = {"refused": refused.args[0], **refused.args[1]}, b""
    except MemoryError:
        answer, picture = {"refused": "memory"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + picture)


def restrain(limits: dict[str, Any]) -> None:
    """What Pillow itself can be told to refuse."""
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Image.MAX_IMAGE_PIXELS = limits["max_pixels"]
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def decode(data: bytes, limits: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The picture upright, in sRGB, reduced, as WebP without metadata; of a moving picture the first frame."""
    if data.startswith(b"\xff\xd8") and data.count(b"\xff\xda") > limits["max_scans"]:
        raise Refused("unusual", {})
    image = _open(data, limits)
    untouched = max(image.size) <= limits["long_side"]
    lossless = image.format in ("PNG", "GIF") and untouched
    profile = image.info.get("icc_profile")
    try:
        image.draft("RGB", (limits["long_side"],) * 2)
        image.load()
        image = _reduce(_plain_mode(image), limits["long_side"])
        image = _to_srgb(ImageOps.exif_transpose(image), profile)
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, KeyError) as error:
        raise Refused("broken", {}) from error
    out = BytesIO()
    lossless = lossless and image.getcolors(FEW_COLOURS) is not None
    if lossless:
        image.save(out, "WEBP", lossless=True, quality=60, method=4, exact=False)
    else:
        image.save(out, "WEBP", quality=limits["quality"], method=4)
    width, height = image.size
    return {"width": width, "height": height, "colour": _dominant_colour(image)}, out.getvalue()


def _open(data: bytes, limits: dict[str, Any]) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("pixels", {}) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, KeyError) as error:
        raise Refused("broken", {}) from error
    width, height = image.size
    if max(width, height) > limits["max_side"] or width * height > limits["max_pixels"]:
        raise Refused("pixels", {"width": width, "height": height})
    return image


def _plain_mode(image: Image.Image) -> Image.Image:
    """One of L, RGB, RGBA and CMYK; keeps what `exif_transpose` reads."""
    if image.mode.startswith("I"):  # 16 bits a pixel
        wide = ImageMath.lambda_eval(lambda names: names["wide"] >> 8, wide=image.convert("I"))
        return _keeping_info(wide.convert("L"), image)
    if image.mode in ("L", "RGB", "RGBA", "CMYK"):
        if "transparency" in image.info:
            return _keeping_info(image.convert("RGBA"), image)
        return image
    if image.mode in ("P", "PA", "LA", "La", "RGBa"):
        transparent = image.mode != "P" or "transparency" in image.info
        return _keeping_info(image.convert("RGBA" if transparent else "RGB"), image)
    return _keeping_info(image.convert("L" if image.mode == "1" else "RGB"), image)


def _keeping_info(image: Image.Image, source: Image.Image) -> Image.Image:
    image.info = {key: value for key, value in source.info.items() if key == "exif"}
    image.getexif().update({0x0112: source.getexif().get(0x0112, 1)})
    return image


def _reduce(image: Image.Image, long_side: int) -> Image.Image:
    image.thumbnail((long_side, long_side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return image


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(colours, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None  # a profile of nonsense, or of other colours than the picture's
        colours = converted or colours
    colours = colours.convert("RGB")
    if alpha and alpha.getextrema() != (255, 255):
        colours.putalpha(alpha)
    return colours


def _dominant_colour(image: Image.Image) -> str:
    """The commonest of the five colours that describe the picture best, on white where one sees through it."""
    small = image.resize((48, 48), Image.Resampling.BOX)
    if small.mode == "RGBA":
        paper = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(paper, small).convert("RGB")
    few = small.quantize(5)
    counts = few.histogram()
    number = counts.index(max(counts))
    red, green, blue = (few.getpalette() or [])[number * 3 : number * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


if __name__ == "__main__":
    main()
