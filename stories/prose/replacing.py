"""Other words for a passage of one paragraph, put into a text: words that stay keep their look and their links."""

from dataclasses import dataclass

from stories.prose.anchors import NoPassage, Place, leaves_of
from stories.prose.blocks import Block, Run, block_text, walk
from stories.prose.clean import MAX_BYTES
from stories.prose.compare_pieces import PLAIN, Piece
from stories.prose.compare_segments import ADDED, REMOVED, plain_segments, words_in
from stories.prose.compare_words import common
from stories.prose.openings import MAX_DEPTH
from stories.prose.parse import parse
from stories.prose.plain import clean_line
from stories.prose.write import Writer

Look = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Replaced:
    """`keeps_links` says that every link still leads where it did, from the very words that it did."""

    html: str
    words: int
    keeps_links: bool


def replace_words(html: str, place: Place, replacement: str) -> Replaced:
    """The canonical text `html` with `replacement` for the words at `place`, which may be none.

    Raises NoPassage when they stand in several paragraphs.
    """
    body = parse(html)
    links = _links(body)
    leaf, start, end = _leaf_at(body, place)
    old = block_text(leaf)[start:end]
    new = clean_line(replacement)
    if not new and _stands_between_spaces(block_text(leaf), start, end):
        end += 1
    leaf.runs = _joined(leaf, start, end, _dressed(leaf, start, end, new))
    written = Writer(max_characters=MAX_BYTES, max_depth=MAX_DEPTH).write(body)
    return Replaced(written, words_changed(old, new), _links(body) == links)


def words_changed(old: str, new: str) -> int:
    """How many words come and go, the larger of the two: a word for another is one."""
    segments = plain_segments(old, new)
    return max(words_in(segments, ADDED), words_in(segments, REMOVED))


def _leaf_at(body: Block, place: Place) -> tuple[Block, int, int]:
    at = 0
    for leaf in leaves_of(body.children[place.block]):
        size = len(block_text(leaf))
        if at <= place.start and place.end <= at + size:
            return leaf, place.start - at, place.end - at
        at += size + 1
    raise NoPassage


def _stands_between_spaces(text: str, start: int, end: int) -> bool:
    is_after_space = start == 0 or text[start - 1].isspace()
    return is_after_space and end < len(text) and text[end].isspace()


def _looks(leaf: Block) -> list[Look]:
    return [(run.marks, run.href) for run in leaf.runs for _ in run.text]


def _dressed(leaf: Block, start: int, end: int, new: str) -> list[tuple[str, Look]]:
    """The new words, each sign with its look: words that stay bring theirs, others take what both neighbours have."""
    looks = _looks(leaf)[start:end]
    if not new or not looks:
        return [(sign, PLAIN) for sign in new]
    one = Piece("p", ((block_text(leaf)[start:end], PLAIN),))
    other = Piece("p", ((new, PLAIN),))
    kept: list[Look | None] = [None] * len(new)
    for i, j in common(one.words, other.words):
        kept[slice(*other.spans[j])] = looks[slice(*one.spans[i])]
    stays = [place for place, look in enumerate(kept) if look is not None]
    whole = looks[0] if len(set(looks)) == 1 else None
    dressed: list[tuple[str, Look]] = []
    for place, sign in enumerate(new):
        look = kept[place]
        if look is None:
            before = max((each for each in stays if each < place), default=None)
            after = min((each for each in stays if each > place), default=None)
            look = whole or _between(
                kept[before] if before is not None else None, kept[after] if after is not None else None
            )
        dressed.append((sign, look))
    return dressed


def _between(before: Look | None, after: Look | None) -> Look:
    return before if before is not None and before == after else PLAIN


def _joined(leaf: Block, start: int, end: int, dressed: list[tuple[str, Look]]) -> list[Run]:
    signs = list(zip(block_text(leaf), _looks(leaf), strict=True))
    runs: list[Run] = []
    for sign, look in [*signs[:start], *dressed, *signs[end:]]:
        if runs and (runs[-1].marks, runs[-1].href) == look:
            runs[-1].text += sign
        else:
            runs.append(Run(sign, *look))
    return runs


def _links(body: Block) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for block in walk(body):
        for run in block.runs:
            if run.href:
                found.append((run.href, run.text))
    return _as_links(found)


def _as_links(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Runs of one link, however they are cut by their marks, are one."""
    joined: list[tuple[str, str]] = []
    for href, text in runs:
        if joined and joined[-1][0] == href:
            joined[-1] = (href, joined[-1][1] + text)
        else:
            joined.append((href, text))
    return joined
