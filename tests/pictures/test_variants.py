"""The smaller files of a picture."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from stories.pictures import variants as making
from stories.pictures.accept import accept
from stories.pictures.variants import VariantsError, make_variants, widths_of
from tests.pictures.files import photograph_file


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (2400, (240, 480, 720, 1080, 1600)),
        (1650, (240, 480, 720, 1080, 1600)),
        (1000, (240, 480, 720, 1000)),
        (490, (240, 490)),
        (240, (240,)),
        (1, (1,)),
    ],
)
def test_widths_are_never_wider_than_the_picture_nor_nearly_alike(width, widths):
    assert widths_of(width) == widths


def test_photograph_is_made_in_three_kinds_and_each_width():
    picture = accept(photograph_file("JPEG", size=(800, 600)))

    made = make_variants(picture.data, width=picture.width)

    assert (made.widths, made.kinds) == ((240, 480, 720, 800), ("avif", "webp", "jpg"))
    for file in made.files:
        image = Image.open(BytesIO(file.data))
        assert image.size == (file.width, round(file.width * 0.75))
        assert image.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[file.kind]
        assert not image.getexif()
    assert [file.kind for file in made.files] == ["avif", "webp", "jpg"] * 4
    sizes = {kind: sum(len(file.data) for file in made.files if file.kind == kind) for kind in made.kinds}
    assert sizes["avif"] < sizes["webp"] < sizes["jpg"]


def test_picture_that_one_sees_through_has_png_behind_it():
    image = Image.new("RGBA", (300, 200))
    ImageDraw.Draw(image).ellipse((20, 20, 180, 180), fill="#336699")
    sent = BytesIO()
    image.save(sent, "PNG")
    picture = accept(sent.getvalue())

    made = make_variants(picture.data, width=picture.width)

    assert made.kinds[-1] == "png"
    for file in made.files:
        small = Image.open(BytesIO(file.data)).convert("RGBA")
        assert small.getpixel((1, 1))[3] == 0
        assert small.getpixel((small.width // 3, small.height // 2))[3] > 250


def test_drawing_is_not_sent_in_a_kind_that_makes_it_larger():
    image = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(image).rectangle((100, 100, 300, 200), fill="#336699")
    sent = BytesIO()
    image.save(sent, "PNG")

    made = make_variants(accept(sent.getvalue()).data, width=600)

    assert made.kinds[-2:] == ("webp", "jpg")
    whole = next(file for file in made.files if (file.width, file.kind) == (600, "webp"))
    assert Image.open(BytesIO(whole.data)).convert("RGB").tobytes() == image.tobytes()


def test_what_cannot_be_read_is_an_error_for_the_log():
    with pytest.raises(VariantsError, match="broken"):
        make_variants(b"RIFF\0\0\0\0WEBPnonsense", width=800)


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(making, "_WALL_SECONDS", 0.001)
    picture = accept(photograph_file("JPEG", size=(160, 120)))

    with pytest.raises(VariantsError, match="time"):
        make_variants(picture.data, width=picture.width)


@pytest.mark.parametrize(
    ("answer", "files"),
    [
        ({}, b""),
        ({"kinds": ["jpg"], "files": []}, b""),
        ({"kinds": ["jpg"], "files": [[64, "jpg", 4]]}, b"<svg"),
        ({"kinds": ["jpg"], "files": [[64, "jpg", 3]]}, b"\xff\xd8\xff and more"),
        ({"kinds": ["jpg"], "files": [[64, "jpg", -1]]}, b""),
        ({"kinds": ["svg"], "files": [[64, "svg", 4]]}, b"<svg"),
        ({"kinds": ["jpg"], "files": [[9999, "jpg", 3]]}, b"\xff\xd8\xff"),
        ({"kinds": ["jpg"], "files": "nonsense"}, b""),
    ],
)
def test_answer_of_a_process_that_was_taken_over_is_refused(monkeypatch, answer, files):
    monkeypatch.setattr(making, "run_confined", lambda *args, **options: (answer, files))

    with pytest.raises(VariantsError):
        make_variants(b"", width=64)
