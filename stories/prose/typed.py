"""Plain text as people type it: paragraphs between empty lines, marks before list items, headings alone."""

from collections.abc import Iterator

import regex

from stories.prose.blocks import Block, Run

MAX_HEADING = 80  # characters
MAX_HEADING_WORDS = 14

_EMPTY_LINES = regex.compile(r"\n[^\S\n]*+\n\s*+")
_BULLET = regex.compile(r"\s*+(?:[•‣◦▪●○·*]|[-–—])[^\S\n]++(?=\S)")
_NUMBER = regex.compile(r"\s*+(\p{Nd}{1,3})[.)][^\S\n]++(?=\S)")
_SENTENCE_END = ".!?…:;,।॥۔؟،؛"
_BEGINS_LIKE_TITLE = regex.compile(r"[\"“‘'(]?[\p{Lu}\p{Lt}\p{Lo}\p{Nd}]")
_WRAPPED = 60  # characters; shorter lines were broken on purpose


def read_typed(text: str) -> Block:
    """The text as blocks.

    A heading is a short line that stands alone, has no mark of a sentence's end, is numbered or begins like a
    title, and has text after it. Two or more numbered lines in a row are a numbered list, one is a heading or
    a paragraph.
    """
    parts = [part.strip("\n") for part in _EMPTY_LINES.split(text) if part.strip()]
    body = Block("body")
    pieces = [piece for part in parts for piece in _pieces(part)]
    index = 0
    while index < len(pieces):
        kind = _kind(pieces, index)
        if kind in ("ul", "ol"):
            mark = _BULLET if kind == "ul" else _NUMBER
            items = Block(kind)
            if kind == "ol":
                number = int(mark.match(pieces[index])[1])
                items.attributes = {"start": str(number)} if number != 1 else {}
            while index < len(pieces) and (found := mark.match(pieces[index])):
                items.children.append(Block("li", children=[_text("p", pieces[index][found.end() :])]))
                index += 1
            body.children.append(items)
        else:
            body.children.append(_text(kind, pieces[index]))
            index += 1
    return body


def _pieces(part: str) -> Iterator[str]:
    """A part between empty lines, cut before each line that begins with a list mark."""
    piece: list[str] = []
    for line in part.split("\n"):
        # A number begins an item only where an item or nothing stands before: "in\n1999. Then" is a sentence.
        begins = _BULLET.match(line) or (_NUMBER.match(line) and (not piece or _NUMBER.match(piece[0])))
        if begins and piece:
            yield "\n".join(piece)
            piece = []
        piece.append(line)
    yield "\n".join(piece)


def _kind(pieces: list[str], index: int) -> str:
    piece = pieces[index]
    following = pieces[index + 1] if index + 1 < len(pieces) else ""
    if _BULLET.match(piece):
        return "ul"
    if _NUMBER.match(piece) and _NUMBER.match(following):
        return "ol"
    return "h2" if _is_heading(piece.strip(), following) else "p"


def _is_heading(line: str, following: str) -> bool:
    if "\n" in line or len(line) > MAX_HEADING or len(line.split()) > MAX_HEADING_WORDS or not following:
        return False
    if line[-1] in _SENTENCE_END and not line.endswith(("?", "!")):
        return False
    if _NUMBER.match(line):
        return True
    if line[-1] in "?!" or not _BEGINS_LIKE_TITLE.match(line):
        return False
    # Short lines in a row are verse, or an address.
    return bool(_BULLET.match(following) or _NUMBER.match(following)) or len(following) > MAX_HEADING


def _text(kind: str, text: str) -> Block:
    lines = [line.strip() for line in text.strip().split("\n")]
    if max(len(line) for line in lines) > _WRAPPED or kind != "p":
        return Block(kind, runs=[Run(" ".join(lines))])
    return Block(kind, runs=[Run("\n".join(lines))])
