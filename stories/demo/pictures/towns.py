"""Scenes among people's things: roofs, a street, windows."""

import math
from collections.abc import Sequence

from PIL import Image

from stories.demo.pictures.landscapes import hills
from stories.demo.pictures.paper import (
    HEIGHT,
    WIDTH,
    Colour,
    Paper,
    Shape,
    between,
    box,
    disc,
    line,
    poly,
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


def street(seed: int, *, sky: Fill, walls: Sequence[Colour], light: Colour, wet: bool = False) -> Paper:
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


def _mirror(paper: Paper, foot: int) -> Image.Image:
    part = paper.image.crop((0, foot - 250, WIDTH, foot))
    return part.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((WIDTH, 136))
