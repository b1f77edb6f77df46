"""What stands within a paragraph of an .odt: looks, links, pictures, notes, comments."""

import re
from collections.abc import Callable

from stories.documents.archive import Archive
from stories.documents.odt_styles import Styles
from stories.documents.sheet import Desk, Look
from stories.documents.xml import Node

_WHITE = re.compile(r"[ \t\r\n]+")
_CODE = frozenset({"source text", "teletype", "user entry"})
_DRAWINGS = frozenset(
    {"draw:custom-shape", "draw:g", "draw:line", "draw:rect", "draw:ellipse", "draw:path", "draw:polygon"}
)
_SILENT = frozenset(
    {"text:bookmark", "text:bookmark-start", "text:bookmark-end", "text:soft-page-break", "text:change",
     "text:change-start", "text:change-end", "office:annotation-end", "text:ruby-text", "text:alphabetical-index-mark"}
)  # fmt: skip
MOST_SPACES = 40


class Runs:
    def __init__(self, styles: Styles, archive: Archive, desk: Desk) -> None:
        self.styles = styles
        self.archive = archive
        self.desk = desk
        self.read_blocks: Callable[[Node], str] = Node.text
        self.is_heading = False

    def read(self, paragraph: Node, *, is_heading: bool = False) -> str:
        before, self.is_heading = self.is_heading, is_heading
        look = (
            Look()
            if is_heading
            else Look().with_marks(self.styles.own_marks(paragraph.get("text:style-name")))
        )
        html = "".join(self._inside(paragraph, look))
        self.is_heading = before
        return html

    def _inside(self, parent: Node, look: Look) -> list[str]:
        out: list[str] = []
        for child in parent.children:
            if isinstance(child, str):
                out.append(self._text(_WHITE.sub(" ", child), look))
            else:
                out += self._part(child, look)
        return out

    def _text(self, text: str, look: Look) -> str:
        if look.hidden:
            self.desk.left_out["hidden"] += bool(text.strip())
            return ""
        return look.write(text)

    def _part(self, node: Node, look: Look) -> list[str]:
        name = node.name
        if name == "text:span":
            return self._inside(node, self._look_of(node, look))
        if name == "text:a":
            address = node.get("xlink:href")
            return self._inside(node, look._replace(href=address if not address.startswith("#") else ""))
        if name == "text:s":
            times = node.get("text:c", "1")
            return [" " * min(int(times[:3]), MOST_SPACES) if times.isdigit() else " "]
        if name == "text:tab":
            return [" " if self.is_heading else "\u2003"]
        if name == "text:line-break":
            return ["<br>"]
        if name == "text:note":
            body = node.first("text:note-body")
            return [self._note(body)] if body is not None else []
        if name == "draw:frame":
            return [self.frame(node)]
        if name in ("office:annotation", "text:hidden-text", "text:hidden-paragraph"):
            self.desk.left_out["comments" if name == "office:annotation" else "hidden"] += 1
            return []
        if name in _DRAWINGS:
            self.desk.left_out["drawings"] += 1
            return []
        return [] if name in _SILENT else self._inside(node, look)

    def _look_of(self, node: Node, look: Look) -> Look:
        style = node.get("text:style-name")
        marks = self.styles.marks(style)
        if self.is_heading:
            marks.pop("strong", None)
        return look.with_marks(marks | {"code": look.code or self.styles.name(style) in _CODE})

    def _note(self, body: Node) -> str:
        before = self.is_heading
        written = self.read_blocks(body)
        self.is_heading = before
        return self.desk.note(written)

    # Pictures.

    def frame(self, node: Node) -> str:
        """A picture. A text box, which may be a picture with its caption, stands after the paragraph."""
        if (box := node.first("draw:text-box")) is not None:
            before = self.is_heading
            text = self.read_blocks(box)  # which takes the boxes within it
            self.desk.boxes.append(text)
            self.is_heading = before
            return ""
        if node.first("draw:object") is not None or node.first("draw:object-ole") is not None:
            self.desk.left_out["objects"] += 1
            return ""
        image = node.first("draw:image")
        if image is None:
            self.desk.left_out["drawings"] += 1
            return ""
        if self._is_cropped(node):
            self.desk.left_out["cropped"] += 1
        words = [
            each.text().strip() for key in ("svg:desc", "svg:title") if (each := node.first(key)) is not None
        ]
        name = image.get("xlink:href").removeprefix("./")
        if name in self.archive:
            return self.desk.picture(name, next(filter(None, words), ""))
        self.desk.left_out["linked"] += 1
        return ""

    def _is_cropped(self, node: Node) -> bool:
        style = self.styles.nodes.get(node.get("draw:style-name"))
        look = style.first("style:graphic-properties") if style is not None else None
        return bool(re.search(r"[1-9]", look.get("fo:clip"))) if look is not None else False
