"""Files that people bring along, plain text, Markdown or HTML, read into a title, a summary and a body."""

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from markdown_it import MarkdownIt

from stories.prose.addresses import FindPicture, safe_picture
from stories.prose.blocks import Block, block_text
from stories.prose.clean import MAX_BYTES, clean
from stories.prose.errors import ProseError, TooLong
from stories.prose.front import is_front_line, unquote
from stories.prose.languages import by_code, guess_language
from stories.prose.markdown import OURS, read_own_markdown
from stories.prose.markdown_notes import may_have_notes, read_notes
from stories.prose.openings import MAX_DEPTH
from stories.prose.parse import parse
from stories.prose.plain import clean_characters, clean_line
from stories.prose.readable import plain_text
from stories.prose.tokens import unescape
from stories.prose.typed import read_typed
from stories.prose.write import Writer

MAX_TITLE = 200  # characters

_PLAIN = frozenset({".txt", ".text", ""})
_MARKDOWN = frozenset({".md", ".markdown"})
_HTML = frozenset({".html", ".htm", ".xhtml"})

_WITHOUT_NOTES, _WITH_NOTES = (
    MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])
    for _ in range(2)
)
read_notes(_WITH_NOTES)
_SETTINGS = re.compile(r"---[ \t]*\n(.{0,4000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HTML_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,500})</title", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """`body` is canonical HTML; `language` is one of our codes, guessed from the script where nothing says it."""

    title: str
    summary: str
    body: str
    language: str


def read_document(filename: str, text: str, *, find_picture: FindPicture = safe_picture) -> Document:
    """Read the text of a file, of the kind that the name's ending says, into a document.

    What a published page puts around a story is left out: the disclaimer, the title once more, the date, the
    reading time. `find_picture` gives the address of ours for the address of a picture in the file. Raises
    ProseError for another kind of file, TooLong and TooDeep as `clean` does.
    """
    if len(text) > MAX_BYTES:
        raise TooLong
    text = clean_characters(text)
    ending = PurePath(filename).suffix.lower()
    said: dict[str, str] = {}
    if ending in _PLAIN:
        body = read_typed(text)
    elif ending in _MARKDOWN:
        said, text = _split_settings(text)
        if OURS in said:
            return _own_document(read_own_markdown(text), said)
        reader = _WITH_NOTES if may_have_notes(text) else _WITHOUT_NOTES
        body = parse(clean(reader.render(text), find_picture=find_picture))
    elif ending in _HTML:
        found = _HTML_TITLE.search(text[:20_000])
        said = {"title": unescape(found.group(1))} if found else {}
        body = parse(clean(text, find_picture=find_picture))
    else:
        raise ProseError(
            "This file is neither plain text (.txt) nor Markdown (.md) nor HTML (.html). "
            "Please save the story as one of these and try again."
        )
    return _document(filename, body, said)


def document_of(filename: str, html: str, *, title: str, summary: str) -> Document:
    """A document of what another program wrote, which may have said what its title is."""
    said = {"title": title or (PurePath(filename).stem if "<h2>" in html else ""), "summary": summary}
    return _document(filename, parse(clean(html)), said)


def _own_document(body: str, said: dict[str, str]) -> Document:
    """What an author took away from here: its head says everything, and nothing stands around the text."""
    return Document(
        title=said.get("title", "")[:MAX_TITLE],
        summary=said.get("summary", ""),
        body=body,
        language=said.get("language", "") if said.get("language", "") in by_code else "en",
    )


def _document(filename: str, body: Block, said: dict[str, str]) -> Document:
    title = unquote(clean_line(said.get("title", "")))
    found, rest = _split_title(body.children, title, PurePath(filename).suffix.lower() in _PLAIN)
    title = found or title or clean_line(re.sub(r"[-_]+", " ", PurePath(filename).stem)) or "Untitled"
    story = Block("body", children=rest)
    language = said.get("language", said.get("lang", "")).strip().lower()
    return Document(
        title=title[:MAX_TITLE].strip(),
        summary=clean_line(said.get("summary", said.get("description", ""))),
        body=clean(Writer(max_characters=MAX_BYTES, max_depth=MAX_DEPTH).write(story)),
        language=language if language in by_code else guess_language(f"{title} {plain_text(story)[:20_000]}"),
    )


def _split_title(blocks: list[Block], said: str, is_plain: bool) -> tuple[str, list[Block]]:
    """The title, where the text begins with one ("" if not), and the blocks after what stands around it.

    A heading is a title unless the file says another; in plain text, which has no headings, a line is.
    """
    title = ""
    for number, block in enumerate(blocks):
        if block.kind not in ("p", "h2"):
            return title, blocks[number:]
        line = unquote(clean_line(block_text(block)))
        if is_front_line(line) or line.casefold() in (title.casefold(), said.casefold()):
            continue
        if (
            title
            or said
            or not (block.kind == "h2" or (is_plain and _may_be_title(block, blocks[number + 1 :])))
        ):
            return title, blocks[number:]
        title = line
    return title, []


def _may_be_title(block: Block, following: list[Block]) -> bool:
    line = block_text(block)
    return bool(following) and "\n" not in line and len(line) <= MAX_TITLE and line[-1] not in ".,;:।۔"


def _split_settings(text: str) -> tuple[dict[str, str], str]:
    """The lines `name: value` between two lines of hyphens at the head of a Markdown file, and what follows."""
    found = _SETTINGS.match(text.lstrip())
    if not found:
        return {}, text
    said = {}
    for line in found.group(1).split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            said[name.strip().lower()] = _value(value.strip())
    return said, text.lstrip()[found.end() :]


def _value(written: str) -> str:
    """A value between quotation marks may escape some signs as JSON and YAML do."""
    if written.startswith('"'):
        with suppress(ValueError):
            return clean_line(str(json.loads(written)))
    return written.strip("\"'")
