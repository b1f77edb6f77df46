"""What the readers of documents write on: blocks of HTML in their order, with lists and quotes around them."""

import re
from collections import Counter
from collections.abc import Mapping
from html import escape, unescape
from typing import NamedTuple

from stories.documents.refused import Refused

MAX_SUMMARY = 400  # characters; a longer line is a paragraph

_PICTURE = re.compile(r"<img [^>]*>")
_TAG = re.compile(r"<[^>]*>")
_HEADING = re.compile(r"(</?h)([1-9])>")


class Look(NamedTuple):
    """How text looks, as far as a story knows looks."""

    strong: bool = False
    em: bool = False
    s: bool = False
    sub: bool = False
    sup: bool = False
    code: bool = False
    hidden: bool = False
    href: str = ""

    def with_marks(self, marks: Mapping[str, bool]) -> "Look":
        return self._replace(**marks)  # type: ignore[arg-type]

    def write(self, text: str) -> str:
        written = escape(text).replace("\n", "<br>")
        for mark in ("code", "sup", "sub", "s", "em", "strong"):
            if getattr(self, mark):
                written = f"<{mark}>{written}</{mark}>"
        return f'<a href="{escape(self.href)}">{written}</a>' if self.href else written


class Desk:
    """What all sheets of a document share: its pictures, its notes, and what was left out and how often."""

    def __init__(self, limits: dict[str, int]) -> None:
        self.limits = limits
        self.pictures: list[str] = []  # names in the archive
        self.notes: list[str] = []
        self.left_out: Counter[str] = Counter()
        self.boxes: list[str] = []  # text boxes that stood beside the paragraph that is being read
        self.room = limits["max_characters"]

    def picture(self, name: str, alt: str) -> str:
        if name not in self.pictures:
            if len(self.pictures) >= self.limits["max_pictures"]:
                self.left_out["many_pictures"] += 1
                return ""
            self.pictures.append(name)
        number = self.pictures.index(name)
        return f'<img src="/media/pictures/incoming-{number}.webp" alt="{escape(alt)}">'

    def note(self, html: str) -> str:
        """The mark of a note, which itself will stand at the end."""
        self.notes.append(html)
        return f"<sup>{len(self.notes)}</sup>"

    def take_boxes(self) -> list[str]:
        boxes, self.boxes = self.boxes, []
        self.left_out["boxes"] += sum(not box.startswith("<figure>") for box in boxes)
        return boxes

    def spend(self, html: str) -> str:
        self.room -= len(html)
        if self.room < 0:
            raise Refused("long")
        return html


class Sheet:
    """Blocks that stand in one place: the whole text, a cell, a note."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.out: list[str] = []
        self.lists: list[
            tuple[str, str]
        ] = []  # the open ones, outermost first: element, and which list it is
        self.in_quote = False
        self.lines: list[str] = []  # of preformatted text

    def put(self, html: str) -> None:
        self.close()
        self.out.append(self.desk.spend(html))

    def paragraph(self, html: str, *, is_caption: bool = False) -> None:
        """A paragraph; one that is a picture with its caption is a figure."""
        pictures = _PICTURE.findall(html) if is_caption else []
        if len(pictures) == 1:
            words = _PICTURE.sub("", html).strip().removeprefix("<br>")
            self.put(f"<figure>{pictures[0]}<figcaption>{words}</figcaption></figure>")
        else:
            self.put(f"<p>{html}</p>")

    def beside(self, html: str) -> None:
        """What stood beside a paragraph stands after it: within the item, where that is one."""
        if self.lists:
            self.out.append(self.desk.spend(html))
        else:
            self.put(html)

    def quote(self, html: str) -> None:
        """A paragraph of a quotation; those in a row stand in one."""
        if not self.in_quote:
            self.close()
            self.out.append("<blockquote>")
            self.in_quote = True
        self.out.append(self.desk.spend(html))

    def line(self, html: str) -> None:
        """A paragraph of preformatted text, which is a line of it."""
        if not self.lines:
            self.close()
        self.lines.append(self.desk.spend(_TAG.sub("", html.replace("<br>", "\n"))))

    def item(self, html: str, *, level: int, tag: str, which: str, start: int = 1) -> None:
        """An item at `level`, 0 for the outermost; it goes on with the list before it if it is of the same."""
        if not self.lists:
            self.close()
        while len(self.lists) > level + 1:
            self._end_list()
        if len(self.lists) == level + 1:
            if self.lists[-1] == (tag, which):
                self.out.append("</li><li>")
            else:
                self._end_list()
        while len(self.lists) < level + 1:
            number = f' start="{start}"' if tag == "ol" and start != 1 and len(self.lists) == level else ""
            self.out.append(f"<{tag}{number}><li>")
            self.lists.append((tag, which))
        self.out.append(self.desk.spend(html))

    def _end_list(self) -> None:
        self.out.append(f"</li></{self.lists.pop()[0]}>")

    def close(self) -> None:
        while self.lists:
            self._end_list()
        if self.in_quote:
            self.out.append("</blockquote>")
            self.in_quote = False
        if self.lines:
            self.out.append("<pre>" + "\n".join(self.lines) + "</pre>")
            self.lines = []

    def html(self) -> str:
        self.close()
        return "".join(self.out)


class Outline:
    """Which heading is the title, and how deep the others stand below it."""

    def __init__(self) -> None:
        self.title = ""
        self.summary = ""
        self.levels: list[int] = []

    def settle(self, html: str) -> tuple[str, str]:
        """The title ("" where nothing says it) and the text with its headings from 2 down.

        Without a line that is styled as the title, a heading that begins the text and is the only one of its level
        is the title. Where several stand as high, none of them is.
        """
        first = re.match(r"<h([1-9])>(.*?)</h\1>", html)
        if not self.title and first and self.levels.count(int(first[1])) == 1 == int(first[1]):
            self.title = unescape(_TAG.sub("", first[2]))
            self.levels.remove(1)
            html = html[first.end() :]
        shift = 2 - min(self.levels, default=2)
        return self.title, _HEADING.sub(lambda found: f"{found[1]}{min(int(found[2]) + shift, 4)}>", html)
