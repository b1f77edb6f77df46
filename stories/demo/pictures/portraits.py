"""Faces of the demo's people: a head, hair and a coat cut from a few papers, different by seed."""

from random import Random

from PIL import Image

from stories.demo.pictures.paper import Paper, Shape, between, box, disc, poly

SIDE = 640
_SKIN = ["#8d5a3b", "#a86f4a", "#c68a5e", "#6f432c", "#b57a52", "#d9a47c"]
_HAIR = ["#1d1715", "#2b211d", "#3a2a22"]
_GREY = ["#b9b2a8", "#8f8a84", "#d6d0c6"]
_COAT = ["#b4452f", "#2f6f6a", "#d9a441", "#3d4f7c", "#7a4a6d", "#5d7f4e", "#c96f4a"]
_WALL = ["#f0d9b5", "#cfe0d8", "#e9c7b0", "#c9d3e6", "#ead9e2", "#dfe0bd", "#f2cfa0"]


def portrait(
    seed: int, *, look: str, beard: bool = False, glasses: bool = False, grey: bool = False
) -> Image.Image:
    """`look` is one of long, short, bun, scarf, turban, curls."""
    pick = Random(seed)  # noqa: S311 - the same seed must draw the same face
    wall, coat, skin, hair = (
        pick.choice(_WALL),
        pick.choice(_COAT),
        pick.choice(_SKIN),
        pick.choice(_GREY if grey else _HAIR),
    )
    paper = Paper(seed=seed, top=wall, bottom=between(wall, coat, 0.25), size=(SIDE, SIDE))
    paper.cut(between(wall, coat, 0.4), disc(320 + pick.randint(-70, 70), 290, 236), shadow=0.12)
    for colour, shapes in _behind(look, hair, coat):
        paper.cut(colour, *shapes, shadow=0.25)
    paper.cut(
        coat,
        poly([(60, 660), (110, 540), (250, 480), (390, 480), (530, 540), (580, 660)]),
        disc(150, 570, 70),
        disc(490, 570, 70),
        to=between(coat, "#000000", 0.25),
        shadow=0.35,
        drop=16,
    )
    paper.cut(between(skin, "#000000", 0.16), box(272, 400, 96, 120, 44), shadow=0.2)
    paper.cut(
        between(coat, "#ffffff", 0.45),
        poly([(240, 486), (320, 574), (400, 486), (430, 500), (320, 640), (210, 500)]),
        shadow=0.25,
    )
    paper.cut(skin, disc(320, 300, 112, 138), to=between(skin, "#2a0f08", 0.16), shadow=0.3)
    for colour, shapes in _before(look, hair, coat):
        paper.cut(colour, *shapes, shadow=0.25)
    features: list[Shape] = [disc(276, 300, 9, 10), disc(364, 300, 9, 10)]
    paper.cut("#21150f", *features, shadow=0)
    paper.cut(between(skin, "#2a0f08", 0.4), poly([(320, 306), (336, 350), (312, 350)]), shadow=0)
    paper.cut(
        between(skin, "#8a2a22", 0.55),
        poly([(284, 384), (320, 392), (356, 384), (340, 404), (300, 404)]),
        shadow=0,
    )
    if beard:
        paper.cut(hair, poly([(252, 372), (388, 372), (380, 420), (320, 452), (260, 420)]), shadow=0.15)
        paper.cut(between(skin, "#8a2a22", 0.55), box(292, 386, 56, 12, 6), shadow=0)
    if glasses:
        rims = [box(234, 276, 78, 56, 24), box(328, 276, 78, 56, 24)]
        paper.tint("#ffffff", 0.25, *rims)
        paper.cut("#2a2326", box(310, 296, 20, 6), box(210, 296, 26, 6), box(404, 296, 26, 6), shadow=0)
    return paper.finish()


def _behind(look: str, hair: str, coat: str) -> list[tuple[str, list[Shape]]]:
    if look == "long":
        return [(hair, [box(186, 160, 268, 400, 120)])]
    if look == "bun":
        return [(hair, [disc(320, 138, 66), disc(320, 270, 130, 140)])]
    if look == "scarf":
        return [
            (
                between(coat, "#ffffff", 0.3),
                [disc(320, 300, 166, 186), poly([(160, 330), (480, 330), (540, 640), (100, 640)])],
            )
        ]
    if look == "curls":
        return [
            (
                hair,
                [
                    disc(320 + dx, 230 + dy, 74)
                    for dx, dy in (
                        (-110, 40),
                        (-80, -50),
                        (0, -84),
                        (80, -50),
                        (110, 40),
                        (-100, 110),
                        (100, 110),
                    )
                ],
            )
        ]
    return []


def _before(look: str, hair: str, coat: str) -> list[tuple[str, list[Shape]]]:
    fringe = [
        poly(
            [
                (206, 290),
                (210, 210),
                (270, 156),
                (350, 150),
                (420, 196),
                (434, 290),
                (408, 246),
                (330, 214),
                (250, 240),
            ]
        )
    ]
    if look == "turban":
        cloth = between(coat, "#f2c14e", 0.35)
        return [
            (cloth, [disc(320, 196, 150, 84)]),
            (between(cloth, "#000000", 0.14), [poly([(178, 222), (330, 120), (390, 118), (200, 250)])]),
            (between(cloth, "#ffffff", 0.16), [poly([(462, 222), (300, 126), (250, 140), (438, 252)])]),
        ]
    if look == "scarf":
        return [
            (
                between(coat, "#ffffff", 0.4),
                [
                    poly(
                        [
                            (196, 300),
                            (214, 196),
                            (320, 150),
                            (426, 196),
                            (444, 300),
                            (412, 226),
                            (320, 190),
                            (228, 226),
                        ]
                    )
                ],
            )
        ]
    if look == "short":
        return [
            (
                hair,
                [
                    poly(
                        [
                            (204, 300),
                            (200, 200),
                            (262, 142),
                            (380, 142),
                            (440, 200),
                            (436, 300),
                            (416, 232),
                            (320, 206),
                            (224, 232),
                        ]
                    )
                ],
            )
        ]
    return [(hair, fringe)]
