"""Scenes on a table or a shelf: bread, fruit, books, jars, thread, a teapot, a lamp."""

import math
from collections.abc import Sequence

from stories.demo.pictures.paper import WIDTH, Colour, Paper, Shape, between, box, disc, line, poly, ring

Fill = tuple[Colour, Colour]


def bread(seed: int, *, wall: Fill, table: Fill, crust: Colour) -> Paper:
    paper = _room(seed, wall, table, edge=620)
    paper.cut("#c79a63", box(230, 640, 1140, 70, 26), to="#9a6b3c", shadow=0.45, drop=20)
    for x, across, down in ((480, 210, 128), (1150, 190, 118), (815, 250, 152)):
        foot = 652
        paper.cut(
            between(crust, "#fff0d0", 0.1),
            _dome(x, foot, across, down * 1.5),
            to=between(crust, "#3d1c08", 0.4),
            shadow=0.45,
            drop=20,
        )
        cuts = [
            line(
                [
                    (x - across * 0.55 + k * across * 0.36, foot - down * 0.75 - 20 * math.sin(k + 0.6)),
                    (x - across * 0.32 + k * across * 0.36, foot - down * 1.22),
                ],
                17,
            )
            for k in range(4)
        ]
        paper.cut("#fbe3b4", *cuts, shadow=0.15)
        paper.tint(
            "#fff6e0", 0.28, disc(x - across * 0.3, foot - down * 0.95, across * 0.4, down * 0.3), blur=40
        )
    flour = [
        disc(paper.random.uniform(120, 1480), paper.random.uniform(725, 880), paper.random.uniform(1, 3.4))
        for _ in range(190)
    ]
    paper.tint("#fff8ea", 0.7, *flour)
    return paper


def oranges(seed: int, *, wall: Fill, table: Fill, fruit: Colour, bowl: Colour) -> Paper:
    paper = _room(seed, wall, table, edge=570)
    stripes = [
        poly([(x, 570), (x + 50, 570), (x - 90 + (x - 800) * 0.35, 910), (x - 170 + (x - 800) * 0.35, 910)])
        for x in range(-100, 1750, 170)
    ]
    paper.tint("#ffffff", 0.12, *stripes)
    for x, y in ((640, 430), (800, 390), (960, 430), (720, 470), (885, 475)):
        _orange(paper, x, y, 104, fruit)
    paper.cut(
        bowl,
        poly([(470, 470), (1130, 470), (1040, 660), (960, 706), (640, 706), (560, 660)]),
        to=between(bowl, "#000000", 0.35),
        shadow=0.45,
        drop=24,
    )
    paper.cut(between(bowl, "#ffffff", 0.25), box(455, 452, 690, 34, 17), shadow=0.2)
    _orange(paper, 1270, 690, 100, fruit)
    x, y = 360, 720
    paper.cut(fruit, disc(x, y, 112), shadow=0.45, drop=18)
    paper.cut("#fff1cf", disc(x, y, 98), shadow=0)
    wedges = []
    for k in range(9):
        a, b = math.tau * k / 9 + 0.06, math.tau * (k + 1) / 9 - 0.06
        wedges.append(
            poly(
                [
                    (x + 12 * math.cos((a + b) / 2), y + 12 * math.sin((a + b) / 2)),
                    *[
                        (x + 86 * math.cos(a + (b - a) * t / 6), y + 86 * math.sin(a + (b - a) * t / 6))
                        for t in range(7)
                    ],
                ]
            )
        )
    paper.cut(between(fruit, "#ffe08a", 0.4), *wedges, shadow=0)
    return paper


