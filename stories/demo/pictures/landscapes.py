"""Scenes out of doors: hills, mountains, dunes, fields, water, trees, roads."""

import math

from stories.demo.pictures.paper import (
    HEIGHT,
    WIDTH,
    Colour,
    Paper,
    below,
    between,
    box,
    disc,
    line,
    poly,
    ridge,
)


def hills(
    seed: int, *, sky: tuple[Colour, Colour], land: tuple[Colour, Colour], sun: Colour, low: int = 330
) -> Paper:
    paper = Paper(seed=seed, top=sky[0], bottom=sky[1])
    x = paper.random.randint(380, 1220)
    paper.tint(sun, 0.35, disc(x, low - 40, 260), blur=120)
    paper.cut(sun, disc(x, low - 40, 82), shadow=0)
    for step in range(6):
        edge = ridge(paper.random, level=low + 40 + step * 88, swing=62 - step * 3, waves=1.1 + step * 0.22)
        colour = between(land[0], land[1], step / 5)
        paper.cut(colour, below(edge), to=between(colour, sky[1], 0.25), shadow=0.22)
    return paper


def mountains(
    seed: int, *, sky: tuple[Colour, Colour], rock: tuple[Colour, Colour], snow: Colour, sun: Colour
) -> Paper:
    paper = Paper(seed=seed, top=sky[0], bottom=sky[1])
    paper.cut(sun, disc(paper.random.randint(300, 1300), 210, 66), shadow=0)
    for step in range(4):
        colour = between(rock[0], rock[1], step / 3)
        level, swing = 400 + step * 130, 150 - step * 24
        edge = ridge(paper.random, level=level, swing=swing, waves=0.9 + step * 0.5, jagged=0.8)
        paper.cut(colour, below(edge), to=between(colour, sky[1], 0.4), shadow=0.25)
        if step < 2:
            cap = level - swing * 0.25
            lower = [(x, y + max(0.0, cap - y) * (0.42 + 0.3 * math.sin(x / 23 + seed))) for x, y in edge]
            paper.cut(snow, poly([*edge, *reversed(lower)]), shadow=0)
        paper.tint(sky[1], 0.3, box(-10, level + 40, WIDTH + 20, 120), blur=90)
    trees = []
    for _ in range(46):
        x, y = paper.random.uniform(0, WIDTH), paper.random.uniform(840, 930)
        tall = paper.random.uniform(70, 150)
        trees += [
            poly([(x - tall * w, y - tall * f), (x, y - tall * (f + 0.5)), (x + tall * w, y - tall * f)])
            for w, f in ((0.24, 0), (0.19, 0.26), (0.13, 0.5))
        ]
    paper.cut(between(rock[1], "#000000", 0.45), *trees, shadow=0.2)
    return paper


