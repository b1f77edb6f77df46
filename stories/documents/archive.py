"""The packed parts of a document, looked up by their names: nothing is unpacked to a disk, and little to memory."""

import stat
import zipfile
import zlib
from io import BytesIO
from typing import Any

from stories.documents.refused import Refused

_CENTRAL = b"PK\x01\x02"  # stands before each entry of the archive's list
_PLAIN_ENOUGH = 1_000_000  # bytes; below it no ratio is suspicious


class Archive:
    """Checked as a whole before any part is read. `limits` are those of `stories.documents.limits.Limits`."""

    def __init__(self, data: bytes, limits: dict[str, Any]) -> None:
        self.limits = limits
        if data.count(_CENTRAL) > limits["max_entries"]:
            raise Refused("entries")
        try:
            self.file = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise Refused("broken") from error
        self.entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self.file.infolist():
            self._check(entry)
            self.entries[entry.filename] = entry
        self._check_size(len(data))

    def _check(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename
        if entry.flag_bits & 1:
            raise Refused("password")
        if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
            raise Refused("paths")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Refused("paths")
        if name in self.entries or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("broken")

    def _check_size(self, packed: int) -> None:
        unpacked = sum(entry.file_size for entry in self.entries.values())
        if unpacked > self.limits["max_unpacked"]:
            raise Refused("unpacked")
        for entry in self.entries.values():
            most = max(entry.compress_size, 1) * self.limits["max_ratio"]
            if entry.file_size > _PLAIN_ENOUGH and entry.file_size > most:
                raise Refused("unpacked")
        # Entries that lie over each other count their bytes several times.
        if sum(entry.compress_size for entry in self.entries.values()) > packed:
            raise Refused("broken")

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def read(self, name: str, *, most: int) -> bytes:
        """The part, of which the archive may have lied about the size. Raises Refused("unpacked") above `most`."""
        try:
            with self.file.open(self.entries[name]) as part:
                data = part.read(most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Refused("broken") from error
        if len(data) > most:
            raise Refused("unpacked")
        return data
