"""Scenes of what people build: arches, a bridge, a train, a timetable."""

import math

from stories.demo.pictures.landscapes import hills
from stories.demo.pictures.paper import (
    WIDTH,
    Colour,
    Paper,
    Shape,
    arch,
    below,
    between,
    box,
    disc,
    line,
    poly,
    ridge,
)

Fill = tuple[Colour, Colour]


def arches(seed: int, *, wall: Fill, inner: Fill, lit: Colour, moon: bool = False) -> Paper:
    paper = Paper(seed=seed, top=wall[0], bottom=wall[1])
    paper.tint("#ffffff", 0.1, *[box(-10, y, WIDTH + 20, 5) for y in (96, 118)])
    tiles = [poly([(x, 62), (x + 16, 46), (x + 32, 62), (x + 16, 78)]) for x in range(-10, WIDTH, 44)]
    paper.cut(between(wall[0], "#fff4dc", 0.5), *tiles, shadow=0.2)
    bright = paper.random.randint(1, 3)
    for number in range(5):
        x, here = 160 + number * 320, number == bright
        paper.cut(
            between(wall[0], "#fff4dc", 0.28), arch(x, 830, 276, 650, pointed=True), shadow=0.4, drop=16
        )
        outer, deep = (between(lit, "#ffffff", 0.35), lit) if here else inner
        paper.cut(outer, arch(x, 830, 226, 600, pointed=True), to=deep, shadow=0.45, drop=16)
        paper.cut(
            between(deep, "#000000", 0.18),
            arch(x, 830, 160, 500, pointed=True),
            to=between(deep, "#000000", 0.4),
            shadow=0.35,
        )
        if here:
            paper.cut(
                between(lit, "#fffbe8", 0.75),
                arch(x, 830, 110, 410, pointed=True),
                to=between(lit, "#fff0b8", 0.4),
                shadow=0,
            )
        elif moon and number == (bright + 1) % 5:
            paper.cut("#fbf0cf", disc(x, 440, 34), shadow=0)
    paper.cut(
        between(wall[1], "#fff0d8", 0.3),
        box(-10, 830, WIDTH + 20, 90),
        to=between(wall[1], "#000000", 0.2),
        shadow=0.4,
    )
    x = 160 + bright * 320
    paper.tint(lit, 0.6, poly([(x - 56, 832), (x + 56, 832), (x + 150, 910), (x - 90, 910)]), blur=16)
    return paper


def bridge(seed: int, *, sky: Fill, land: Fill, steel: Colour) -> Paper:
    paper = Paper(seed=seed, top=sky[0], bottom=sky[1])
    paper.cut("#fff0cd", disc(420, 270, 90), shadow=0)
    for step in range(2):
        paper.cut(
            between(land[0], land[1], step * 0.5),
            below(ridge(paper.random, level=480 + step * 50, swing=36, waves=2 + step)),
            shadow=0.15,
        )
    paper.cut(between(sky[1], land[0], 0.45), box(-10, 560, WIDTH + 20, 400), to=land[1], shadow=0.15)
    deck = 500
    parts: list[Shape] = [box(-10, deck, WIDTH + 20, 24)]
    for tower in (400, 1200):
        parts += [
            poly([(tower - 24, 690), (tower - 14, 150), (tower + 14, 150), (tower + 24, 690)]),
            box(tower - 40, 660, 80, 50, 6),
        ]
    cable = [
        (
            x,
            170 + 300 * (1 - abs(math.cos(math.pi * (x - 400) / 800)) ** 1.5)
            if 400 <= x <= 1200
            else 170 + 330 * min(1, abs(x - (400 if x < 400 else 1200)) / 420),
        )
        for x in range(-20, 1640, 20)
    ]
    parts += [line(cable, 8), *[line([(x, y), (x, deck)], 2.6) for x, y in cable[::2]]]
    paper.cut(steel, *parts, to=between(steel, "#000000", 0.3), shadow=0.35)
    paper.cut("#f6e5bd", *[box(x, 478, 46, 22, 6) for x in (180, 560, 640, 980, 1330)], shadow=0.2)
    paper.tint(
        "#fff4d8",
        0.4,
        *[
            box(
                paper.random.uniform(0, WIDTH),
                paper.random.uniform(590, 880),
                paper.random.uniform(40, 170),
                3,
                2,
            )
            for _ in range(60)
        ],
    )
    return paper