def books(seed: int, *, wall: Fill, table: Fill, spines: Sequence[Colour], fruit: Colour) -> Paper:
    paper = _room(seed, wall, table, edge=690)
    x = 210.0
    while x < 900:
        wide, tall = paper.random.randint(46, 104), paper.random.randint(330, 500)
        colour = paper.random.choice(spines)
        paper.cut(colour, box(x, 700 - tall, wide, tall, 4), to=between(colour, "#000000", 0.22), shadow=0.3)
        paper.cut("#f4e6c6", box(x + wide * 0.18, 700 - tall * 0.86, wide * 0.64, tall * 0.1, 3), shadow=0)
        paper.tint("#f4e6c6", 0.8, box(x, 700 - tall * 0.12, wide, 5), box(x, 700 - tall * 0.09, wide, 5))
        x += wide + 3
    y = 700
    for k in range(4):
        tall, wide = paper.random.randint(48, 74), paper.random.randint(330, 430)
        y -= tall
        left = 1010 + paper.random.randint(-20, 30)
        colour = spines[(seed + k) % len(spines)]
        paper.cut("#f7ecd2", box(left + 8, y + 6, wide - 4, tall - 12, 2), shadow=0.3)
        paper.cut(
            colour,
            box(left, y, wide, 9, 3),
            box(left, y + tall - 9, wide, 9, 3),
            box(left, y, 34, tall, 6),
            shadow=0.2,
        )
    paper.cut(fruit, disc(1210, y - 62, 66), to=between(fruit, "#300a10", 0.35), shadow=0.35)
    paper.cut("#3b2a1a", line([(1210, y - 124), (1224, y - 156)], 7), shadow=0)
    paper.cut("#5d7f4e", poly([(1224, y - 148), (1284, y - 176), (1262, y - 134)]), shadow=0.1)
    return paper


def jars(seed: int, *, wall: Fill, shelf: Colour, glass: Sequence[Colour], lid: Colour) -> Paper:
    paper = Paper(seed=seed, top=wall[0], bottom=wall[1])
    for foot in (430, 830):
        paper.cut(
            shelf, box(-20, foot, WIDTH + 40, 34), to=between(shelf, "#000000", 0.3), shadow=0.5, drop=26
        )
        x = 70.0
        while x < 1500:
            wide, tall = paper.random.randint(110, 190), paper.random.randint(170, 310)
            if x + wide > 1560:
                break
            colour = paper.random.choice(glass)
            top = foot - tall
            paper.cut(
                between(colour, "#ffffff", 0.5), box(x, top + 24, wide, tall - 24, 26), shadow=0.35, drop=16
            )
            full = tall * paper.random.uniform(0.5, 0.8)
            paper.cut(
                colour,
                box(x + 7, foot - full, wide - 14, full - 6, 20),
                to=between(colour, "#1a0b0b", 0.25),
                shadow=0,
            )
            paper.cut(lid, box(x + 10, top, wide - 20, 36, 7), to=between(lid, "#000000", 0.3), shadow=0.25)
            paper.cut(
                "#f7eedb", box(x + wide * 0.2, foot - tall * 0.52, wide * 0.6, tall * 0.2, 5), shadow=0.12
            )
            paper.tint("#ffffff", 0.35, box(x + 15, top + 52, 10, tall - 96, 5))
            x += wide + paper.random.randint(16, 44)
    return paper


def spools(seed: int, *, wall: Fill, shelf: Colour, threads: Sequence[Colour]) -> Paper:
    paper = Paper(seed=seed, top=wall[0], bottom=wall[1])
    for foot in (284, 570, 856):
        paper.cut(
            shelf, box(-20, foot, WIDTH + 40, 24), to=between(shelf, "#000000", 0.35), shadow=0.5, drop=20
        )
        cones, ends, bands = [], [], []
        for x in range(62, 1560, 116):
            colour = paper.random.choice(threads)
            tall = paper.random.randint(150, 206)
            top = foot - tall
            ends += [box(x - 4, top, 96, 20, 6), box(x - 4, foot - 20, 96, 20, 6)]
            cones.append((colour, box(x + 6, top + 16, 76, tall - 32, 12)))
            bands += [line([(x + 6, y), (x + 82, y + 7)], 2) for y in range(top + 26, foot - 30, 9)]
        for colour in sorted({colour for colour, _ in cones}):
            paper.cut(colour, *[shape for own, shape in cones if own == colour], shadow=0.3, drop=14)
        paper.tint("#1b1020", 0.2, *bands)
        paper.cut("#d9b98a", *ends, shadow=0.3)
    return paper


