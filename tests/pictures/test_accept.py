"""What comes out of a picture that somebody sent."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from stories.pictures.accept import accept
from tests.pictures.files import exif_with_gps, moving_file, photograph_file, picture_file, png_text


def opened(picture):
    return Image.open(BytesIO(picture.data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_accept_takes_five_kinds_and_keeps_webp(kind):
    picture = accept(picture_file(kind))

    image = opened(picture)
    assert (image.format, image.mode, image.size) == ("WEBP", "RGB", (64, 48))
    assert (picture.width, picture.height) == (64, 48)
    assert (picture.extension, picture.mime) == ("webp", "image/webp")
    assert picture.sha256 == hashlib.sha256(picture.data).hexdigest()
    red, green, blue = (int(picture.colour[at : at + 2], 16) for at in (1, 3, 5))
    assert abs(red - 0xC0) + abs(green - 0x80) + abs(blue - 0x40) < 24


def test_accept_goes_by_the_content_and_gives_the_same_again():
    data = photograph_file("JPEG", size=(320, 240))

    assert accept(data) == accept(data)


@pytest.mark.parametrize(
    ("kind", "size", "kept"),
    [
        ("JPEG", (6000, 4000), (2400, 1600)),
        ("PNG", (1000, 5000), (480, 2400)),
        ("WEBP", (2400, 100), (2400, 100)),
        ("PNG", (1, 1), (1, 1)),
        ("PNG", (12_000, 1), (2400, 1)),
    ],
)
def test_accept_reduces_the_long_side(kind, size, kept):
    picture = accept(picture_file(kind, size=size))

    assert (picture.width, picture.height) == kept
    assert opened(picture).size == kept


@pytest.mark.parametrize("orientation", range(1, 9))
def test_accept_turns_upright(orientation):
    sent = BytesIO()
    image = Image.new("RGB", (80, 40), "#0000ff")
    image.paste("#ff0000", (0, 0, 40, 40))  # red at the side where the camera's own left was
    image.save(sent, "JPEG", exif=exif_with_gps(orientation), quality=95)

    picture = accept(sent.getvalue())

    upright = opened(picture)
    assert upright.size == ((80, 40) if orientation < 5 else (40, 80))
    first = {
        1: (5, 20),
        2: (75, 20),
        3: (75, 20),
        4: (5, 20),
        5: (20, 5),
        6: (20, 5),
        7: (20, 75),
        8: (20, 75),
    }
    red, _, blue = upright.getpixel(first[orientation])
    assert (red > 200, blue > 60) == (True, False)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_accept_drops_all_metadata(kind):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"exif": exif_with_gps(), "icc_profile": profile}
    if kind == "PNG":
        options["pnginfo"] = png_text()
    else:
        options["xmp"] = b"<x:xmpmeta>SecretXmp</x:xmpmeta>"
    if kind == "JPEG":
        options["comment"] = b"SecretComment"
    sent = picture_file(kind, **options)
    assert b"SecretCamera" in sent

    picture = accept(sent)

    assert b"Secret" not in picture.data
    assert not {b"EXIF", b"XMP ", b"ICCP"} & {
        picture.data[at : at + 4] for at in range(12, len(picture.data))
    }
    assert dict(opened(picture).getexif()) == {}


def test_accept_brings_other_colours_to_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"tmp ").replace(b"gXYZ", b"rXYZ").replace(b"tmp ", b"gXYZ")

    picture = accept(picture_file("PNG", colour="#ff0000", icc_profile=swapped))

    red, green, blue = (int(picture.colour[at : at + 2], 16) for at in (1, 3, 5))
    assert (red < 30, green > 225, blue < 30) == (True, True, True)


def test_accept_keeps_colours_with_their_own_profile_and_with_a_broken_one():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = accept(picture_file("PNG", colour="#336699", icc_profile=profile))
    nonsense = accept(picture_file("PNG", colour="#336699", icc_profile=b"nonsense"))

    assert same.colour == nonsense.colour == "#336699"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_accept_takes_every_kind_of_pixel(mode):
    sent = BytesIO()
    if mode == "I;16":
        Image.new("I;16", (40, 30), 0x8000).save(sent, "PNG")
    else:
        Image.new("RGB", (40, 30), "#808080").convert(mode).save(sent, "PNG")

    picture = accept(sent.getvalue())

    assert opened(picture).size == (40, 30)
    if mode in ("L", "RGBA", "I;16", "LA"):
        assert picture.colour == "#808080"


def test_accept_takes_the_colours_of_print():
    picture = accept(picture_file("JPEG", mode="CMYK", colour="#ffffff"))

    assert opened(picture).mode == "RGB"
    assert picture.colour == "#ffffff"


def test_accept_keeps_what_one_sees_through():
    sent = BytesIO()
    image = Image.new("RGBA", (40, 30), (255, 0, 0, 255))
    image.paste((0, 0, 0, 0), (0, 0, 30, 30))
    image.save(sent, "PNG")

    picture = accept(sent.getvalue())

    assert opened(picture).convert("RGBA").getpixel((5, 5))[3] == 0
    assert opened(picture).convert("RGBA").getpixel((35, 5)) == (255, 0, 0, 255)
    assert picture.colour == "#ffffff"


def test_accept_keeps_a_drawing_without_loss():
    sent = BytesIO()
    image = Image.new("RGB", (200, 100), "white")
    image.paste("#123456", (50, 25, 150, 75))
    image.save(sent, "PNG")

    kept = opened(accept(sent.getvalue())).convert("RGB")

    assert kept.tobytes() == image.tobytes()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "AVIF", "PNG"])
def test_accept_keeps_the_first_frame_of_a_moving_picture(kind):
    picture = accept(moving_file(kind))

    image = opened(picture)
    assert getattr(image, "n_frames", 1) == 1
    red, green, blue = image.convert("RGB").getpixel((20, 15))
    assert (red > 240, green < 15, blue < 15) == (True, True, True)
