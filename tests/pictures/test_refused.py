"""What is said of a file that is no picture we take, and what it may cost."""

import resource

import pytest

from stories.confined import running
from stories.pictures import accept as accepting
from stories.pictures.accept import PictureError, accept
from stories.pictures.limits import LIMITS, MAX_BYTES, Limits
from tests.pictures.files import (
    jpeg_of_many_scans,
    photograph_file,
    picture_file,
    png_bomb,
    png_text_bomb,
)


def seconds_of_children() -> float:
    """Processor time, which a busy machine does not lengthen: the decoder's limit is in it too."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def refusal(data, **options):
    with pytest.raises(PictureError) as refused:
        accept(data, **options)
    return refused.value.message


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "This is a HEIC file."),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "This is a HEIC file."),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "This is a video file."),
        (b"8BPS\0\1", "This is a Photoshop file."),
        (b"SIMPLE  =                    T", "This is a FITS file."),
        (b"II*\0\x08\0\0\0", "This is a TIFF or raw camera file."),
        (b"BM\0\0\0\0", "This is a BMP file."),
        (b"%PDF-1.7", "This is a PDF file."),
        (b"PK\x03\x04", "This is a document or archive file."),
        (b"\xff\x0a\0", "This is a JPEG XL file."),
        (b"<!DOCTYPE html><script>alert(1)</script>", "This is a web page file."),
    ],
)
def test_another_kind_is_named_with_what_to_do(data, named):
    message = refusal(data)

    assert message.startswith(named)
    assert "JPEG, PNG, WebP, AVIF and GIF" in message
    assert "save it as JPEG and try again." in message


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x -->\n<SVG/>",
    ],
)
def test_a_drawing_that_holds_programs_is_refused(data):
    assert refusal(data).startswith("This is an SVG drawing")


def test_nothing_and_nonsense_are_refused():
    assert refusal(b"").startswith("This file is empty.")
    assert refusal(b"nonsense").startswith("This file is no picture that we know.")
    assert refusal(b"\0" * 1000).startswith("This file is no picture that we know.")


def test_a_file_of_more_than_ten_megabytes_is_refused():
    assert refusal(b"\xff\xd8\xff" + b"\0" * MAX_BYTES).startswith(
        "This picture has 10.0 MB; the most is 10 MB."
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_file_that_is_cut_off_is_refused(kind):
    whole = photograph_file(kind, size=(320, 240))

    for length in (12, 40, len(whole) // 2):
        assert refusal(whole[:length]).startswith("This picture could not be read")


@pytest.mark.parametrize("start", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP"])
def test_a_file_with_the_right_beginning_only_is_refused(start):
    assert refusal(start + b"<script>alert(1)</script>" * 20).startswith("This picture could not be read")


def test_a_page_behind_a_picture_does_not_come_through():
    picture = accept(picture_file("JPEG") + b"<script>alert(1)</script><?php system('id') ?>")

    assert b"script" not in picture.data
    assert b"php" not in picture.data


@pytest.mark.parametrize(
    ("size", "said"),
    [((12_001, 10), "has 12,001 × 10 pixels"), ((10_000, 4_001), "pixels"), ((60_000, 60_000), "pixels")],
)
def test_more_pixels_than_allowed_are_refused_before_they_are_unpacked(size, said):
    before = seconds_of_children()

    message = refusal(png_bomb(*size, rows=10))

    assert said in message or message.startswith("This picture is too large")
    assert "the most is 12,000 on a side and 40 million in all" in message
    assert seconds_of_children() - before < 2


def test_the_most_pixels_are_taken():
    picture = accept(png_bomb(10_000, 4_000))

    assert (picture.width, picture.height) == (2400, 960)


def test_a_text_that_unpacks_to_much_is_refused():
    assert refusal(png_text_bomb()).startswith("This picture could not be read")


def test_a_jpeg_of_very_many_scans_is_refused_at_once():
    before = seconds_of_children()

    message = refusal(jpeg_of_many_scans(5_000))

    assert message.startswith("This picture is built in a way that takes too long to open.")
    assert seconds_of_children() - before < 2


def test_a_picture_that_takes_too_long_is_given_up():
    patient = Limits(max_scans=10_000_000, cpu_seconds=1)
    before = seconds_of_children()

    message = refusal(jpeg_of_many_scans(400), limits=patient)

    assert message.startswith("This picture is built in a way that takes too long to open.")
    assert seconds_of_children() - before < 2


def test_a_picture_that_needs_too_much_memory_is_given_up():
    message = refusal(png_bomb(10_000, 4_000), limits=Limits(memory_bytes=120_000_000))

    assert message.startswith(("This picture is built in a way", "This picture could not be read"))


def test_a_decoder_that_hangs_is_ended(monkeypatch, tmp_path):
    hanging = tmp_path / "hanging.py"
    hanging.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(running, "_CHILD", hanging)
    monkeypatch.setattr(accepting, "WALL_SECONDS", 0.5)

    assert refusal(picture_file("PNG")).startswith("This picture is built in a way")


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"width": 1, "height": 1, "colour": "red"}',
        '{"width": 99999, "height": 1, "colour": "#000000"}',
        '{"width": "1", "height": 1, "colour": "#000000"}',
        '{"width": 1, "height": 1, "colour": "#000000"}\\n<svg onload=alert(1)>',
    ],
)
def test_a_decoder_that_was_taken_over_is_not_believed(monkeypatch, tmp_path, answer):
    lying = tmp_path / "lying.py"
    lying.write_text(f"import sys\nsys.stdin.buffer.read()\nprint('{answer}')\n")
    monkeypatch.setattr(running, "_CHILD", lying)

    assert refusal(picture_file("PNG")).startswith("This picture could not be read")


def test_a_decoder_that_crashes_is_a_refusal(monkeypatch, tmp_path):
    crashing = tmp_path / "crashing.py"
    crashing.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setattr(running, "_CHILD", crashing)

    assert refusal(picture_file("PNG")).startswith("This picture could not be read")


def test_the_limits_are_those_that_are_promised():
    assert (LIMITS.max_pixels, LIMITS.max_side, LIMITS.long_side) == (40_000_000, 12_000, 2_400)
    assert (LIMITS.cpu_seconds, LIMITS.memory_bytes, MAX_BYTES) == (5, 1_000_000_000, 10_000_000)
