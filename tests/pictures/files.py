"""Picture files made for a test: good ones, and those that somebody would send to do harm."""

import struct
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin


def picture_file(kind: str, *, size=(64, 48), mode="RGB", colour="#c08040", **options) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).convert(mode).save(out, kind, **options)
    return out.getvalue()


def photograph_file(kind: str, *, size=(1600, 1200), **options) -> bytes:
    out = BytesIO()
    noise = Image.effect_noise((size[0] // 8, size[1] // 8), 60)
    Image.merge("RGB", [noise.rotate(angle) for angle in (0, 90, 180)]).resize(size).save(
        out, kind, **options
    )
    return out.getvalue()


def exif_with_gps(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif[0x8825] = {1: "N", 2: (12.0, 58.0, 1.0), 3: "E", 4: (77.0, 35.0, 1.0)}
    return exif


def png_text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "SecretAuthor")
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>SecretXmp</x:xmpmeta>")
    info.add_text("Comment", "SecretComment " * 50, zip=True)
    return info


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(width: int, height: int, *, rows: int | None = None) -> bytes:
    """A PNG of a few kilobytes that unpacks to `width` by `height` pixels, or says so and has `rows` of them."""
    row = b"\0" * ((width + 7) // 8 + 1)
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")
    )


def png_text_bomb() -> bytes:
    """A small PNG with a compressed text of 30 MB."""
    packed = zlib.compress(b"\0" * 30_000_000, 1)
    good = picture_file("PNG")
    return good[:33] + png_chunk(b"zTXt", b"Comment\0\0" + packed) + good[33:]


def jpeg_of_many_scans(scans: int, *, size=(4000, 4000)) -> bytes:
    """A progressive JPEG whose last scan is there `scans` times: small to send, long to open."""
    whole = picture_file("JPEG", size=size, progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * scans + whole[-2:]


def moving_file(kind: str) -> bytes:
    out = BytesIO()
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("#ff0000", "#00ff00", "#0000ff")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()
