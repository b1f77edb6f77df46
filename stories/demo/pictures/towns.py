"""Scenes among people's things: streets, roofs, windows, arches, bridges, trains, a timetable."""

import math

from stories.demo.pictures.landscapes import hills
from stories.demo.pictures.paper import (
    HEIGHT,
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
    ring,
)

Fill = tuple[Colour, Colour]


def rooftops(seed: int, *, sky: Fill, roofs: Fill, sun: Colour) -> Paper:
    paper = Paper(seed=seed, top=sky[0], bottom=sky[1])
    paper.cut(sun, disc(paper.random.randint(400, 1200), 330, 120), shadow=0)
    for row in range(4):
        colour = between(roofs[0], roofs[1], row / 3)
        houses: list[Shape] = []
        lights: list[Shape] = []
        wires: list[Shape] = []
        x = -40.0 - 40 * row
        while x < WIDTH:
            wide = paper.random.randint(120, 240) + row * 20
            top = 380 + row * 120 + paper.random.randint(-60, 60)
            houses.append(box(x, top, wide, HEIGHT - top + 20))
            what = paper.random.random()
            if what < 0.4:
                houses += [
                    box(x + wide * 0.3, top - 62, 66, 48, 10),
                    box(x + wide * 0.3 + 8, top - 20, 6, 24),
                    box(x + wide * 0.3 + 52, top - 20, 6, 24),
                ]
            elif what < 0.65:
                houses.append(poly([(x, top + 1), (x + wide / 2, top - 66), (x + wide, top + 1)]))
            else:
                mast = x + wide * 0.6
                wires += [
                    line([(mast, top), (mast, top - 96)], 4),
                    *[
                        line(
                            [(mast - 30 + k * 6, top - 92 + k * 17), (mast + 30 - k * 6, top - 92 + k * 17)],
                            3,
                        )
                        for k in range(3)
                    ],
                ]
            for wx in range(int(x) + 26, int(x + wide) - 40, 52):
                for wy in range(top + 34, top + 150, 62):
                    if paper.random.random() < 0.34:
                        lights.append(box(wx, wy, 24, 34, 3))
            x += wide + paper.random.randint(-14, 20)
        paper.cut(colour, *houses, *wires, to=between(colour, sky[1], 0.3), shadow=0.3)
        paper.cut(between(sun, "#fff3c4", 0.4), *lights, shadow=0)
        wash = [(x, 400 + row * 120 - 10 + 16 * math.sin(x / 160)) for x in range(200, 900, 20)]
        if row == 2:
            paper.cut("#3a2a2a", line(wash, 2.5), shadow=0)
            for k, tone in enumerate(("#f3ead7", "#d9674a", "#f2c14e", "#5b8a8a", "#f3ead7")):
                x, y = wash[4 + k * 6]
                paper.cut(
                    tone, poly([(x, y), (x + 58, y + 3), (x + 54, y + 84), (x + 5, y + 80)]), shadow=0.25
                )
    return paper


def street(seed: int, *, sky: Fill, walls: list[Colour], light: Colour, wet: bool = False) -> Paper:
    paper = Paper(seed=seed, top=sky[0], bottom=sky[1])
    paper.tint(
        "#ffffff",
        0.75,
        *[
            disc(paper.random.uniform(0, WIDTH), paper.random.uniform(0, 420), paper.random.uniform(0.8, 2.2))
            for _ in range(90)
        ],
    )
    foot, x = 690, -30.0
    while x < WIDTH:
        wide, top = paper.random.randint(180, 300), paper.random.randint(150, 380)
        colour = paper.random.choice(walls)
        paper.cut(colour, box(x, top, wide, foot - top), to=between(colour, "#05060c", 0.35), shadow=0.4)
        panes: list[Shape] = []
        dark: list[Shape] = []
        for wx in range(int(x) + 30, int(x + wide) - 46, 66):
            for wy in range(top + 36, 520, 92):
                (panes if paper.random.random() < 0.3 else dark).append(box(wx, wy, 34, 52, 4))
        paper.tint("#04060e", 0.4, *dark)
        paper.cut(light, *panes, to=between(light, "#e88a3a", 0.5), shadow=0)
        shop = paper.random.random() < 0.55
        if shop:
            paper.cut(
                between(light, "#ffffff", 0.25), box(x + 24, 570, wide - 48, 120, 4), to=light, shadow=0
            )
            paper.cut(
                paper.random.choice(("#b4452f", "#2f6f6a", "#d9a441")),
                poly([(x + 10, 548), (x + wide - 10, 548), (x + wide + 4, 596), (x - 4, 596)]),
                shadow=0.35,
            )
            paper.tint("#1a1016", 0.7, box(x + 50, 620, 8, 70), box(x + wide - 90, 640, 34, 50, 12))
        x += wide + 2
    ground = between(sky[0], "#0a0b12", 0.4)
    paper.cut(ground, box(-10, foot, WIDTH + 20, 300), to=between(ground, light, 0.16), shadow=0.3)
    for x in (250, 720, 1210):
        paper.tint(light, 0.5, disc(x, 400, 130), blur=80)
        paper.tint(light, 0.3, poly([(x - 26, 410), (x + 26, 410), (x + 190, 740), (x - 190, 740)]), blur=36)
        paper.cut(
            "#12131b",
            box(x - 5, 410, 10, 350),
            line([(x, 414), (x, 380), (x + 1, 378)], 8),
            box(x - 16, 744, 32, 18, 5),
            shadow=0.2,
        )
        paper.cut("#fff4cf", disc(x, 398, 22, 26), shadow=0)
    if wet:
        paper.image.paste(_mirror(paper, foot), (0, 764))
        rain: list[Shape] = []
        for _ in range(230):
            px, py = paper.random.uniform(0, WIDTH + 100), paper.random.uniform(-20, HEIGHT)
            rain.append(line([(px, py), (px - 14, py + 56)], 1.4))
        paper.tint("#dce8f4", 0.32, *rain)
    else:
        paper.cut(
            "#1b1a22",
            disc(930, 754, 46, 20),
            disc(972, 738, 18),
            poly([(962, 724), (966, 706), (976, 722)]),
            poly([(976, 722), (986, 708), (988, 728)]),
            line([(890, 752), (860, 730), (866, 708)], 9),
            shadow=0.3,
        )
    return paper


