"""The piece of a story that shows why it was found, with the words that were looked for marked."""

import re
from collections.abc import Iterator

import regex

from stories.prose.excerpt import shorten
from stories.prose.fold import fold
from stories.prose.search import MAX_WORD, read_query

SNIPPET_CHARACTERS = 240
MAX_TEXT = 200_000  # characters that are looked at
MAX_HITS = 200

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}\u00ad\u200b-\u200d\u2060\ufeff'’]*")
_ENGLISH_ENDING = regex.compile(r"(?:ies|ing|es|ed|s|y|e)$")
_FINAL_MARKS = regex.compile(r"\p{M}+$")
_CLUSTER = regex.compile(r"\X")

Parts = list[tuple[str, bool]]


def snippet(text: str, query: str, *, size: int = SNIPPET_CHARACTERS) -> Parts:
    """Parts of plain `text` in their order, each with whether it is a hit; about `size` characters together.

    Nothing is escaped: the template does that. Whole words are marked, compared in their folded form, so that a
    word is marked whatever its spelling or ending; nothing is cut within a character as people see it. Without
    a hit it is the beginning of the text.
    """
    text = " ".join(text[:MAX_TEXT].split())
    stems = tuple(_stem(word) for word in read_query(query).words)
    hits = _find(text, stems) if stems else []
    if not hits:
        beginning = shorten(text, size)
        return [(beginning, False)] if beginning else []
    start, end = _window(text, hits, size)
    parts: Parts = []
    position = start
    for begin, after, _ in hits:
        if start <= begin and after <= end:
            parts += [(text[position:begin], False), (text[begin:after], True)]
            position = after
    parts.append((text[position:end], False))
    parts = [("…", False) if start else ("", False), *parts, ("…", False) if end < len(text) else ("", False)]
    return _joined(parts)


def _stem(word: str) -> str:
    """What all forms of a word begin with, roughly."""
    pattern = _ENGLISH_ENDING if word.isascii() else _FINAL_MARKS
    stem = pattern.sub("", word)
    return stem if len(stem) >= (3 if word.isascii() else 2) else word


def _find(text: str, stems: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Where words begin with a stem: begin, end, and the stem."""
    known: dict[str, str | None] = {}
    hits = []
    for found in _candidates(text, stems):
        word = found.group()
        if word not in known:
            folded = fold(word) if len(word) <= MAX_WORD else ""
            known[word] = next((stem for stem in stems if _is_form(folded, stem)), None)
        stem = known[word]
        if stem is not None:
            hits.append((found.start(), found.end(), stem))
            if len(hits) == MAX_HITS:
                break
    return hits


def _candidates(text: str, stems: tuple[str, ...]) -> Iterator[regex.Match[str]]:
    """All words; where the stems are plain Latin letters, only those that begin with one, which is far quicker."""
    if not all(stem.isascii() and stem.isalpha() for stem in stems):
        yield from _WORD.finditer(text)
        return
    beginnings = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, stems))})", re.IGNORECASE)
    for beginning in beginnings.finditer(text):
        if found := _WORD.match(text, beginning.start()):
            yield found


def _is_form(folded: str, stem: str) -> bool:
    # A short stem begins too much: "on" is no form of "one".
    return folded == stem or ((len(stem) > 2 or not stem.isascii()) and folded.startswith(stem))


def _window(text: str, hits: list[tuple[int, int, str]], size: int) -> tuple[int, int]:
    """Begin and end of the piece with the most different words, the earliest of such."""
    best, best_count = 0, 0
    for index, (begin, _, _) in enumerate(hits):
        count = len({stem for at, after, stem in hits[index : index + 20] if after <= begin + size * 3 // 4})
        if count > best_count:
            best, best_count = index, count
    start = _boundary(text, max(0, hits[best][0] - size // 4))
    end = min(len(text), start + max(size, hits[best][1] - start))
    if end < len(text):
        # Back to a space, but not into the first hit; a "word" longer than the piece is cut between characters.
        space = text.rfind(" ", hits[best][1], end)
        end = space if space > 0 else max(_last_cluster(text, start, end), hits[best][1])
    return start, end


def _boundary(text: str, position: int) -> int:
    """The beginning of a word at or after `position`, if one is near, else of a character."""
    if position == 0:
        return 0
    space = text.find(" ", position - 1, position + 40)
    return space + 1 if space >= 0 else _last_cluster(text, max(0, position - 40), position)


def _last_cluster(text: str, start: int, position: int) -> int:
    """The last boundary between user-perceived characters of text[start:] that is not after `position`."""
    boundary = start
    for found in _CLUSTER.finditer(text, start, min(len(text), position + 40)):
        if found.end() > position:
            break
        boundary = found.end()
    return boundary


def _joined(parts: Parts) -> Parts:
    """Neighbours of one kind put together, empty ones left out."""
    joined: Parts = []
    for text, is_hit in parts:
        if not text:
            continue
        if joined and joined[-1][1] == is_hit and not is_hit:
            joined[-1] = (joined[-1][0] + text, False)
        else:
            joined.append((text, is_hit))
    return joined
