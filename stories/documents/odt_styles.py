"""What the styles of an .odt say: automatic ones stand in content.xml, named ones in styles.xml."""

import re

from stories.documents.xml import Node

# Named styles of paragraphs that the page gives a look of its own.
PLAIN = frozenset({"quotations", "caption", "illustration", "figure", "text", "drawing", "quote"})

_ESCAPED = re.compile(r"_([0-9a-f]{2,4})_")


class Styles:
    def __init__(self, named: Node, content: Node) -> None:
        self.nodes: dict[str, Node] = {}
        self.automatic: set[str] = set()
        self.lists: dict[str, dict[int, tuple[str, int]]] = {}
        for root in (named, content):
            for group in ("office:styles", "office:automatic-styles"):
                for node in (root.first(group) or Node("", {})).nodes():
                    name = node.get("style:name")
                    if node.name == "style:style":
                        self.nodes[name] = node
                        if group == "office:automatic-styles":
                            self.automatic.add(name)
                    elif node.name == "text:list-style":
                        self.lists[name] = _levels(node)

    def name(self, style: str) -> str:
        """The name, in lower case, of the style that a person chose: an automatic one is made from it."""
        if style in self.automatic:
            style = self.nodes[style].get("style:parent-style-name")
        plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), style)
        return plain.lower()

    def marks(self, style: str) -> dict[str, bool]:
        """Which looks a style switches on or off, with those it is based on."""
        chain: list[Node] = []
        while style in self.nodes and len(chain) < 12:  # one may be based on itself
            chain.append(self.nodes[style])
            style = self.nodes[style].get("style:parent-style-name")
        marks: dict[str, bool] = {}
        for node in reversed(chain):
            marks |= _marks(node.first("style:text-properties"))
        return marks

    def own_marks(self, style: str) -> dict[str, bool]:
        """Those of a paragraph: how quotations and captions look is the page's to say."""
        if style not in self.automatic and style not in ("Standard", "Text_20_body"):
            return {} if self.name(style) in PLAIN else self.marks(style)
        return _marks(self.nodes[style].first("style:text-properties")) if style in self.nodes else {}

    def list_level(self, style: str, level: int) -> tuple[str, int]:
        """The list's element and its first number."""
        return self.lists.get(style, {}).get(level, ("ul", 1))


def _marks(properties: Node | None) -> dict[str, bool]:
    marks: dict[str, bool] = {}
    if properties is None:
        return marks
    if weight := properties.get("fo:font-weight"):
        marks["strong"] = weight == "bold" or weight in ("600", "700", "800", "900")
    if slant := properties.get("fo:font-style"):
        marks["em"] = slant in ("italic", "oblique")
    line = properties.get("style:text-line-through-style") or properties.get("style:text-line-through-type")
    if line:
        marks["s"] = line != "none"
    if position := properties.get("style:text-position"):
        raised = position.split(" ")[0]
        marks["sup"] = raised == "super" or (raised.endswith("%") and not raised.startswith(("-", "0%")))
        marks["sub"] = raised == "sub" or raised.startswith("-")
    if display := properties.get("text:display"):
        marks["hidden"] = display == "none"
    return marks


def _levels(node: Node) -> dict[int, tuple[str, int]]:
    levels = {}
    for each in node.nodes():
        level, start = each.get("text:level"), each.get("text:start-value", "1")
        if level not in tuple("123456789") and level != "10":
            continue
        is_numbered = each.name == "text:list-level-style-number" and each.get("style:num-format")
        levels[int(level)] = ("ol" if is_numbered else "ul", int(start) if start.isdigit() else 1)
    return levels
