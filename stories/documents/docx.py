"""Reads .docx: paragraphs, headings, quotations, lists, tables. What stands within a paragraph: `docx_runs`."""

import re

from stories.documents.archive import Archive
from stories.documents.docx_runs import Runs
from stories.documents.docx_styles import Numbering, Style, Styles
from stories.documents.refused import Refused
from stories.documents.sheet import MAX_SUMMARY, Desk, Outline, Sheet
from stories.documents.xml import Node, read_xml

_THROUGH = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag"})
_QUOTES = frozenset({"quote", "intense quote", "block text", "quotations", "block quotation", "blockquote"})
_PREFORMATTED = frozenset({"html preformatted", "preformatted text", "source code", "code", "macro text"})
_TITLES = frozenset({"title", "doctitle"})
_CAPTIONS = frozenset({"caption", "figure", "illustration"})
_IS_PICTURE = re.compile(r"<img [^>]*>")
_CONTENTS = re.compile(r"toc (?:heading|\d)|contents (?:heading|\d)|table of figures")


class Docx:
    def __init__(self, archive: Archive, desk: Desk) -> None:
        self.archive = archive
        self.desk = desk
        self.outline = Outline()
        main = self._main_part()
        self.folder = main.rpartition("/")[0]
        self.document = self._xml(main)
        links = self._links(main)
        self.styles = Styles(self._part("styles.xml"))
        self.numbering = Numbering(self._part("numbering.xml"))
        self.runs = Runs(self.styles, links, self.folder, archive, desk)
        self.runs.notes = {"footnote": self._notes("footnotes.xml"), "endnote": self._notes("endnotes.xml")}
        self.runs.read_blocks = self._within
        self.carried = ""  # of a paragraph whose end was struck out: it goes on in the next

    def read(self) -> str:
        body = self.document.first("w:body")
        if body is None:
            raise Refused("broken")
        self._name_what_stays()
        sheet = Sheet(self.desk)
        self.blocks(body, sheet)
        return sheet.html()

    # The parts of the archive.

    def _main_part(self) -> str:
        for kind, target in self._links("").values():
            if kind == "officeDocument":
                return target.lstrip("/")
        return "word/document.xml"

    def _xml(self, name: str) -> Node:
        if name not in self.archive:
            raise Refused("kind")
        return read_xml(self.archive.read(name, most=self.archive.limits["max_xml"]), self.archive.limits)

    def _part(self, name: str) -> Node:
        path = f"{self.folder}/{name}"
        return self._xml(path) if path in self.archive else Node("", {})

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part points at: kind and target by id; a target within the archive as it is named there."""
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels".lstrip("/")
        if path not in self.archive:
            return {}
        links = {}
        for each in self._xml(path).all("rel:Relationship"):
            target = each.get("Target")
            if each.get("TargetMode") == "External":
                target = f"external:{target}"
            elif target.startswith("/"):
                target = target[1:]
            elif folder:
                target = f"{folder}/{target}"
            links[each.get("Id")] = (each.get("Type").rpartition("/")[2], target)
        return links

    def _notes(self, name: str) -> dict[str, tuple[Node, dict[str, tuple[str, str]]]]:
        links = self._links(f"{self.folder}/{name}")
        return {
            each.get("w:id"): (each, links) for each in self._part(name).nodes() if not each.get("w:type")
        }

    def _within(self, node: Node) -> str:
        sheet = Sheet(self.desk)
        self.blocks(node, sheet)
        return sheet.html()

    def _name_what_stays(self) -> None:
        for name in self.archive.entries:
            if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name) and self._xml(name).text().strip():
                self.desk.left_out["headers"] += 1
            if name.endswith("vbaProject.bin"):
                self.desk.left_out["macros"] += 1
        self.desk.left_out["comments"] += sum(1 for _ in self._part("comments.xml").all("w:comment"))

    # Blocks.

    def blocks(self, parent: Node, sheet: Sheet) -> None:
        nodes = list(parent.nodes())
        index = 0
        while index < len(nodes):
            node = nodes[index]
            if node.name == "w:p":
                following = nodes[index + 1] if index + 1 < len(nodes) else None
                index += self._paragraph(node, following, sheet)
            elif node.name == "w:tbl":
                sheet.put(self._table(node))
            elif node.name == "w:sdt" and self._is_contents(node):
                self.desk.left_out["contents"] += 1
            elif node.name in _THROUGH:
                if node.name in ("w:ins", "w:moveTo"):
                    self.desk.left_out["changes"] += 1
                self.blocks(node, sheet)
            elif node.name in ("w:del", "w:moveFrom"):
                self.desk.left_out["changes"] += 1
            elif node.name == "mc:AlternateContent":
                self.blocks(node.first("mc:Fallback") or Node("", {}), sheet)
            index += 1

    def _is_contents(self, node: Node) -> bool:
        gallery = node.first("w:sdtPr", "w:docPartObj", "w:docPartGallery")
        return gallery is not None and gallery.get("w:val") == "Table of Contents"

    def _paragraph(self, node: Node, following: Node | None, sheet: Sheet) -> int:
        """Writes a paragraph; gives 1 when it took the one that follows, a picture's caption, with it."""
        properties = node.first("w:pPr") or Node("", {})
        style = self.styles.of(properties.first("w:pStyle"))
        if _CONTENTS.fullmatch(style.name):
            return 0
        level = self.styles.level(properties, style)
        is_title = style.name in _TITLES
        html = self.carried + self.runs.read(
            node, style=_plain_if_named(style), is_heading=bool(level) or is_title
        )
        self.carried = ""
        boxes = self.desk.take_boxes()
        taken = 0
        if properties.first("w:rPr", "w:del") is not None:
            self.carried = html
        elif not (html := html.strip()):
            if self._is_rule(properties, node):
                sheet.put("<hr>")
        elif is_title and not self.outline.title:
            self.outline.title = " ".join(self.runs.plain(node).split())
        elif (
            style.name == "subtitle"
            and not self.outline.summary
            and not sheet.out
            and len(html) < MAX_SUMMARY
        ):
            self.outline.summary = " ".join(self.runs.plain(node).split())
        elif level:
            self._heading(html, level, properties, style.numbering, sheet)
        elif _IS_PICTURE.fullmatch(html) and (caption := self._caption(following)):
            sheet.put(f"<figure>{html}<figcaption>{caption}</figcaption></figure>")
            taken = 1
        else:
            self._text(html, properties, style, sheet)
        for box in boxes:
            sheet.beside(box)
        return taken

    def _text(self, html: str, properties: Node, style: Style, sheet: Sheet) -> None:
        place = self._list_place(properties, style.numbering)
        if place is not None:
            level, which = place
            tag, number = self.numbering.count(which, level)
            sheet.item(f"<p>{html}</p>", level=level, tag=tag, which=which, start=number)
        elif style.name in _QUOTES:
            sheet.quote(f"<p>{html}</p>")
        elif style.name in _PREFORMATTED:
            sheet.line(html)
        else:
            sheet.paragraph(html, is_caption=style.name in _CAPTIONS)

    def _heading(
        self, html: str, level: int, properties: Node, numbering: tuple[str, int] | None, sheet: Sheet
    ) -> None:
        place = self._list_place(properties, numbering)
        if place is not None and self.numbering.count(place[1], place[0])[0] == "ol":
            self.desk.left_out["heading_numbers"] += 1
        self.outline.levels.append(level)
        sheet.put(f"<h{level}>{html}</h{level}>")

    def _list_place(self, properties: Node, from_style: tuple[str, int] | None) -> tuple[int, str] | None:
        """The level, from 0, and which list; None for what stands in none."""
        own = properties.first("w:numPr")
        if own is None:
            which, level = from_style or ("0", 0)
        else:
            number, depth = own.first("w:numId"), own.first("w:ilvl")
            which = number.get("w:val") if number is not None else (from_style or ("0", 0))[0]
            level = int(depth.get("w:val") or 0) if depth is not None and depth.get("w:val").isdigit() else 0
        return (min(level, 8), which) if which != "0" and self.numbering.knows(which) else None

    def _caption(self, following: Node | None) -> str:
        if following is None or following.name != "w:p":
            return ""
        style = self.styles.of((following.first("w:pPr") or Node("", {})).first("w:pStyle"))
        return self.runs.read(following, style=style) if style.name in _CAPTIONS else ""

    def _is_rule(self, properties: Node, node: Node) -> bool:
        if self.styles.of(properties.first("w:pStyle")).name == "horizontal line":
            return True
        if any(each.get("o:hr") in ("t", "true") for each in node.walk() if each.name == "v:rect"):
            return True
        border = properties.first("w:pBdr", "w:bottom") or properties.first("w:pBdr", "w:top")
        return border is not None and border.get("w:val") not in ("", "nil", "none")

    # Tables.

    def _table(self, node: Node) -> str:
        rows = [row for row in self._rows(node) if row.first("w:trPr", "w:del") is None]
        grid = [self._cells(row) for row in rows]
        out = ["<table>"]
        for number, row in enumerate(rows):
            is_head = row.first("w:trPr", "w:tblHeader") is not None and number < len(rows) - 1
            tag = "th" if is_head else "td"
            cells = "".join(
                self._cell(cell, tag, span, _height(grid, number, column))
                for column, (cell, span, merge) in grid[number].items()
                if merge != "continue"
            )
            out.append(f"<thead><tr>{cells}</tr></thead>" if is_head else f"<tr>{cells}</tr>")
        return "".join(out).replace("</thead><thead>", "") + "</table>"

    def _rows(self, node: Node) -> list[Node]:
        rows = []
        for child in node.nodes():
            if child.name == "w:tr":
                rows.append(child)
            elif child.name in _THROUGH:
                rows += self._rows(child)
        return rows

    def _cells(self, row: Node) -> dict[int, tuple[Node, int, str]]:
        """By the column they begin in: the cell, how many columns it takes, and "restart" or "continue"."""
        cells: dict[int, tuple[Node, int, str]] = {}
        column = 0
        waiting = list(row.nodes())
        while waiting:
            child = waiting.pop(0)
            if child.name in _THROUGH:
                waiting[:0] = child.nodes()
            if child.name != "w:tc":
                continue
            span = child.first("w:tcPr", "w:gridSpan")
            width = int(span.get("w:val")) if span is not None and span.get("w:val").isdigit() else 1
            merge = child.first("w:tcPr", "w:vMerge")
            cells[column] = (child, width, merge.get("w:val", "continue") if merge is not None else "")
            column += max(1, min(width, 50))
        return cells

    def _cell(self, cell: Node, tag: str, span: int, height: int) -> str:
        sheet = Sheet(self.desk)
        self.blocks(cell, sheet)
        wide = f' colspan="{span}"' if span > 1 else ""
        high = f' rowspan="{height}"' if height > 1 else ""
        return f"<{tag}{wide}{high}>{sheet.html()}</{tag}>"


def _plain_if_named(style: Style) -> Style:
    """How a quotation or a caption looks is the page's to say."""
    return Style(style.name) if style.name in _QUOTES | _CAPTIONS else style


def _height(grid: list[dict[int, tuple[Node, int, str]]], row: int, column: int) -> int:
    if grid[row][column][2] != "restart":
        return 1
    height = 1
    while row + height < len(grid) and grid[row + height].get(column, (None, 1, ""))[2] == "continue":
        height += 1
    return height
