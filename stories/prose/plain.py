"""Plain text from people, made safe to keep: one Unicode form, no control or override characters."""

import re
import unicodedata

# Everything that moves or hides text without being text. The zero-width joiner and non-joiner stay: they are
# spelling in Indian scripts. The left-to-right and right-to-left marks stay: they are harmless punctuation
# in Urdu. Overrides, embeddings and isolates can make a line read as something else, so they go.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, without tab, newline, return, next line
    "\u00ad\u180e\u200b"  # soft hyphen and spaces of no width
    "\u202a-\u202e\u2060-\u206f"  # overrides, embeddings, isolates, invisible operators
    "\ufeff\ufff9-\ufffc\ufffe\uffff"  # byte order mark, annotations, non-characters
    "\U000e0000-\U000e007f]"  # tags, which spell words that nobody sees
)
_UNWANTED_ASCII = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # with the return, which becomes a newline
# The stroke through the character before it. Where it makes one (=, <, >) NFC has joined it; where it stands
# alone it could join the end of a tag and break it.
_OVERLAY = "\u0338"
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACE = re.compile(r"\s+")
_SPACE_IN_LINE = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r"\n{3,}")


def clean_characters(text: str) -> str:
    """NFC, line ends as "\\n", unwanted characters gone; white space is left as it is.

    Lone surrogates, which no database takes, become U+FFFD.
    """
    if text.isascii() and not _UNWANTED_ASCII.search(text):
        return text
    text = _SURROGATE.sub("\ufffd", text)
    text = _UNWANTED.sub("", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", text).replace(_OVERLAY, "")


def clean_line(text: str) -> str:
    """One line for a title, a name, an alternative text: runs of white space become one space."""
    return _SPACE.sub(" ", clean_characters(text)).strip()


def clean_text(text: str) -> str:
    """Several lines for a note or a biography: at most one empty line in a row, no spaces at line ends."""
    lines = (line.strip() for line in _SPACE_IN_LINE.sub(" ", clean_characters(text)).split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()
