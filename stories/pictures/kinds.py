"""What a file is, told by its first bytes: those we take, and the names of those we do not."""

TAKEN = frozenset({"JPEG", "PNG", "WebP", "AVIF", "GIF"})

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"8BPS", "Photoshop"),
    (b"II*\x00", "TIFF or raw camera"),
    (b"MM\x00*", "TIFF or raw camera"),
    (b"BM", "BMP"),
    (b"SIMPLE  =", "FITS"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"%PDF", "PDF"),
    (b"%!PS", "PostScript"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"PK\x03\x04", "document or archive"),
    (b"\x1f\x8b", "compressed"),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def kind_of(data: bytes) -> str:
    """One of TAKEN, the name of another kind as a person knows it, or "" for what nobody knows."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF":
        return "WebP" if data[8:12] == b"WEBP" else "video"
    if data[4:8] == b"ftyp":
        return _kind_of_box(data)
    text = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in text:
        return "SVG"
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")):
        return "web page"
    return ""


def _kind_of_box(data: bytes) -> str:
    """AVIF, HEIC and film share one container; its first box lists what it is compatible with."""
    size = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}
    if brands & {b"avif", b"avis"}:
        return "AVIF"
    return "HEIC" if brands & _HEIC_BRANDS else "video"
