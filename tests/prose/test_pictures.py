"""How a picture is written into a page."""

from pathlib import Path

import pytest

from stories.prose.pictures import Picture, picture_of, picture_tag, plain_file, variant_address
from stories.prose.render import render
from stories.prose.tones import sheet

ADDRESS = "/media/pictures/aB-c_9.webp"
READY = Picture(1000, 600, "#102030", recipe=3, widths=(240, 720, 1000), kinds=("avif", "webp", "jpg"))


def tag(picture=READY, **options):
    return picture_tag(ADDRESS, alt='A "dog"', picture=picture, sizes="100vw", **options)


def test_picture_is_offered_in_each_kind_and_width():
    assert tag() == (
        '<picture><source type="image/avif" srcset="/media/variants/3/aB-c_9-240.avif 240w, '
        '/media/variants/3/aB-c_9-720.avif 720w, /media/variants/3/aB-c_9-1000.avif 1000w" sizes="100vw">'
        '<source type="image/webp" srcset="/media/variants/3/aB-c_9-240.webp 240w, '
        '/media/variants/3/aB-c_9-720.webp 720w, /media/variants/3/aB-c_9-1000.webp 1000w" sizes="100vw">'
        '<img src="/media/variants/3/aB-c_9-1000.jpg" srcset="/media/variants/3/aB-c_9-240.jpg 240w, '
        '/media/variants/3/aB-c_9-720.jpg 720w, /media/variants/3/aB-c_9-1000.jpg 1000w" sizes="100vw" '
        'alt="A &quot;dog&quot;" width="1000" height="600" class="tone-0-0-8" loading="lazy" decoding="async">'
        "</picture>"
    )


def test_picture_without_variants_is_the_stored_file():
    assert tag(Picture(640, 480, "#aabbcc")) == (
        f'<img src="{ADDRESS}" alt="A &quot;dog&quot;" width="640" height="480" loading="lazy" decoding="async">'
    )
    assert tag(None, at_once=True) == (
        f'<img src="{ADDRESS}" alt="A &quot;dog&quot;" fetchpriority="high" decoding="async">'
    )


def test_picture_leaves_out_what_is_wider_than_it_is_ever_shown():
    written = tag(widest=720)

    assert "-1000." not in written
    assert 'src="/media/variants/3/aB-c_9-720.jpg"' in written


def test_picture_that_one_may_see_through_has_no_colour_behind_it():
    see_through = Picture(90, 60, "#ffffff", recipe=1, widths=(90,), kinds=("avif", "webp", "png"))

    assert "class" not in tag(see_through)
    assert "class" not in tag(toned=False)


def test_picture_comes_back_from_what_was_kept():
    kept = {
        "width": 1000, "height": 600, "colour": "#102030", "recipe": 3,
        "widths": [240, 720, 1000], "kinds": ["avif", "webp", "jpg"],
    }  # fmt: skip

    assert picture_of(kept) == READY
    assert picture_of({"width": 64, "height": 48, "colour": "#000000"}) == Picture(64, 48, "#000000")
    assert picture_of({}) == Picture(1200, 800)


@pytest.mark.parametrize(("width", "given"), [(5000, (1000, 600)), (800, (720, 432)), (10, (240, 144))])
def test_plain_file_is_of_a_kind_that_all_programs_know(width, given):
    file = plain_file(ADDRESS, READY, width=width)

    assert (file.width, file.height) == given
    assert file.address == variant_address(ADDRESS, recipe=3, width=given[0], kind="jpg")
    assert plain_file(ADDRESS, Picture(640, 480)).address == ADDRESS


@pytest.mark.parametrize(
    ("colour", "tone"),
    [
        ("#808080", "tone-2"),
        ("#000000", "tone-0"),
        ("#ffffff", "tone-4"),
        ("#c9a86a", "tone-3-1-3"),
        ("#7d93a8", "tone-2-0-8"),
        ("#ff0000", "tone-2-1-1"),
    ],
)
def test_colour_that_holds_a_place_is_one_of_the_style_sheet(colour, tone):
    assert f'class="{tone}"' in tag(Picture(90, 60, colour, 1, (90,), ("webp", "jpg")))
    assert f".{tone} {{" in sheet()


def test_style_sheet_of_tones_is_the_one_that_is_made():
    """After a change write `sheet()` to it anew."""
    assert (Path(__file__).parents[2] / "static/css/tones.css").read_text() == sheet()


def test_first_picture_of_a_story_without_a_cover_is_fetched_at_once():
    figure = f'<figure><img src="{ADDRESS}" alt=""></figure>'
    pictures = {ADDRESS: READY}

    top = render(f"{figure}<p>x</p>{figure}", pictures=pictures).html
    below = render(f"<p>{'word ' * 300}</p>{figure}", pictures=pictures).html
    covered = render(figure, pictures=pictures, has_cover=True).html

    assert (top.count("fetchpriority"), top.count("loading")) == (1, 1)
    assert top.index("fetchpriority") < top.index("loading")
    assert "fetchpriority" not in below + covered


def test_tall_picture_has_no_colour_beside_it_and_a_wide_one_is_said_to_be_wide():
    tall = Picture(600, 1000, "#102030", recipe=3, widths=(240,), kinds=("webp", "jpg"))
    figure = f'<figure><img src="{ADDRESS}" alt=""></figure>'
    wide = f'<figure align="wide"><img src="{ADDRESS}" alt=""></figure>'

    assert "tone-" not in render(figure, pictures={ADDRESS: tall}).html
    assert "tone-0-0-8" in render(figure, pictures={ADDRESS: READY}).html
    assert (
        'sizes="(min-width: 42rem) 40rem, calc(100vw - 2rem)"'
        in render(figure, pictures={ADDRESS: READY}).html
    )
    assert 'sizes="(min-width: 64rem) 60rem, 100vw"' in render(wide, pictures={ADDRESS: READY}).html
