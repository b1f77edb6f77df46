"""The colours that may hold a picture's place: few, because a page brings no style of its own, and spread as eyes see.

Each is a class of static/css/tones.css, which is `sheet()`.
"""

import math
from functools import cache, lru_cache

Lab = tuple[float, float, float]

_LIGHTNESS = (0.25, 0.42, 0.6, 0.76, 0.9)
_CHROMA = (0.04, 0.1)  # subdued and clear; greys have none
_HUES = 12
_HEAD = "/* The colour that holds a picture's place until it is there: made and chosen by stories/prose/tones.py. */\n"


@lru_cache(maxsize=10_000)
def tone_of(colour: str) -> str:
    """The class of the tone nearest to `colour` ("#rrggbb")."""
    light, a, b = _lab(colour)
    return min(
        tones().items(),
        key=lambda tone: (tone[1][0] - light) ** 2 + (tone[1][1] - a) ** 2 + (tone[1][2] - b) ** 2,
    )[0]


@cache
def tones() -> dict[str, Lab]:
    """By class, in OKLab."""
    found: dict[str, Lab] = {}
    for level, light in enumerate(_LIGHTNESS):
        found[f"tone-{level}"] = (light, 0.0, 0.0)
        for strength, chroma in enumerate(_CHROMA):
            for hue in range(_HUES):
                angle = 2 * math.pi * hue / _HUES
                found[f"tone-{level}-{strength}-{hue}"] = (
                    light,
                    chroma * math.cos(angle),
                    chroma * math.sin(angle),
                )
    return found


def sheet() -> str:
    rules = (f".{name} {{ --tone: {_hexadecimal(lab)}; }}\n" for name, lab in tones().items())
    return _HEAD + "".join(rules)


def _lab(colour: str) -> Lab:
    """Björn Ottosson's OKLab: equal distances look equal."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _hexadecimal(lab: Lab) -> str:
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _curved(min(1.0, max(0.0, each)))):02x}" for each in channels)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _curved(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