def train(seed: int, *, sky: Fill, land: Fill, coach: Colour, sun: Colour) -> Paper:
    paper = hills(seed, sky=sky, land=land, sun=sun, low=290)
    stone = between(land[1], "#fff0dc", 0.42)
    paper.cut(
        stone,
        box(-10, 560, WIDTH + 20, 42),
        *[box(x - 30, 590, 60, 340) for x in range(90, 1700, 200)],
        to=between(stone, land[1], 0.6),
        shadow=0.4,
    )
    spandrels = [
        poly(
            [
                (x - 171, 601),
                (x - 29, 601),
                (x - 29, 668),
                *[
                    (x - 100 + 71 * math.cos(a), 668 - 58 * math.sin(a))
                    for a in (math.pi * k / 16 for k in range(17))
                ],
                (x - 171, 668),
            ]
        )
        for x in range(90, 1900, 200)
    ]
    paper.cut(stone, *spandrels, shadow=0)
    body: list[Shape] = [box(300 + k * 208, 486, 196, 66, 9) for k in range(5)]
    paper.cut(
        coach,
        *body,
        poly([(1340, 552), (1340, 470), (1392, 470), (1392, 500), (1490, 500), (1512, 552)]),
        box(1440, 462, 24, 40, 3),
        to=between(coach, "#000000", 0.3),
        shadow=0.35,
    )
    paper.cut(
        "#ffe9a8",
        *[box(316 + k * 208 + w * 36, 502, 24, 22, 4) for k in range(5) for w in range(5)],
        shadow=0,
    )
    paper.cut(
        "#1d1a20",
        *[disc(x, 556, 10) for k in range(5) for x in (336 + k * 208, 460 + k * 208)],
        *[disc(x, 553, 15) for x in (1376, 1424, 1476)],
        shadow=0,
    )
    for k in range(7):
        paper.tint(
            "#ffffff",
            0.5 - k * 0.05,
            disc(1440 - k * 84, 430 - k * 22 + 12 * math.sin(k), 34 + k * 10, 24 + k * 5),
            blur=20,
        )
    return paper


def timetable(seed: int, *, sheet: Fill, ink: Colour, other: Colour) -> Paper:
    paper = Paper(seed=seed, top=sheet[0], bottom=sheet[1])
    stations = [90, 150, 236, 288, 372, 470, 528, 622, 700, 790, 842]
    paper.tint(ink, 0.16, *[box(x, 60, 2, 812) for x in range(110, 1560, 30)])
    paper.tint(
        ink,
        0.4,
        *[box(x, 60, 3, 812) for x in range(110, 1560, 120)],
        *[box(90, y, 1460, 3) for y in stations],
    )
    for number in range(15):
        up, x, points = number % 2 == 0, 40.0 + number * 100, []
        speed = paper.random.choice((0.28, 0.34, 0.5, 0.72))
        route = stations[::-1] if up else stations
        for k, y in enumerate(route):
            points.append((x, y))
            x += paper.random.choice((0, 6, 6, 20))
            points.append((x, y))
            if k + 1 < len(route):
                x += abs(route[k + 1] - y) * speed
        inside = [(px, y) for px, y in points if px < 1560]
        if len(inside) > 2:
            paper.cut(
                other if number == 6 else between(ink, sheet[0], 0 if speed < 0.4 else 0.35),
                line(inside, 7 if number == 6 else 4),
                shadow=0.12,
            )
    paper.cut("#d8a657", poly([(1120, 960), (1470, 640), (1500, 670), (1170, 980)]), shadow=0.4, drop=20)
    paper.cut("#f1dcb4", poly([(1470, 640), (1500, 670), (1524, 618)]), shadow=0)
    paper.cut(ink, poly([(1513, 629), (1517, 635), (1528, 614)]), shadow=0)
    return paper
