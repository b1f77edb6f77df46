"""Files of plain text, Markdown and HTML: their letters, and the pictures that stand in them or came beside them."""

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from stories.prose.addresses import safe_picture

MAX_PICTURES = 60
_DATA = re.compile(r"data:image/[a-z0-9.+-]{1,20};base64,([A-Za-z0-9+/=%\s]*+)", re.IGNORECASE)
_INCOMING = "/media/pictures/incoming-{}.webp"


def decode(data: bytes) -> str:
    """By its byte order mark, else UTF-8, else what Windows wrote before UTF-8; any bytes give some text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def unpack_pictures(text: str) -> tuple[str, list[bytes]]:
    """The text with a short address in the place of each picture that is written out in it, and those pictures."""
    pictures: list[bytes] = []

    def take(found: re.Match[str]) -> str:
        try:
            data = base64.b64decode(re.sub(r"\s", "", unquote(found[1])), validate=True)
        except (binascii.Error, ValueError):
            return "data:,"
        if data not in pictures:
            if len(pictures) >= MAX_PICTURES:
                return "data:,"
            pictures.append(data)
        return _INCOMING.format(pictures.index(data))

    return _DATA.sub(take, text), pictures


class PackedPictures:
    """Finds the pictures that a text names. `used` are their bytes by our address, `missing` what is elsewhere."""

    def __init__(self, unpacked: list[bytes], beside: Mapping[str, bytes]) -> None:
        self.unpacked = {_INCOMING.format(number): data for number, data in enumerate(unpacked)}
        self.beside = {name.lower(): data for name, data in beside.items()}
        self.used: dict[str, bytes] = {}
        self.missing: list[str] = []

    def find(self, address: str) -> str | None:
        address = address.strip()
        if address in self.unpacked:
            self.used[address] = self.unpacked[address]
            return address
        if ours := safe_picture(address):
            return ours
        name = PurePosixPath(unquote(address.partition("?")[0])).name.lower()
        data = self.beside.get(name) if "://" not in address else None
        if data is None:
            self.missing.append(address)
            return None
        for known, bytes_of in self.used.items():
            if bytes_of is data:
                return known
        ours = _INCOMING.format(len(self.unpacked) + len(self.used))
        self.used[ours] = data
        return ours
