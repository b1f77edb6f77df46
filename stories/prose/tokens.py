"""HTML from anybody cut into tags and text, in time proportional to its length whatever it holds.

Not a browser's parser: what it makes of broken or hostile markup may differ from what a browser would.
That is safe because nothing of the input is passed on: what is written later is written anew.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple


class Start(NamedTuple):
    name: str
    attributes: dict[str, str]
    closed: bool  # written as <x/>


class End(NamedTuple):
    name: str


class Text(NamedTuple):
    text: str


Token = Start | End | Text

# Possessive quantifiers: each is scanned once, nothing is tried a second time.
# A "<" that begins no tag, declaration or comment is text.
_TEXT = re.compile(r"(?:[^<]++|<(?![a-zA-Z!?/]))++")
_END_NAME = re.compile(r"</([a-zA-Z][^\s/>]*+)")
_BARE = re.compile(r"<([a-zA-Z][^\s/>]*+)>")
_TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?:([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)|(?=>)))?+)?+"""
)
_AFTER_TAG = re.compile(r"[\s/]*+>")

# What stands between these and their end tag is program or form, not text.
RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}

_LONG_NUMBER = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{8,}+);?")
# In an attribute "&copy=2" is part of an address, not a sign: names count only with their semicolon.
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}+;?|#[xX][0-9a-fA-F]{1,7}+;?|[a-zA-Z][a-zA-Z0-9]{1,31};)")


def tokenise(source: str) -> Iterator[Token]:
    """Tags, with lower-case names and decoded attributes, and decoded text, in their order.

    Comments, declarations and the contents of `RAW` elements are left out. A tag that never ends is text, and
    so is all that follows it; a `RAW` element that never ends is a tag like another: no word is swallowed.
    """
    position, length = 0, len(source)
    unclosed: set[str] = set()  # what was looked for to the end in vain, never to be looked for again
    while position < length:
        text = _TEXT.match(source, position)
        if text:
            yield Text(unescape(text.group()))
            position = text.end()
            if position == length:
                return
        if source[position + 1 : position + 2].isalpha():
            start, position = _read_start(source, position)
            if start is None:
                yield Text(unescape(source[position:]))
                return
            yield start
            if start.name in RAW and start.name not in unclosed:
                end = _RAW_END[start.name].search(source, position)
                if end:
                    position = end.start()
                else:
                    unclosed.add(start.name)
        elif name := _END_NAME.match(source, position):
            end_of_tag = source.find(">", name.end())
            if end_of_tag < 0:
                yield Text(unescape(source[position:]))
                return
            yield End(name.group(1).lower())
            position = end_of_tag + 1
        else:
            after = _skip_comment(source, position, unclosed)
            if after is None:  # no ">" follows, so there is no tag any more
                yield Text(unescape(source[position:]))
                return
            position = after


def _read_start(source: str, position: int) -> tuple[Start | None, int]:
    """The start tag at `position` and where it ends, or None and `position` if it never ends."""
    bare = _BARE.match(source, position)
    if bare:
        return Start(bare.group(1).lower(), {}, False), bare.end()
    name = _TAG_NAME.match(source, position + 1)
    assert name is not None  # noqa: S101 - the caller saw the letter
    attributes: dict[str, str] = {}
    at, length = name.end(), len(source)
    while at < length:
        end = _AFTER_TAG.match(source, at)
        if end:
            closed = source[end.end() - 2] == "/"
            return Start(name.group().lower(), attributes, closed), end.end()
        attribute = _ATTRIBUTE.match(source, at)
        if attribute is None or attribute.end() == at or attribute.group(1) is None:
            break
        at = attribute.end()
        key = attribute.group(1).lower()
        if key not in attributes:
            value = attribute.group(2) or attribute.group(3) or attribute.group(4) or ""
            attributes[key] = unescape_attribute(value)
    return None, position


def _skip_comment(source: str, position: int, unclosed: set[str]) -> int | None:
    """Where the comment or declaration at `position` ends; None if it never does."""
    if source.startswith("<!--", position):
        if source.startswith((">", "->"), position + 4):
            return source.index(">", position) + 1
        if "-->" not in unclosed:
            end = source.find("-->", position + 4)
            if end >= 0:
                return end + 3
            unclosed.add("-->")
        return position + 4
    end = source.find(">", position)
    return end + 1 if end >= 0 else None


def unescape(text: str) -> str:
    """Character references in text decoded; a number beyond every character becomes U+FFFD."""
    if "&" not in text:
        return text
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text))


def unescape_attribute(value: str) -> str:
    if "&" not in value:
        return value
    return _REFERENCE.sub(lambda found: html.unescape(found.group()), _LONG_NUMBER.sub("\ufffd", value))
