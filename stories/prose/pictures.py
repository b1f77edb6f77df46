"""A picture as a page shows it: the browser takes the width and kind that suit it, and its place is held meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stories.prose.tones import tone_of
from stories.prose.write import start_tag

MIME = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
PLAIN_WIDTH = 1080  # pixels of what is sent to a browser that chooses nothing, and to feeds

# How wide a picture stands on the page: what a browser knows before it has read the style sheets.
IN_TEXT = "(min-width: 42rem) 40rem, calc(100vw - 2rem)"
AS_COVER = "(min-width: 64rem) 60rem, 100vw"


@dataclass(frozen=True)
class Picture:
    """A picture's size in pixels, and the colour ("#rrggbb", or "") that holds its place.

    It is there in each of `widths` in each of `kinds`, the best kind first and the one that every program knows
    last, as `recipe` made them; without any of them only the stored file is.
    """

    width: int
    height: int
    colour: str = ""
    recipe: int = 0
    widths: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """One file of a picture: where it is, and its size in pixels."""

    address: str
    width: int
    height: int


def picture_of(facts: Mapping[str, Any]) -> Picture:
    """The picture whose fields were kept as JSON. Of one that was never found the size is a guess."""
    return Picture(
        width=facts.get("width", 1200),
        height=facts.get("height", 800),
        colour=facts.get("colour", ""),
        recipe=facts.get("recipe", 0),
        widths=tuple(facts.get("widths", ())),
        kinds=tuple(facts.get("kinds", ())),
    )


def variant_address(address: str, *, recipe: int, width: int, kind: str) -> str:
    """As unguessable as `address`, that of the stored file, from which it is made."""
    name = address.rpartition("/")[2].rpartition(".")[0]
    return f"/media/variants/{recipe}/{name}-{width}.{kind}"


def plain_file(address: str, picture: Picture, *, width: int = PLAIN_WIDTH) -> File:
    """The one to give to programs that choose nothing: of a kind they all know, and about `width` wide."""
    if not picture.widths:
        return File(address, picture.width, picture.height)
    best = max((each for each in picture.widths if each <= width), default=picture.widths[0])
    found = variant_address(address, recipe=picture.recipe, width=best, kind=picture.kinds[-1])
    return File(found, best, max(1, round(picture.height * best / picture.width)))


def picture_tag(
    address: str,
    *,
    alt: str,
    picture: Picture | None,
    sizes: str,
    at_once: bool = False,
    toned: bool = True,
    widest: int = 10_000,
) -> str:
    """The element for one picture. `at_once` is for the one that is seen first: all others wait until they come near.

    `toned` holds its place in its own colour, where the element is as large as the picture. `widest` leaves out what
    is larger than is ever shown. Without `picture` neither size nor variants are known.
    """
    attributes = {"src": address, "alt": alt, "decoding": "async"}
    attributes |= {"fetchpriority": "high"} if at_once else {"loading": "lazy"}
    sources = ""
    if picture is not None:
        attributes |= {"width": str(picture.width), "height": str(picture.height)}
        if tone := _tone(picture) if toned else "":
            attributes["class"] = tone
        if picture.widths:
            sets = _sets(address, picture, widest=widest)
            *better, last = picture.kinds
            attributes |= {
                "src": plain_file(address, picture, width=min(widest, PLAIN_WIDTH)).address,
                "srcset": sets[last],
                "sizes": sizes,
            }
            sources = "".join(_source(kind, sets[kind], sizes) for kind in better)
    image = start_tag("img", attributes, *_ORDER)
    return f"<picture>{sources}{image}</picture>" if sources else image


_ORDER = (
    *("src", "srcset", "sizes", "alt", "width", "height"),
    *("class", "fetchpriority", "loading", "decoding"),
)


def _sets(address: str, picture: Picture, *, widest: int) -> dict[str, str]:
    widths = [each for each in picture.widths if each <= widest] or picture.widths[:1]
    return {
        kind: ", ".join(
            f"{variant_address(address, recipe=picture.recipe, width=width, kind=kind)} {width}w"
            for width in widths
        )
        for kind in picture.kinds
    }


def _source(kind: str, addresses: str, sizes: str) -> str:
    attributes = {"type": MIME[kind], "srcset": addresses, "sizes": sizes}
    return start_tag("source", attributes, "type", "srcset", "sizes")


def _tone(picture: Picture) -> str:
    """None for a picture that one may see through, which is one whose plain kind is PNG or not known yet."""
    if not picture.colour or picture.kinds[-1:] in ((), ("png",)):
        return ""
    return tone_of(picture.colour)
