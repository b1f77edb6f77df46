"""A sheet of coloured paper to lay cut-out shapes on: smooth edges, soft shadows, and a little grain at the end."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 900
FINE = 2  # shapes are cut at twice the size and reduced, which is what makes their edges smooth
SHADOW = 4  # shadows are blurred at a quarter of the size, which is what makes them cheap

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Colour = str


@dataclass(frozen=True)
class Shape:
    """`paint` draws it on a mask whose left upper corner is at the given place; `bounds` is where it lies."""

    bounds: Box
    paint: Callable[[ImageDraw.ImageDraw, float, float], None]


class Paper:
    def __init__(
        self, *, seed: int, top: Colour, bottom: Colour, size: tuple[int, int] = (WIDTH, HEIGHT)
    ) -> None:
        self.random = Random(seed)  # noqa: S311 - the same seed must draw the same picture
        self.size = size
        self.image = _fade(size, top, bottom)

    def cut(
        self, colour: Colour, *shapes: Shape, to: Colour = "", shadow: float = 0.3, drop: int = 8
    ) -> None:
        """Lay shapes of one colour, fading to another at the foot; `shadow` is its strength, 0 for none."""
        place = self._place(shapes, margin=0)
        if place is None:
            return
        if shadow:
            self._cast(shapes, shadow, drop)
        mask = _mask(shapes, place)
        self.image.paste(_fade(mask.size, colour, to or colour), place[:2], mask)

    def tint(self, colour: Colour, strength: float, *shapes: Shape, blur: int = 0) -> None:
        """Colour what lies under the shapes, as light or mist does."""
        place = self._place(shapes, margin=blur * 3)
        if place is None:
            return
        mask = _mask(shapes, place)
        if blur:
            size = mask.size
            small = mask.reduce(8).filter(ImageFilter.GaussianBlur(blur / 8))
            mask = small.resize(size, Image.Resampling.BILINEAR)
        mask = mask.point([round(value * strength) for value in range(256)])
        self.image.paste(ImageColor.getrgb(colour)[:3], place, mask)

    def finish(self) -> Image.Image:
        """Grain in the paper, and corners a shade darker than the middle."""
        width, height = self.size
        half = (width // 2, height // 2)
        noise = Image.frombytes("L", half, self.random.randbytes(half[0] * half[1]))
        grain = noise.resize(self.size, Image.Resampling.BILINEAR).point(
            [242 + v * 13 // 255 for v in range(256)]
        )
        corners = Image.radial_gradient("L").resize(self.size, Image.Resampling.BILINEAR)
        shade = ImageChops.multiply(
            grain, corners.point([255 - round(v * v / 255 * 0.22) for v in range(256)])
        )
        return ImageChops.multiply(self.image, Image.merge("RGB", (shade, shade, shade)))

    def _cast(self, shapes: Sequence[Shape], strength: float, drop: int) -> None:
        place = self._place(shapes, margin=drop * 5)
        if place is None:
            return
        mask = _mask(shapes, place)
        soft = mask.reduce(SHADOW).filter(ImageFilter.GaussianBlur(drop / 2))
        soft = soft.point([round(value * strength) for value in range(256)]).resize(
            mask.size, Image.Resampling.BILINEAR
        )
        left, top, right, bottom = place
        shown = soft.crop((0, 0, right - left, min(bottom, self.size[1] - drop) - top))
        self.image.paste((24, 16, 28), (left, top + drop, right, top + drop + shown.height), shown)

    def _place(self, shapes: Sequence[Shape], *, margin: int) -> tuple[int, int, int, int] | None:
        """The part of the sheet that the shapes touch, or None when they miss it."""
        if not shapes:
            return None
        left = max(0, math.floor(min(shape.bounds[0] for shape in shapes)) - margin - 1)
        top = max(0, math.floor(min(shape.bounds[1] for shape in shapes)) - margin - 1)
        right = min(self.size[0], math.ceil(max(shape.bounds[2] for shape in shapes)) + margin + 1)
        bottom = min(self.size[1], math.ceil(max(shape.bounds[3] for shape in shapes)) + margin + 1)
        return (left, top, right, bottom) if left < right and top < bottom else None


def _mask(shapes: Sequence[Shape], place: tuple[int, int, int, int]) -> Image.Image:
    left, top, right, bottom = place
    mask = Image.new("L", ((right - left) * FINE, (bottom - top) * FINE))
    draw = ImageDraw.Draw(mask)
    for shape in shapes:
        shape.paint(draw, left, top)
    return mask.reduce(FINE)


def poly(points: Sequence[Point]) -> Shape:
    def paint(draw: ImageDraw.ImageDraw, left: float, top: float) -> None:
        draw.polygon([((x - left) * FINE, (y - top) * FINE) for x, y in points], fill=255)

    return Shape(_around(points), paint)


def disc(x: float, y: float, across: float, down: float = 0) -> Shape:
    """A disc of radius `across`, or an ellipse when `down` is given."""
    down = down or across
    bounds = (x - across, y - down, x + across, y + down)
    return Shape(bounds, lambda draw, left, top: draw.ellipse(_moved(bounds, left, top), fill=255))


def box(x: float, y: float, width: float, height: float, round_by: float = 0) -> Shape:
    bounds = (x, y, x + width, y + height)
    return Shape(
        bounds,
        lambda draw, left, top: draw.rounded_rectangle(
            _moved(bounds, left, top), radius=round_by * FINE, fill=255
        ),
    )


def line(points: Sequence[Point], width: float) -> Shape:
    def paint(draw: ImageDraw.ImageDraw, left: float, top: float) -> None:
        moved = [((x - left) * FINE, (y - top) * FINE) for x, y in points]
        draw.line(moved, fill=255, width=max(1, round(width * FINE)), joint="curve")

    return Shape(_around(points, width), paint)


def ring(x: float, y: float, radius: float, width: float) -> Shape:
    bounds = (x - radius, y - radius, x + radius, y + radius)
    return Shape(
        bounds,
        lambda draw, left, top: draw.ellipse(
            _moved(bounds, left, top), outline=255, width=round(width * FINE)
        ),
    )


def arch(x: float, foot: float, width: float, height: float, *, pointed: bool = False) -> Shape:
    """A doorway standing on `foot`: straight sides under a round or a pointed head."""
    half = width / 2
    spring = foot - height + half * (1.15 if pointed else 1)
    steps = [math.pi * step / 24 for step in range(25)]
    if pointed:
        head = [(x - half * math.cos(a), spring - half * 1.15 * math.sin(a) ** 0.72) for a in steps]
    else:
        head = [(x - half * math.cos(a), spring - half * math.sin(a)) for a in steps]
    return poly([(x - half, foot), *head, (x + half, foot)])


def ridge(random: Random, *, level: float, swing: float, waves: float, jagged: float = 0) -> list[Point]:
    """The upper edge of a range of hills across the sheet; `jagged` breaks it into peaks."""
    phases = [random.uniform(0, math.tau) for _ in range(4)]
    points: list[Point] = []
    for x in range(-40, WIDTH + 41, 10):
        along = x / WIDTH * math.tau * waves
        height = sum(math.sin(along * (k + 1) * 0.83 + phases[k]) / (k + 1.4) for k in range(4))
        if jagged:
            saw = abs((along * 0.9 + phases[0]) % 2 - 1) + 0.5 * abs((along * 2.3 + phases[1]) % 2 - 1)
            height = height * (1 - jagged) + (saw * 2 - 1.2) * jagged + random.uniform(-0.07, 0.07) * jagged
        points.append((x, level - swing * height))
    return points


def below(edge: Sequence[Point], foot: float = HEIGHT + 10) -> Shape:
    """Everything under an edge."""
    return poly([(edge[0][0], foot), *edge, (edge[-1][0], foot)])


def between(first: Colour, second: Colour, share: float) -> Colour:
    one, two = ImageColor.getrgb(first), ImageColor.getrgb(second)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(one[:3], two[:3], strict=True))


def _around(points: Sequence[Point], width: float = 0) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across) - width, min(down) - width, max(across) + width, max(down) + width


def _moved(bounds: Box, left: float, top: float) -> list[float]:
    return [
        (bounds[0] - left) * FINE,
        (bounds[1] - top) * FINE,
        (bounds[2] - left) * FINE,
        (bounds[3] - top) * FINE,
    ]


def _fade(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    if top == bottom:
        return Image.new("RGB", size, top)
    strip = Image.new("RGB", (1, 64))
    strip.putdata([ImageColor.getrgb(between(top, bottom, step / 63))[:3] for step in range(64)])
    column = strip.resize((1, size[1]), Image.Resampling.BICUBIC)
    return column.resize(size, Image.Resampling.NEAREST)
