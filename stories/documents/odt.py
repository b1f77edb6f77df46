"""Reads .odt: paragraphs, headings, quotations, lists, tables. What stands within a paragraph: `odt_runs`."""

import re

from stories.documents.archive import Archive
from stories.documents.odt_runs import Runs
from stories.documents.odt_styles import Styles
from stories.documents.refused import Refused
from stories.documents.sheet import MAX_SUMMARY, Desk, Outline, Sheet
from stories.documents.xml import Node, read_xml

_QUOTES = frozenset({"quotations", "quote", "intense quote", "block quotation"})
_PREFORMATTED = frozenset({"preformatted text", "html preformatted", "source code"})
_CAPTIONS = frozenset({"caption", "illustration", "figure", "text", "drawing"})
_CONTENTS = re.compile(r"text:(?:table-of-content|.*-index|bibliography|index-.*)")
_LEFT_OUT = {
    "text:tracked-changes": "changes",
    "office:forms": "forms",
    "draw:custom-shape": "drawings",
    "draw:g": "drawings",
    "draw:line": "drawings",
    "draw:rect": "drawings",
    "draw:ellipse": "drawings",
    "draw:path": "drawings",
    "draw:control": "forms",
}
MOST_REPEATED = 50


class Odt:
    def __init__(self, archive: Archive, desk: Desk) -> None:
        self.archive = archive
        self.desk = desk
        self.outline = Outline()
        self._refuse_locked()
        self.content = self._xml("content.xml")
        looks = self._xml("styles.xml") if "styles.xml" in archive else Node("", {})
        self.styles = Styles(looks, self.content)
        self.runs = Runs(self.styles, archive, desk)
        self.runs.read_blocks = self._within
        self.counted: dict[str, int] = {}  # how far a list has counted, by its id
        self._name_headers(looks)

    def read(self) -> str:
        body = self.content.first("office:body", "office:text")
        if body is None:
            raise Refused("kind" if self.content.first("office:body") is not None else "broken")
        sheet = Sheet(self.desk)
        self.blocks(body, sheet)
        return sheet.html()

    def _xml(self, name: str) -> Node:
        return read_xml(self.archive.read(name, most=self.archive.limits["max_xml"]), self.archive.limits)

    def _refuse_locked(self) -> None:
        if "encrypted-package" in self.archive:
            raise Refused("password")
        if "META-INF/manifest.xml" in self.archive:
            for node in self._xml("META-INF/manifest.xml").walk():
                if node.name == "manifest:encryption-data":
                    raise Refused("password")

    def _name_headers(self, looks: Node) -> None:
        for node in (looks.first("office:master-styles") or Node("", {})).walk():
            if re.fullmatch(r"style:(?:header|footer)(?:-left|-first)?", node.name) and node.text().strip():
                self.desk.left_out["headers"] += 1
        if any(name.startswith("Basic/") and name.endswith("/Module1.xml") for name in self.archive.entries):
            self.desk.left_out["macros"] += 1

    def _within(self, node: Node) -> str:
        sheet = Sheet(self.desk)
        self.blocks(node, sheet)
        return sheet.html()

    # Blocks.

    def blocks(self, parent: Node, sheet: Sheet) -> None:
        for node in parent.nodes():
            if node.name == "text:h":
                self._heading(node, sheet)
            elif node.name == "text:p":
                self._paragraph(node, sheet)
            elif node.name == "text:list":
                self._list(node, sheet)
            elif node.name == "table:table":
                sheet.put(self._table(node))
            elif node.name == "text:section":
                if node.get("text:display") == "none":
                    self.desk.left_out["hidden"] += 1
                else:
                    self.blocks(node, sheet)
            elif _CONTENTS.fullmatch(node.name):
                self.desk.left_out["contents"] += 1
            elif node.name == "text:tracked-changes":
                self.desk.left_out["changes"] += sum(1 for _ in node.all("text:changed-region"))
            elif node.name == "draw:frame":
                sheet.put(self.runs.frame(node))
                for box in self.desk.take_boxes():
                    sheet.put(box)
            elif node.name in _LEFT_OUT and (node.name != "office:forms" or any(node.nodes())):
                self.desk.left_out[_LEFT_OUT[node.name]] += 1

    def _heading(self, node: Node, sheet: Sheet) -> None:
        style = self.styles.name(node.get("text:style-name"))
        html = self.runs.read(node, is_heading=True).strip()
        if not html:
            return
        if style == "title" and not self.outline.title:
            self.outline.title = _plain(node)
            return
        level = node.get("text:outline-level", "1")
        number = int(level) if level in tuple("123456789") else 1
        self.outline.levels.append(number)
        sheet.put(f"<h{number}>{html}</h{number}>")

    def _paragraph(self, node: Node, sheet: Sheet) -> None:
        style = self.styles.name(node.get("text:style-name"))
        is_title = style in ("title", "subtitle")
        html = self.runs.read(node, is_heading=is_title).strip()
        boxes = self.desk.take_boxes()
        if not html:
            if style == "horizontal line":
                sheet.put("<hr>")
        elif style == "title" and not self.outline.title:
            self.outline.title = _plain(node)
        elif style == "subtitle" and not self.outline.summary and not sheet.out and len(html) < MAX_SUMMARY:
            self.outline.summary = _plain(node)
        elif style in _QUOTES:
            sheet.quote(f"<p>{html}</p>")
        elif style in _PREFORMATTED:
            sheet.line(html)
        else:
            sheet.paragraph(html, is_caption=style in _CAPTIONS)
        for box in boxes:
            sheet.beside(box)

    # Lists.

    def _list(self, node: Node, sheet: Sheet) -> None:
        items = [each for each in node.nodes() if each.name in ("text:list-item", "text:list-header")]
        if items and all(self._only_heading(item) is not None for item in items):
            for item in items:
                heading = self._only_heading(item)
                if heading is not None:
                    self.desk.left_out["heading_numbers"] += 1
                    self._heading(heading, sheet)
            return
        sheet.put(self._list_html(node, node.get("text:style-name"), 1))

    def _only_heading(self, node: Node) -> Node | None:
        """Numbered headings stand in lists, as deep as their level, and in nothing else."""
        inner = list(node.nodes())
        if len(inner) != 1:
            return None
        if inner[0].name == "text:h":
            return inner[0]
        if inner[0].name in ("text:list", "text:list-item"):
            return self._only_heading(inner[0])
        return None

    def _list_html(self, node: Node, style: str, level: int) -> str:
        style = node.get("text:style-name") or style
        tag, start = self.styles.list_level(style, level)
        items = [each for each in node.nodes() if each.name in ("text:list-item", "text:list-header")]
        if items and items[0].get("text:start-value").isdigit():
            start = int(items[0].get("text:start-value"))
        elif level == 1 and (before := self._before(node, style)):
            start = before + 1
        out = []
        for item in items:
            sheet = Sheet(self.desk)
            for child in item.nodes():
                if child.name == "text:list":
                    sheet.put(self._list_html(child, style, level + 1))
                else:
                    self.blocks(_only(child), sheet)
            out.append(f"<li>{sheet.html()}</li>")
        if level == 1:
            self.counted[style] = start + len(items) - 1
            if node.get("xml:id"):
                self.counted[node.get("xml:id")] = self.counted[style]
        attribute = f' start="{start}"' if tag == "ol" and start != 1 else ""
        return f"<{tag}{attribute}>{''.join(out)}</{tag}>"

    def _before(self, node: Node, style: str) -> int:
        if node.get("text:continue-list"):
            return self.counted.get(node.get("text:continue-list"), 0)
        return self.counted.get(style, 0) if node.get("text:continue-numbering") == "true" else 0

    # Tables.

    def _table(self, node: Node) -> str:
        out = ["<table>"]
        for part, is_head in self._row_groups(node):
            tag = "th" if is_head else "td"
            rows = "".join(
                f"<tr>{self._cells(row, tag)}</tr>" for row in part for _ in range(_repeated(row, "rows"))
            )
            out.append(f"<thead>{rows}</thead>" if is_head else rows)
        return "".join(out) + "</table>"

    def _row_groups(self, node: Node) -> list[tuple[list[Node], bool]]:
        groups: list[tuple[list[Node], bool]] = []
        for child in node.nodes():
            if child.name == "table:table-row":
                groups.append(([child], False))
            elif child.name == "table:table-header-rows":
                groups.append((list(child.all("table:table-row")), True))
            elif child.name in ("table:table-rows", "table:table-row-group"):
                groups += self._row_groups(child)
        return groups

    def _cells(self, row: Node, tag: str) -> str:
        out = []
        for cell in row.all("table:table-cell"):
            sheet = Sheet(self.desk)
            self.blocks(cell, sheet)
            wide, high = (
                cell.get("table:number-columns-spanned", "1"),
                cell.get("table:number-rows-spanned", "1"),
            )
            attributes = (f' colspan="{wide}"' if wide.isdigit() and wide != "1" else "") + (
                f' rowspan="{high}"' if high.isdigit() and high != "1" else ""
            )
            out.append(f"<{tag}{attributes}>{sheet.html()}</{tag}>" * _repeated(cell, "columns"))
        return self.desk.spend("".join(out))


def _only(child: Node) -> Node:
    """A parent of one, for the reading of blocks."""
    parent = Node("", {})
    parent.children.append(child)
    return parent


def _plain(node: Node) -> str:
    return " ".join(node.text().split())


def _repeated(node: Node, what: str) -> int:
    times = node.get(f"table:number-{what}-repeated", "1")
    if not times.isdigit() or not node.text().strip():
        return 1  # empty ones are how a sheet is filled up to its edge
    return min(int(times[:4]), MOST_REPEATED)
