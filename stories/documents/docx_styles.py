"""What the styles and the numberings of a .docx say, by their ids."""

import re
from dataclasses import dataclass, field

from stories.documents.xml import Node

_HEADING = re.compile(r"heading ([1-9])")
_MARKS = {"w:b": "strong", "w:i": "em", "w:strike": "s", "w:dstrike": "s", "w:vanish": "hidden"}
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass
class Style:
    """`name` in lower case as Word knows it in every language; `numbering` is (list, level)."""

    name: str = ""
    based_on: str = ""
    level: int = 0
    numbering: tuple[str, int] | None = None
    marks: dict[str, bool] = field(default_factory=dict)


def marks_of(properties: Node | None) -> dict[str, bool]:
    """Which looks the properties of a run switch on or off."""
    marks: dict[str, bool] = {}
    for node in properties.nodes() if properties is not None else ():
        if node.name in _MARKS:
            marks[_MARKS[node.name]] = node.get("w:val", "1") not in _OFF
        elif node.name == "w:vertAlign":
            marks["sup"] = node.get("w:val") == "superscript"
            marks["sub"] = node.get("w:val") == "subscript"
    return marks


class Styles:
    def __init__(self, part: Node) -> None:
        self.by_id: dict[str, Style] = {}
        for node in part.all("w:style"):
            self.by_id[node.get("w:styleId")] = self._read(node)
        for style in list(self.by_id.values()):
            self._inherit(style)

    def of(self, reference: Node | None) -> Style:
        return self.by_id.get(reference.get("w:val"), Style()) if reference is not None else Style()

    def level(self, properties: Node, style: Style) -> int:
        """1 for the highest heading, 0 for what is none."""
        outline = properties.first("w:outlineLvl")
        return _level_of(outline) if outline is not None else style.level

    def _read(self, node: Node) -> Style:
        name, based = node.first("w:name"), node.first("w:basedOn")
        style = Style(
            name=(name.get("w:val").lower() if name is not None else ""),
            based_on=based.get("w:val") if based is not None else "",
            marks=marks_of(node.first("w:rPr")),
        )
        heading = _HEADING.fullmatch(style.name)
        outline = node.first("w:pPr", "w:outlineLvl")
        style.level = int(heading[1]) if heading else _level_of(outline)
        number = node.first("w:pPr", "w:numPr", "w:numId")
        depth = node.first("w:pPr", "w:numPr", "w:ilvl")
        if number is not None:
            at = depth.get("w:val") if depth is not None else "0"
            style.numbering = (number.get("w:val"), int(at) if at.isdigit() else 0)
        return style

    def _inherit(self, style: Style) -> None:
        seen = 0
        above = self.by_id.get(style.based_on)
        while above is not None and seen < 12:  # one may be based on itself
            style.level = style.level or above.level
            style.numbering = style.numbering or above.numbering
            style.marks = {**above.marks, **style.marks}
            above = self.by_id.get(above.based_on)
            seen += 1


def _level_of(outline: Node | None) -> int:
    value = outline.get("w:val") if outline is not None else ""
    return int(value) + 1 if value in tuple("012345678") else 0


class Numbering:
    """Which mark a list has at each level, and how far it has counted."""

    def __init__(self, part: Node) -> None:
        abstract = {node.get("w:abstractNumId"): node for node in part.all("w:abstractNum")}
        self.formats: dict[str, dict[int, tuple[str, int]]] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.counter_of: dict[str, str] = {}
        for node in part.all("w:num"):
            which, target = node.get("w:numId"), node.first("w:abstractNumId")
            name = target.get("w:val") if target is not None else ""
            levels = _levels(abstract.get(name))
            for override in node.all("w:lvlOverride"):
                levels |= _levels(override)
                start, at = override.first("w:startOverride"), override.get("w:ilvl")
                if start is not None and at.isdigit() and int(at) in levels:
                    levels[int(at)] = (levels[int(at)][0], _number(start))
            restarts = any(override.first("w:startOverride") for override in node.all("w:lvlOverride"))
            self.formats[which] = levels
            self.counter_of[which] = which if restarts else f"abstract {name}"

    def knows(self, which: str) -> bool:
        return which in self.formats

    def count(self, which: str, level: int) -> tuple[str, int]:
        """The list's element, and the number of the item that comes now."""
        form, start = self.formats[which].get(level, ("bullet", 1))
        counter = self.counter_of[which]
        number = self.counts.get((counter, level), start - 1) + 1
        self.counts[counter, level] = number
        for deeper in range(level + 1, 9):
            self.counts.pop((counter, deeper), None)
        return ("ul", 1) if form in ("bullet", "none", "") else ("ol", number)


def _levels(node: Node | None) -> dict[int, tuple[str, int]]:
    levels = {}
    for level in node.all("w:lvl") if node is not None else ():
        form, start = level.first("w:numFmt"), level.first("w:start")
        if level.get("w:ilvl") in tuple("012345678"):
            levels[int(level.get("w:ilvl"))] = (
                form.get("w:val") if form is not None else "decimal",
                _number(start) if start is not None else 1,
            )
    return levels


def _number(node: Node) -> int:
    value = node.get("w:val")
    return min(int(value), 9999) if value.isdigit() else 1