def dunes(seed: int, *, sky: tuple[Colour, Colour], sand: tuple[Colour, Colour], sun: Colour) -> Paper:
    paper = Paper(seed=seed, top=sky[0], bottom=sky[1])
    paper.cut(sun, disc(paper.random.randint(500, 1100), 300, 150), shadow=0.1)
    for step in range(5):
        level = 430 + step * 110
        crest = ridge(paper.random, level=level, swing=70, waves=0.55 + step * 0.18)
        colour = between(sand[0], sand[1], step / 4)
        paper.cut(between(colour, "#fff1dc", 0.3), below(crest), to=colour, shadow=0.25)
        turn = paper.random.uniform(60, 160)
        lee = [(x, y + turn + 46 * math.sin(x / 210 + step * 2)) for x, y in crest]
        half = crest[len(crest) // 3 :]
        lee_half = lee[len(crest) // 3 :]
        slope = [
            (x, a + (b - a) * min(1, i / 30))
            for i, ((x, a), (_, b)) in enumerate(zip(half, lee_half, strict=True))
        ]
        paper.tint(between(colour, "#3a1430", 0.5), 0.4, poly([*half, *reversed(slope)]))
    return paper


def furrows(seed: int, *, sky: tuple[Colour, Colour], soil: tuple[Colour, Colour], tree: Colour) -> Paper:
    paper = Paper(seed=seed, top=sky[0], bottom=sky[1])
    paper.cut("#fbe7b8", disc(1180, 190, 70), shadow=0)
    paper.cut(
        between(soil[1], sky[1], 0.55),
        below(ridge(paper.random, level=330, swing=34, waves=1.2)),
        shadow=0.15,
    )
    horizon = ridge(paper.random, level=400, swing=20, waves=0.7)
    paper.cut(soil[0], below(horizon), shadow=0.2)
    for lane in range(-16, 30):
        far, near = 700 + lane * 34, 300 + lane * 150
        bend = [
            (far + (near - far) * t**1.5 + 190 * math.sin(t * 3) * (1 - t), 402 + 520 * t) for t in _steps(18)
        ]
        wide = [(x + 10 + 60 * t**1.5, y) for (x, y), t in zip(bend, _steps(18), strict=True)]
        paper.tint(soil[1], 0.85, poly([*bend, *reversed(wide)])) if lane % 2 else None
    paper.cut(
        tree,
        disc(330, 330, 74, 84),
        disc(276, 366, 58),
        disc(388, 366, 60),
        box(322, 380, 16, 80),
        shadow=0.3,
    )
    return paper


def lake(
    seed: int, *, sky: tuple[Colour, Colour], land: tuple[Colour, Colour], boat: Colour, boats: int = 2
) -> Paper:
    paper = Paper(seed=seed, top=sky[0], bottom=sky[1])
    paper.cut("#fdf0cf", disc(paper.random.randint(700, 1250), 200, 58), shadow=0)
    for step in range(3):
        edge = ridge(paper.random, level=350 + step * 54, swing=74 - step * 18, waves=1 + step * 0.4)
        paper.cut(between(land[0], land[1], step / 2), below(edge), shadow=0.2)
    paper.cut(
        between(land[0], sky[1], 0.5),
        box(-10, 500, WIDTH + 20, 420),
        to=between(land[1], "#081018", 0.1),
        shadow=0.15,
    )
    ripples = []
    for _ in range(70):
        y = 512 + 380 * paper.random.random() ** 1.4
        x, long = paper.random.uniform(0, WIDTH), paper.random.uniform(30, 60 + (y - 500) * 0.5)
        ripples.append(box(x, y, long, 2 + (y - 500) / 140, 2))
    paper.tint(sky[1], 0.5, *ripples)
    for number in range(boats):
        x, y, size = 480 + number * 560 + paper.random.randint(-60, 60), 600 + number * 110, 1 + number * 0.35
        _boat(paper, x, y, size, boat)
    return paper


def sea(
    seed: int, *, sky: tuple[Colour, Colour], water: tuple[Colour, Colour], sun: Colour, storm: bool = False
) -> Paper:
    paper = Paper(seed=seed, top=sky[0], bottom=sky[1])
    x = paper.random.randint(600, 1000)
    if not storm:
        paper.tint(sun, 0.4, disc(x, 420, 300), blur=140)
        paper.cut(sun, disc(x, 420, 120), shadow=0)
    else:
        for step in range(4):
            clouds = [
                disc(
                    paper.random.uniform(-50, WIDTH),
                    40 + step * 80 + paper.random.uniform(-30, 30),
                    paper.random.uniform(140, 250),
                    paper.random.uniform(50, 84),
                )
                for _ in range(10)
            ]
            paper.cut(between("#1d2733", sky[1], 0.15 + step * 0.2), *clouds, shadow=0.3)
    for step in range(7):
        level = 470 + step * 66
        tall = (9 + step * 5) * (2.1 if storm else 1)
        long = 90 + step * 34
        shift = paper.random.uniform(0, 9)
        crest = [
            (px, level - tall * abs(math.sin(px / long + shift)) ** (0.8 if storm else 1.4))
            for px in range(-20, WIDTH + 30, 8)
        ]
        colour = between(water[0], water[1], step / 6)
        paper.cut(between(colour, "#ffffff", 0.34 if storm else 0.16), below(crest), to=colour, shadow=0.25)
    if storm:
        drops = []
        for _ in range(150):
            px, py = paper.random.uniform(0, WIDTH + 200), paper.random.uniform(0, HEIGHT)
            drops.append(line([(px, py), (px - 26, py + 74)], 1.6))
        paper.tint("#dfe8ee", 0.3, *drops)
    else:
        paper.tint(
            sun,
            0.55,
            *[
                box(x - w / 2, y, w, 5, 3)
                for y, w in ((480 + k * 24, paper.random.uniform(60, 250 - k * 6)) for k in range(16))
            ],
        )
    return paper


def river(seed: int, *, sky: tuple[Colour, Colour], land: tuple[Colour, Colour], water: Colour) -> Paper:
    paper = Paper(seed=seed, top=sky[0], bottom=sky[1])
    paper.cut("#ffe9bd", disc(820, 300, 90), shadow=0)
    for step in range(3):
        edge = ridge(paper.random, level=330 + step * 40, swing=56 - step * 12, waves=1.3 + step * 0.3)
        paper.cut(between(land[0], land[1], step / 4), below(edge), shadow=0.2)
    turn = paper.random.choice((-1, 1))
    middle = [(820 + turn * 330 * math.sin(t * 5.2) * t**0.7, 410 + 500 * t) for t in _steps(40)]
    left = [(x - 6 - 250 * t**1.6, y) for (x, y), t in zip(middle, _steps(40), strict=True)]
    right = [(x + 6 + 270 * t**1.6, y) for (x, y), t in zip(middle, _steps(40), strict=True)]
    paper.cut(between(water, "#fff3d8", 0.55), poly([*left, *reversed(right)]), to=water, shadow=0.25)
    for side in (0, 1):
        for t in (0.45, 0.62, 0.8, 0.95):
            x, y = (left, right)[side][int(t * 39)]
            reeds = []
            for _ in range(26):
                foot = (
                    x + (paper.random.uniform(-170, 10) if side == 0 else paper.random.uniform(-10, 170)) * t
                )
                tall = paper.random.uniform(60, 170) * t
                reeds.append(
                    line([(foot, y + 12), (foot + paper.random.uniform(-16, 16), y + 12 - tall)], 3.4 * t + 1)
                )
            paper.cut(between(land[1], "#06110c", 0.25 + 0.2 * t), *reeds, shadow=0)
    return paper


def birches(seed: int, *, ground: tuple[Colour, Colour], bark: Colour, leaf: Colour) -> Paper:
    paper = Paper(seed=seed, top=ground[0], bottom=ground[1])
    for depth in range(3):
        trunks, marks = [], []
        for _ in range(9 - depth * 2):
            x, wide, lean = paper.random.uniform(0, WIDTH), 14 + depth * 20, paper.random.uniform(-50, 50)
            trunks.append(poly([(x + lean, -10), (x + lean + wide * 0.8, -10), (x + wide, 910), (x, 910)]))
            for _ in range(9):
                t = paper.random.random()
                at = x + lean * (1 - t)
                marks.append(
                    poly([(at, t * 900), (at + wide * 0.55, t * 900 + 4), (at, t * 900 + 9 + depth * 3)])
                )
        paper.cut(between(ground[1], bark, 0.35 + depth * 0.32), *trunks, shadow=0.3)
        paper.tint("#20242c", 0.75, *marks)
        paper.cut(
            between(ground[1], leaf, 0.5 + depth * 0.25),
            *[
                disc(
                    paper.random.uniform(0, WIDTH),
                    paper.random.uniform(-30, 420 - depth * 70),
                    paper.random.uniform(9, 22 + depth * 5),
                    paper.random.uniform(7, 14),
                )
                for _ in range(90)
            ],
            shadow=0.15,
        )
    return paper


def road(seed: int, *, sky: tuple[Colour, Colour], land: tuple[Colour, Colour], way: Colour) -> Paper:
    paper = hills(seed, sky=sky, land=land, sun="#fff0cf", low=300)
    side = paper.random.choice((-1, 1))
    spine = [
        (800 + side * (420 * math.sin(t * 7.2) * (0.25 + t * 0.75)), 470 + 470 * t**1.25) for t in _steps(60)
    ]
    left = [(x - 5 - 120 * t**1.7, y) for (x, y), t in zip(spine, _steps(60), strict=True)]
    right = [(x + 5 + 120 * t**1.7, y) for (x, y), t in zip(spine, _steps(60), strict=True)]
    paper.cut(way, poly([*left, *reversed(right)]), shadow=0.3)
    dashes = [line([spine[k], spine[k + 1]], 1 + 7 * (k / 60) ** 1.5) for k in range(6, 59, 3)]
    paper.tint("#fffaf0", 0.9, *dashes)
    return paper


def _boat(paper: Paper, x: float, y: float, size: float, colour: Colour) -> None:
    hull = [(-120, 0), (120, 0), (84, 40), (-84, 40)]
    paper.tint("#0a1420", 0.35, disc(x, y + 50 * size, 120 * size, 12 * size), blur=16)
    paper.cut(
        "#f6ead4",
        poly([(x, y - 190 * size), (x, y - 14 * size), (x + 96 * size, y - 14 * size)]),
        poly([(x - 8 * size, y - 160 * size), (x - 8 * size, y - 14 * size), (x - 70 * size, y - 14 * size)]),
    )
    paper.cut(
        colour, poly([(x + dx * size, y + dy * size) for dx, dy in hull]), to=between(colour, "#000000", 0.25)
    )


def _steps(count: int) -> list[float]:
    return [step / (count - 1) for step in range(count)]
