"""Reads a stranger's document in a confined process, which is gone when it has answered.

Run by `stories.confined`, with its limits as JSON in the last argument; reads the file from standard input and writes
one line of JSON, and then the pictures, one after the other. Imports nothing but its own few modules.
"""

import json
import sys
from typing import Any

from stories.documents.archive import Archive
from stories.documents.docx import Docx
from stories.documents.odt import Odt
from stories.documents.refused import Refused
from stories.documents.sheet import Desk


def main() -> None:
    limits = json.loads(sys.argv[-1])
    sys.setrecursionlimit(limits["max_depth"] * 20)
    try:
        answer, pictures = read(sys.stdin.buffer.read(), limits)
    except Refused as refused:
        answer, pictures = {"refused": refused.reason}, []
    except MemoryError:
        answer, pictures = {"refused": "memory"}, []
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(pictures))


def read(data: bytes, limits: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """Title, summary, HTML with addresses of pictures that are to come, what was left out, sizes of the pictures."""
    archive = Archive(data, limits)
    desk = Desk(limits)
    kind = Docx if _is_docx(archive) else Odt
    paper = kind(archive, desk)
    html = paper.read()
    title, html = paper.outline.settle(html)
    if desk.notes:
        html += "<hr><ol>" + "".join(f"<li>{note}</li>" for note in desk.notes) + "</ol>"
    pictures = [_picture(archive, name, limits) for name in desk.pictures]
    return {
        "title": title,
        "summary": paper.outline.summary,
        "html": html,
        "left_out": dict(desk.left_out),
        "pictures": [len(picture) for picture in pictures],
        "kind": "docx" if kind is Docx else "odt",
    }, pictures


def _is_docx(archive: Archive) -> bool:
    if "[Content_Types].xml" in archive:
        return True
    if "content.xml" in archive:
        return False
    raise Refused("kind")


def _picture(archive: Archive, name: str, limits: dict[str, Any]) -> bytes:
    """One that is too large comes as no bytes: it is named, and the text comes in."""
    try:
        return archive.read(name, most=limits["max_picture"])
    except Refused:
        return b""


if __name__ == "__main__":
    main()