def windows(seed: int, *, wall: Fill, dark: Colour, lit: Colour) -> Paper:
    paper = Paper(seed=seed, top=wall[0], bottom=wall[1])
    glow, shut, people = [], [], []
    for column in range(8):
        for row in range(4):
            x, y = 86 + column * 186, 62 + row * 218
            if paper.random.random() < 0.27:
                glow.append(box(x, y, 118, 158, 5))
                if paper.random.random() < 0.55:
                    at = x + paper.random.randint(34, 84)
                    people += [disc(at, y + 96, 15), box(at - 24, y + 112, 48, 47, 18)]
            else:
                shut.append(box(x, y, 118, 158, 5))
    paper.tint("#000000", 0.16, *[box(-10, 246 + row * 218, WIDTH + 20, 9) for row in range(4)])
    paper.tint(lit, 0.34, *glow, blur=60)
    paper.cut(dark, *shut, to=between(dark, wall[1], 0.4), shadow=0.3)
    paper.cut(between(lit, "#fff6d8", 0.4), *glow, to=between(lit, "#d9722e", 0.3), shadow=0)
    paper.cut("#4a2a24", *people, shadow=0)
    bars = [
        s
        for column in range(8)
        for row in range(4)
        for s in (
            box(86 + column * 186 + 56, 62 + row * 218, 6, 158),
            box(86 + column * 186, 62 + row * 218 + 70, 118, 6),
        )
    ]
    sills = [box(76 + column * 186, 218 + row * 218, 138, 13, 3) for column in range(8) for row in range(4)]
    paper.cut(between(wall[0], "#ffffff", 0.16), *bars, *sills, shadow=0.3)
    return paper


def window(seed: int, *, wall: Fill, sky: Fill, land: Fill, plant: Colour) -> Paper:
    view = hills(seed, sky=sky, land=land, sun="#fff3cf", low=300)
    paper = Paper(seed=seed, top=wall[0], bottom=wall[1])
    left, top, wide, tall = 420, 70, 760, 610
    paper.cut("#fbf4e4", box(left - 30, top - 30, wide + 60, tall + 60, 6), shadow=0.4, drop=20)
    paper.image.paste(view.image.crop((200, 120, 200 + wide, 120 + tall)), (left, top))
    paper.cut(
        "#fbf4e4", box(left + wide / 2 - 9, top, 18, tall), box(left, top + tall * 0.4, wide, 16), shadow=0.3
    )
    for side in (0, 1):
        edge = left - 170 if side == 0 else left + wide - 10
        folds = [
            (
                edge
                + 180 * side
                + (1 - 2 * side) * (150 + 24 * math.sin(y / 130) - 60 * math.exp(-(((y - 420) / 110) ** 2))),
                y,
            )
            for y in range(0, 760, 20)
        ]
        outer = edge if side == 0 else edge + 180
        paper.cut("#f3dfc1", poly([(outer, -5), *folds, (outer, 760)]), to="#dcae86", shadow=0.3, drop=16)
    paper.cut("#efe2c6", box(340, 704, 920, 42, 5), to="#c9ab80", shadow=0.45, drop=20)
    paper.cut("#b5573a", poly([(980, 590), (1120, 590), (1098, 706), (1002, 706)]), to="#7e3524", shadow=0.35)
    leaves: list[Shape] = []
    for k in range(13):
        a = math.pi * (0.08 + 0.84 * k / 12)
        long = 120 + 70 * paper.random.random()
        tip = (1050 + long * math.cos(a), 596 - long * math.sin(a))
        mid = (1050 + long * 0.5 * math.cos(a + 0.24), 596 - long * 0.55 * math.sin(a + 0.24))
        mid2 = (1050 + long * 0.5 * math.cos(a - 0.24), 596 - long * 0.55 * math.sin(a - 0.24))
        leaves.append(poly([(1050, 598), mid, tip, mid2]))
    paper.cut(plant, *leaves, to=between(plant, "#06140c", 0.4), shadow=0.3)
    paper.cut("#fdf7ea", box(520, 632, 104, 74, 20), ring(632, 664, 26, 11), to="#d9cdb4", shadow=0.35)
    paper.tint("#fff2c4", 0.2, poly([(430, 760), (1000, 760), (860, 910), (180, 910)]), blur=24)
    return paper


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


def _mirror(paper: Paper, foot: int):  # type: ignore[no-untyped-def]
    part = paper.image.crop((0, foot - 250, WIDTH, foot))
    return part.transpose(1).resize((WIDTH, 136))