def teapot(seed: int, *, wall: Fill, table: Fill, pot: Colour, cup: Colour) -> Paper:
    paper = _room(seed, wall, table, edge=640)
    paper.cut(pot, line([(470, 470), (372, 452), (348, 540), (470, 590)], 34), shadow=0.3)
    paper.cut(pot, poly([(850, 520), (1010, 372), (1056, 372), (1044, 408), (870, 640)]), shadow=0.3)
    paper.cut(pot, disc(670, 545, 238, 190), to=between(pot, "#000000", 0.4), shadow=0.45, drop=22)
    paper.cut(between(pot, "#ffffff", 0.16), disc(670, 374, 122, 32), shadow=0.2)
    paper.cut(between(pot, "#000000", 0.2), disc(670, 326, 27), shadow=0.2)
    paper.tint("#ffffff", 0.3, disc(580, 470, 60, 80), blur=50)
    for x in (1130, 1370):
        paper.cut(cup, ring(x + 92, 664, 40, 15), shadow=0.2)
        paper.cut(cup, _bowl(x, 614, 94, 112), to=between(cup, "#000000", 0.25), shadow=0.4, drop=16)
        paper.cut(between("#7a3b12", cup, 0.1), disc(x, 616, 82, 15), shadow=0)
        paper.cut(between(cup, "#ffffff", 0.3), disc(x, 734, 128, 17), shadow=0.35)
        for shift in (-22, 18):
            steam = [(x + shift + 16 * math.sin(k / 3 + shift), 592 - k * 13) for k in range(15)]
            paper.tint("#ffffff", 0.3, line(steam, 8), blur=12)
    return paper


def lamp(seed: int, *, wall: Fill, table: Fill, shade: Colour) -> Paper:
    paper = _room(seed, wall, table, edge=700)
    paper.tint("#ffdf8c", 0.62, poly([(640, 300), (830, 216), (1380, 720), (430, 720)]), blur=40)
    paper.tint("#fff0bd", 0.75, disc(900, 745, 440, 60), blur=40)
    steel = between(shade, "#15161c", 0.6)
    paper.cut(steel, line([(330, 690), (436, 440), (700, 250)], 15), disc(436, 440, 18), shadow=0.35)
    paper.cut(steel, box(226, 682, 210, 30, 15), shadow=0.4)
    paper.cut(
        shade,
        poly([(690, 168), (764, 136), (866, 222), (600, 342)]),
        to=between(shade, "#000000", 0.25),
        shadow=0.4,
        drop=18,
    )
    paper.cut("#fff6d4", poly([(606, 338), (862, 224), (846, 262), (640, 352)]), shadow=0)
    paper.cut("#f3e6cb", poly([(690, 742), (1010, 726), (1076, 806), (716, 826)]), shadow=0.4)
    paper.tint(
        "#6a5a48",
        0.6,
        *[line([(742 + k * 4, 756 + k * 13), (978 + k * 9, 744 + k * 13)], 2.4) for k in range(5)],
    )
    paper.cut("#a8452f", line([(1060, 822), (1196, 752)], 13), shadow=0.35)
    paper.cut(between(shade, "#ffffff", 0.2), _bowl(1270, 612, 74, 128), shadow=0.4)
    paper.cut(
        "#b98f55",
        *[line([(1236 + k * 17, 624), (1214 + k * 27, 480 + (k % 3) * 26)], 9) for k in range(5)],
        shadow=0.2,
    )
    return paper


def _room(seed: int, wall: Fill, table: Fill, *, edge: int) -> Paper:
    """A wall with light falling across it, and a table."""
    paper = Paper(seed=seed, top=wall[0], bottom=wall[1])
    slant = paper.random.randint(760, 1060)
    paper.tint(
        "#fff4d6",
        0.14,
        poly([(slant, -10), (slant + 330, -10), (slant - 120, edge), (slant - 560, edge)]),
        blur=24,
    )
    paper.cut(table[0], box(-20, edge, WIDTH + 40, 400), to=table[1], shadow=0.35, drop=16)
    return paper


def _orange(paper: Paper, x: float, y: float, size: float, fruit: Colour) -> None:
    paper.cut(
        between(fruit, "#ffe2a0", 0.2),
        disc(x, y, size),
        to=between(fruit, "#7a1f08", 0.35),
        shadow=0.35,
        drop=14,
    )
    paper.cut("#4d6b3a", disc(x + size * 0.1, y - size * 0.78, 11, 7), shadow=0)


def _dome(x: float, foot: float, across: float, tall: float) -> Shape:
    arc = [
        (x - across * math.copysign(abs(math.cos(a)) ** 0.72, math.cos(a)), foot - tall * math.sin(a) ** 0.8)
        for a in (math.pi * k / 30 for k in range(31))
    ]
    return poly([*arc, (x + across, foot), (x - across, foot)])


def _bowl(x: float, top: float, across: float, tall: float) -> Shape:
    return poly(
        [
            (x - across, top),
            *[
                (x - across * math.cos(a) * (0.55 + 0.45 * (1 - math.sin(a))), top + tall * math.sin(a))
                for a in (math.pi * k / 20 for k in range(21))
            ],
            (x + across, top),
        ]
    )
