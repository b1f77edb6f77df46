"""Draws a picture of the demo site by its name, as pictures.toml and people.toml describe it."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from stories.demo.pictures import landscapes, still_lifes, towns, works
from stories.demo.pictures.paper import Paper
from stories.demo.pictures.portraits import portrait

QUALITY = 84  # of WebP, 0 to 100
EFFORT = 0  # of 6; more takes longer and saves little
DEMO = Path(__file__).parent.parent

_SCENES: Mapping[str, Callable[..., Paper]] = {
    scene.__name__: scene
    for scene in (
        *(landscapes.birches, landscapes.dunes, landscapes.furrows, landscapes.hills, landscapes.lake),
        *(landscapes.mountains, landscapes.river, landscapes.road, landscapes.sea),
        *(still_lifes.books, still_lifes.bread, still_lifes.jars, still_lifes.lamp, still_lifes.oranges),
        *(still_lifes.spools, still_lifes.teapot),
        *(towns.rooftops, towns.street, towns.window, towns.windows),
        *(works.arches, works.bridge, works.timetable, works.train),
    )
}


@dataclass(frozen=True)
class Drawn:
    """A picture as a WebP file; `facts` are its width, height and mean colour."""

    data: bytes
    facts: dict[str, int | str]


def draw_named(name: str) -> Drawn:
    """A picture of the catalogue, or the portrait of somebody: `portrait-` and their user name."""
    if name.startswith("portrait-"):
        return _as_file(portrait(**_portraits()[name.removeprefix("portrait-")]))
    facts = dict(pictures()[name])
    return _as_file(_SCENES[facts.pop("scene")](facts.pop("seed"), **facts).finish())


@cache
def pictures() -> dict[str, dict[str, Any]]:
    """The catalogue by name."""
    return _toml("pictures.toml")


def _portraits() -> dict[str, dict[str, Any]]:
    return {person["username"]: person["portrait"] for person in _toml("people.toml")["people"]}


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DEMO / name).read_text(encoding="utf-8"))


def _as_file(image: Image.Image) -> Drawn:
    file = BytesIO()
    image.save(file, "WEBP", quality=QUALITY, method=EFFORT)
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).tobytes()
    facts: dict[str, int | str] = {
        "width": image.width,
        "height": image.height,
        "colour": f"#{red:02x}{green:02x}{blue:02x}",
    }
    return Drawn(file.getvalue(), facts)
