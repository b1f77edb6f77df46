"""Runs of text made canonical: white space folded, empty things dropped, double breaks made paragraphs."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

import regex

from stories.prose.blocks import Block, Run, block_text
from stories.prose.plain import clean_characters

_WHITE = re.compile(r"[ \t\n\f\r]+")
_VISIBLE = regex.compile(r"[^\s\p{Cf}\p{Cc}\u115f\u1160\u2800\u3164\uffa0]")


def is_visible(text: str) -> bool:
    """Whether a reader would see anything of it."""
    return _VISIBLE.search(text) is not None


def tidy_text(block: Block) -> list[Block]:
    """What a text block becomes: nothing when it shows nothing, several paragraphs when it was broken twice.

    In the runs that come in, a run that is "\\n" and nothing else is a line break.
    """
    if block.kind == "pre":
        return _tidy_preformatted(block)
    paragraphs = _Joiner(block.kind).join(block.runs)
    if _has_empty_link(paragraphs):
        for runs in paragraphs:
            _unlink_empty(runs)
        # What was two looks may be one now.
        paragraphs = [again for runs in paragraphs for again in _Joiner(block.kind).join(_with_breaks(runs))]
    return [
        Block(block.kind, runs=runs) for runs in paragraphs if is_visible("".join(run.text for run in runs))
    ]


def tidy_figure(figure: Block) -> list[Block]:
    """A figure's pictures, the last with the caption, and beside them what is neither."""
    captions = [child for child in figure.children if child.kind == "figcaption"]
    blocks = [child for child in figure.children if child.kind != "figcaption"]
    pictures = [child for child in blocks if child.kind == "figure"]
    for picture in pictures:
        picture.attributes |= figure.attributes
    if not captions:
        return blocks
    runs: list[Run] = []
    for caption in captions:
        runs += [Run("\n"), *_with_breaks(caption.runs)] if runs else _with_breaks(caption.runs)
    if pictures and not pictures[-1].runs:
        pictures[-1].runs = [run for each in tidy_text(Block("figcaption", runs=runs)) for run in each.runs]
        return blocks
    if [each.kind for each in blocks] == ["blockquote"] and blocks[0].children[-1].kind != "footer":
        blocks[0].children += tidy_text(Block("footer", runs=runs))
        return blocks
    return blocks + tidy_text(Block("p", runs=runs))


def tidy_quote(quote: Block) -> None:
    """Where a quote is from stands once, after what is quoted; anything else is part of the quote."""
    for number, child in enumerate(quote.children, start=1):
        if child.kind == "footer" and (number == 1 or number < len(quote.children)):
            child.kind = "p"


def tidy_table(table: Block) -> None:
    """The head is made of the first rows that say so or have nothing but heading cells, and has no other cells."""
    is_head = True
    for row in table.children:
        said = row.attributes.pop("head", "")
        is_head = is_head and bool(said or all(cell.kind == "th" for cell in row.children))
        if is_head:
            row.attributes["head"] = "1"
            for cell in row.children:
                cell.kind = "th"


def _tidy_preformatted(block: Block) -> list[Block]:
    lines = clean_characters(block_text(block)).split("\n")
    while lines and not is_visible(lines[0]):
        lines.pop(0)
    text = "\n".join(lines).rstrip()
    return [Block("pre", runs=[Run(text)])] if is_visible(text) else []


class _Growing:
    """A run that is being put together; adding to a string each time would be quadratic."""

    __slots__ = ("look", "parts")

    def __init__(self, text: str, look: Run) -> None:
        self.parts = [text]
        self.look = look

    def run(self) -> Run:
        text = "".join(self.parts)
        text = text if text.isascii() else unicodedata.normalize("NFC", text)
        return Run(text, self.look.marks, self.look.href)


class _Joiner:
    """Puts runs together into paragraphs of canonical runs."""

    def __init__(self, kind: str) -> None:
        self.splits = kind == "p"
        self.line_break = " " if kind in ("h2", "h3", "h4") else "\n"
        self.paragraphs: list[list[_Growing]] = [[]]
        self.breaks = 0

    def join(self, runs: Iterable[Run]) -> list[list[Run]]:
        for run in runs:
            if run.text == "\n":
                self.breaks += 1
            elif text := _WHITE.sub(" ", clean_characters(run.text)):
                self._add(text, run)
        for paragraph in self.paragraphs:
            _strip_end(paragraph)
        return [[growing.run() for growing in paragraph] for paragraph in self.paragraphs if paragraph]

    def _add(self, text: str, look: Run) -> None:
        here = self.paragraphs[-1]
        if self.breaks and text != " ":
            _strip_end(here)
            if here and self.breaks > 1 and self.splits:
                here = []
                self.paragraphs.append(here)
            elif here:
                _append(here, self.line_break, look if _is_same(here[-1].look, look) else Run(""))
            self.breaks = 0
        if text[0] == " " and (self.breaks or not here or here[-1].parts[-1][-1] in " \n"):
            text = text[1:]
        if text:
            _append(here, text, look)


def _is_same(one: Run, other: Run) -> bool:
    return one.marks == other.marks and one.href == other.href


def _append(runs: list[_Growing], text: str, look: Run) -> None:
    if runs and _is_same(runs[-1].look, look):
        runs[-1].parts.append(text)
    else:
        runs.append(_Growing(text, look))


def _strip_end(runs: list[_Growing]) -> None:
    while runs:
        parts = runs[-1].parts
        while parts:
            parts[-1] = parts[-1].rstrip(" \n")
            if parts[-1]:
                return
            parts.pop()
        runs.pop()


def _link(run: Run) -> str:
    return run.href


def _has_empty_link(paragraphs: list[list[Run]]) -> bool:
    return any(
        href and not is_visible("".join(run.text for run in group))
        for runs in paragraphs
        for href, group in groupby(runs, _link)
    )


def _unlink_empty(runs: list[Run]) -> None:
    for href, group in groupby(list(runs), _link):
        members = list(group)
        if href and not is_visible("".join(run.text for run in members)):
            for run in members:
                run.href = ""


def _with_breaks(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs with their line breaks as runs of their own again."""
    for run in runs:
        for number, part in enumerate(run.text.split("\n")):
            if number:
                yield Run("\n", run.marks, run.href)
            if part:
                yield Run(part, run.marks, run.href)
