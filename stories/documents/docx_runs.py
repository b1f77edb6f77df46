"""What stands within a paragraph of a .docx: looks, links, fields, pictures, notes, tracked changes."""

import re
from collections.abc import Callable

from stories.documents.archive import Archive
from stories.documents.docx_styles import Style, Styles, marks_of
from stories.documents.sheet import Desk, Look
from stories.documents.xml import Node

Links = dict[str, tuple[str, str]]

_THROUGH = frozenset(
    {
        "w:sdt",
        "w:sdtContent",
        "w:smartTag",
        "w:customXml",
        "w:dir",
        "w:bdo",
        "w:ins",
        "w:moveTo",
        "w:fldSimple",
    }
)
_CODE = frozenset({"html code", "source text", "verbatim char", "html typewriter", "code char"})
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_CONTENTS_FIELD = re.compile(r"\s*(?:TOC|INDEX|TOA)\b")


class _Field:
    """A field begins with its code, and goes on with what it showed last."""

    def __init__(self) -> None:
        self.code = ""
        self.shows = False


class Runs:
    def __init__(self, styles: Styles, links: Links, folder: str, archive: Archive, desk: Desk) -> None:
        self.styles = styles
        self.links = links
        self.folder = folder
        self.archive = archive
        self.desk = desk
        self.fields: list[_Field] = []
        self.notes: dict[str, dict[str, tuple[Node, Links]]] = {}
        self.read_blocks: Callable[[Node], str] = Node.text

    def read(self, paragraph: Node, *, style: Style, is_heading: bool = False) -> str:
        look = Look() if is_heading else Look().with_marks(style.marks)
        self.is_heading = is_heading
        return "".join(self._inside(paragraph, look))

    def plain(self, paragraph: Node) -> str:
        return "".join(node.text() for node in paragraph.walk() if node.name == "w:t")

    def _inside(self, parent: Node, look: Look) -> list[str]:
        out: list[str] = []
        for node in parent.nodes():
            if node.name == "w:r":
                out += self._run(node, look)
            elif node.name == "w:hyperlink":
                _, target = self.links.get(node.get("r:id"), ("", ""))
                out += self._inside(
                    node, look._replace(href=target.removeprefix("external:") if target else "")
                )
            elif node.name in _THROUGH:
                if node.name in ("w:ins", "w:moveTo"):
                    self.desk.left_out["changes"] += 1
                out += self._inside(node, look)
            elif node.name in ("w:del", "w:moveFrom"):
                self.desk.left_out["changes"] += 1
            elif node.name in ("m:oMath", "m:oMathPara"):
                self.desk.left_out["formulas"] += 1
                out.append(look.write("".join(each.text() for each in node.walk() if each.name == "m:t")))
            elif node.name == "mc:AlternateContent":
                out += self._inside(_known(node), look)
        return out

    def _run(self, run: Node, look: Look) -> list[str]:
        properties = run.first("w:rPr")
        style = self.styles.of(properties.first("w:rStyle") if properties is not None else None)
        marks = {**style.marks, **marks_of(properties)}
        if self.is_heading:
            marks.pop("strong", None)
        look = look.with_marks(marks | {"code": style.name in _CODE})
        for field in self.fields:
            if field.shows and (found := _LINK_FIELD.match(field.code)):
                look = look._replace(href=found[1])
        out: list[str] = []
        for node in run.nodes():
            self._follow_field(node)
            if any(not field.shows or _CONTENTS_FIELD.match(field.code) for field in self.fields):
                continue
            if look.hidden:
                self.desk.left_out["hidden"] += node.name == "w:t"
                continue
            out.append(self._part(node, look))
        return out

    def _follow_field(self, node: Node) -> None:
        if node.name == "w:fldChar":
            kind = node.get("w:fldCharType")
            if kind == "begin":
                self.fields.append(_Field())
            elif kind == "separate" and self.fields:
                self.fields[-1].shows = True
                self.desk.left_out["contents"] += bool(_CONTENTS_FIELD.match(self.fields[-1].code))
            elif kind == "end" and self.fields:
                self.fields.pop()
        elif node.name == "w:instrText" and self.fields:
            self.fields[-1].code += node.text()

    def _part(self, node: Node, look: Look) -> str:
        name = node.name
        if name == "w:t":
            return look.write(node.text())
        if name == "w:tab":
            return look.write("\u2003") if not self.is_heading else " "
        if name in ("w:br", "w:cr"):
            return "" if node.get("w:type") in ("page", "column") else "<br>"
        if name == "w:noBreakHyphen":
            return look.write("\u2011")
        if name == "w:sym":
            return look.write(_symbol(node.get("w:char")))
        if name in ("w:footnoteReference", "w:endnoteReference"):
            return self._note(name[2:-9], node.get("w:id"))
        if name == "w:drawing":
            return self._drawing(node)
        if name in ("w:pict", "w:object"):
            return self._old_drawing(node)
        if name == "mc:AlternateContent":
            return "".join(self._part(child, look) for child in _known(node).nodes())
        return ""

    def _note(self, kind: str, number: str) -> str:
        note, links = self.notes.get(kind, {}).pop(number, (None, {}))
        if note is None:
            return ""
        before = self.links, self.fields, self.is_heading
        self.links, self.fields = links, []
        written = self.read_blocks(note)
        self.links, self.fields, self.is_heading = before
        return self.desk.note(written)

    def _box(self, box: Node) -> str:
        """A text box stands beside the paragraph; here it stands after it."""
        before, self.fields = self.fields, []
        heading = self.is_heading
        text = self.read_blocks(box)  # which takes the boxes within it
        self.desk.boxes.append(text)
        self.fields, self.is_heading = before, heading
        return ""

    # Pictures.

    def _drawing(self, node: Node) -> str:
        blips = [each for each in node.walk() if each.name == "a:blip"]
        if (box := _text_box(node)) is not None:
            return self._box(box)
        if len(blips) != 1:
            self.desk.left_out["drawings"] += 1
            return ""
        described = next((each for each in node.walk() if each.name == "wp:docPr"), None)
        alt = described.get("descr") if described is not None else ""
        crop = next((each for each in node.walk() if each.name == "a:srcRect"), None)
        if crop is not None and any(
            value.lstrip("-").isdigit() and int(value) > 0 for value in crop.attributes.values()
        ):
            self.desk.left_out["cropped"] += 1
        return self._picture(blips[0].get("r:embed"), blips[0].get("r:link"), alt)

    def _old_drawing(self, node: Node) -> str:
        if any(each.get("o:hr") in ("t", "true") for each in node.walk() if each.name == "v:rect"):
            return ""
        if (box := _text_box(node)) is not None:
            return self._box(box)
        data = next((each for each in node.walk() if each.name == "v:imagedata"), None)
        if node.name == "w:object" or data is None:
            self.desk.left_out["objects" if node.name == "w:object" else "drawings"] += 1
            return ""
        shape = next((each for each in node.walk() if each.name == "v:shape"), None)
        return self._picture(
            data.get("r:id"), data.get("r:href"), shape.get("alt") if shape is not None else ""
        )

    def _picture(self, embedded: str, linked: str, alt: str) -> str:
        _, target = self.links.get(embedded, ("", ""))
        target = _flat(target)
        if target in self.archive:
            return self.desk.picture(target, alt)
        self.desk.left_out["linked" if linked or target.startswith("external:") else "lost"] += 1
        return ""


def _text_box(node: Node) -> Node | None:
    return next((each for each in node.walk() if each.name == "w:txbxContent"), None)


def _known(node: Node) -> Node:
    """Of several spellings the one we know: the newest where it is a picture, else that which all know."""
    choice, fallback = node.first("mc:Choice"), node.first("mc:Fallback")
    if choice is not None and (fallback is None or any(each.name == "a:blip" for each in choice.walk())):
        return choice
    return fallback if fallback is not None else Node("", {})


def _flat(path: str) -> str:
    """`word/../media/x.png` as `media/x.png`: a name to look up in the archive, never a path on the disk."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _symbol(code: str) -> str:
    number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else 0
    # Fonts of signs have their own; in ours nothing, or something else, would stand there.
    return chr(number) if 0x20 <= number < 0xD800 else "•"
