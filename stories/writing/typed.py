"""Text between a plain text area and HTML: how a story is written where no script runs."""

import re
from html import escape

_PRE = re.compile(r"<pre\b", re.IGNORECASE)
_PRE_END = re.compile(r"</pre>", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_TAG = re.compile(r"<[a-z/!]", re.IGNORECASE)
_BLOCK_END = re.compile(r"(</(?:p|h[2-4]|ul|ol|blockquote|figure|table|pre)>|<hr>)(?=<)")


def typed_to_html(text: str) -> str:
    """What somebody typed in the text area: an empty line ends a paragraph, a line's end breaks the line.

    Pieces that begin with a tag are taken as the HTML they are, so that a text shown by `html_to_typed`
    comes back as it was; without any tag, every sign means itself.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _TAG.search(text):
        text = escape(text, quote=False)
    pieces = _pieces(text)
    return "".join(
        piece if place % 2 else "".join(_paragraph(part) for part in _EMPTY_LINES.split(piece))
        for place, piece in enumerate(pieces)
    )


def _pieces(text: str) -> list[str]:
    """What stands between preformatted pieces and those, in turn. Each sign is looked at once, whatever is sent."""
    pieces, at = [], 0
    while (start := _PRE.search(text, at)) and (end := _PRE_END.search(text, start.end())):
        pieces += [text[at : start.start()], text[start.start() : end.end()]]
        at = end.end()
    return [*pieces, text[at:]]


def _paragraph(part: str) -> str:
    part = part.strip()
    if not part or part.startswith("<"):
        return part
    return f"<p>{part.replace(chr(10), '<br>')}</p>"


def html_to_typed(html: str) -> str:
    """Canonical HTML with an empty line between its blocks, as the text area shows it."""
    return _BLOCK_END.sub("\\1\n\n", html)
