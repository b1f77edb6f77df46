"""Everybody can read it: the colour tables, measured as WCAG measures."""

import pytest

from tests.look.sheets import colours

THEMES = ["light", "system dark", "dark", "sepia"]
TEXT = [
    (text, paper)
    for text in ("--ink", "--ink-soft", "--accent", "--accent-deep", "--good", "--warn", "--bad")
    for paper in ("--paper", "--paper-raised", "--paper-sunken")
] + [
    ("--accent-ink", "--accent"),
    ("--accent-ink", "--accent-deep"),
    ("--accent-deep", "--accent-wash"),
    ("--paper", "--ink"),
    ("--paper-raised", "--bad"),
    ("--bad", "--bad-wash"),
    ("--ink", "--good-wash"),
    ("--ink", "--warn-wash"),
    ("--ink", "--bad-wash"),
    ("--ink", "--added"),
    ("--ink", "--removed"),
    ("--ink", "--found"),
]
# What has to be seen though it is not read: the edges of fields and buttons, the focus.
SIGNS = [
    (sign, paper)
    for sign in ("--edge", "--accent")
    for paper in ("--paper", "--paper-raised", "--paper-sunken")
]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out_from_its_paper(theme: str) -> None:
    table = colours(theme)

    too_faint = {(text, paper): round(contrast(table[text], table[paper]), 2) for text, paper in TEXT}

    assert {pair: found for pair, found in too_faint.items() if found < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_signs_stand_out_from_their_paper(theme: str) -> None:
    table = colours(theme)

    too_faint = {(sign, paper): round(contrast(table[sign], table[paper]), 2) for sign, paper in SIGNS}

    assert {pair: found for pair, found in too_faint.items() if found < 3} == {}


def test_dark_by_choice_is_dark_by_system() -> None:
    assert colours("dark") == colours("system dark")


def test_every_theme_names_every_colour() -> None:
    names = set(colours("light"))

    for theme in THEMES:
        assert set(colours(theme)) == names
