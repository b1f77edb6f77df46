"""Marks passages in a text that was rendered: a mark around the words, a sign after them that leads to the note.

Reads what stories.prose.render wrote and nothing else: tags are copied as they are, and of what is put in nothing is
anybody's words.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

_PARTS = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|&#?[a-zA-Z0-9]+;|[^<&]+|[<&]")
_VOID = frozenset({"br", "hr", "img", "source", "wbr"})


@dataclass(frozen=True)
class Mark:
    """Words of one block, from a character to before another, white space not counted; `note` is what is said of them.

    `kind` is a word for the style sheet.
    """

    note: int
    number: int
    block: int
    start: int
    end: int
    kind: str = ""


def mark(page: str, marks: Iterable[Mark]) -> str:
    """`page` with the marks in it. The same when there are none."""
    by_block: dict[int, list[Mark]] = {}
    for each in marks:
        by_block.setdefault(each.block, []).append(each)
    return _Marker(by_block).write(page) if by_block else page


class _Marker:
    def __init__(self, by_block: dict[int, list[Mark]]) -> None:
        self.by_block = by_block
        self.out: list[str] = []
        self.here: list[Mark] = []  # the marks of the block that is being written
        self.at = 0  # characters of the block that were written, white space not counted
        self.links = 0
        self.waiting: list[Mark] = []  # ended within a link, which holds no other link
        self.is_embed = False

    def write(self, page: str) -> str:
        depth, block = 0, -1
        for part in _PARTS.finditer(page):
            name = part.group(2)
            if not name:
                self.text(part.group())
                continue
            is_end, is_void = bool(part.group(1)), name in _VOID
            if not is_end and depth == 0:
                block += 1
                self.begin(block, part.group(3))
            self.links += (name == "a") * (-1 if is_end else 1)
            if is_end and depth == 1 and name not in ("ul", "ol", "div", "blockquote", "figure"):
                self.end_block()  # while there is a paragraph to stand in
            self.out.append(part.group())
            if name == "a" and is_end:
                self.signs()
            if not is_void:
                depth += -1 if is_end else 1
            if depth == 0:
                self.end_block(beside=True)
        return "".join(self.out)

    def begin(self, block: int, attributes: str) -> None:
        self.here = sorted(self.by_block.get(block, ()), key=lambda each: (each.start, each.number))
        self.at = 0
        self.edges = {edge for each in self.here for edge in (each.start, each.end)}
        self.inside: list[Mark] = []
        self.is_embed = 'class="embed"' in attributes

    def text(self, text: str) -> None:
        if not self.here or self.is_embed:
            self.out.append(text)
            return
        signs = [text] if text.startswith("&") and len(text) > 1 else list(text)
        for sign in signs:
            is_space = html.unescape(sign).isspace()
            if self.at in self.edges:
                if not is_space:
                    self.starts()
                self.inside = [each for each in self.here if each.start + is_space <= self.at < each.end]
            if self.inside:
                self.open(self.inside)
            else:
                self.close()
            self.out.append(sign)
            if not is_space:
                self.at += 1
                if self.at in self.edges:
                    self.ends()
        self.close()

    is_open = ""
    opened: list[Mark] | None = None

    def open(self, inside: list[Mark]) -> None:
        if self.is_open and self.opened is inside:
            return
        self.opened = inside
        kinds = " ".join(dict.fromkeys(f"noted-{each.kind}" for each in inside if each.kind))
        tag = f'<mark class="noted {kinds}">' if kinds else '<mark class="noted">'
        if self.is_open != tag:
            self.close()
            self.out.append(tag)
            self.is_open = tag

    def close(self) -> None:
        if self.is_open:
            self.out.append("</mark>")
            self.is_open = ""

    def starts(self) -> None:
        for each in self.here:
            if each.start == self.at:
                self.close()
                self.out.append(f'<span id="at-{each.note}" class="noted-at" tabindex="-1"></span>')

    def ends(self) -> None:
        ended = [each for each in self.here if each.end == self.at]
        if ended:
            self.close()
            self.waiting += ended
            self.here = [each for each in self.here if each not in ended]
            self.signs()

    def signs(self) -> None:
        if self.links:
            return
        for each in self.waiting:
            self.out.append(_sign(each))
        self.waiting = []

    def end_block(self, *, beside: bool = False) -> None:
        """What could not be marked, as a picture without words, gets its sign after it."""
        left = [*self.waiting, *self.here]
        if not left or (not beside and self.is_embed):
            return
        signs = "".join(
            f'<span id="at-{each.note}" class="noted-at" tabindex="-1"></span>{_sign(each)}'
            if each in self.here
            else _sign(each)
            for each in left
        )
        self.out.append(f'<p class="noted-beside">{signs}</p>' if beside else signs)
        self.waiting, self.here = [], []


def _sign(each: Mark) -> str:
    return (
        f'<sup class="note-sign" lang="en" dir="ltr"><a href="#note-{each.note}">'
        f'<span class="visually-hidden">Note </span>{each.number}</a></sup>'
    )
