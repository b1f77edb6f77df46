"""XML of strangers as a small tree: no document type, so no entities; nothing is fetched; size has limits."""

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from stories.documents.refused import Refused

# Transitional and strict names of Office Open XML mean the same.
_WORD = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_WORD}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_WORD}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_WORD}package/2006/relationships": "rel",
    f"{_WORD}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_WORD}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{_WORD}drawingml/2006/picture": "pic",
    f"{_STRICT}drawingml/picture": "pic",
    f"{_WORD}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_WORD}markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    f"{_OPEN}office:1.0": "office",
    f"{_OPEN}text:1.0": "text",
    f"{_OPEN}table:1.0": "table",
    f"{_OPEN}drawing:1.0": "draw",
    f"{_OPEN}style:1.0": "style",
    f"{_OPEN}manifest:1.0": "manifest",
    f"{_OPEN}xsl-fo-compatible:1.0": "fo",
    f"{_OPEN}svg-compatible:1.0": "svg",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


class Node:
    """An element: `name` and the keys of `attributes` are "prefix:name" by the table above."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node | str] = []

    def nodes(self) -> "Iterator[Node]":
        return (child for child in self.children if isinstance(child, Node))

    def all(self, name: str) -> "Iterator[Node]":
        return (child for child in self.nodes() if child.name == name)

    def first(self, *path: str) -> "Node | None":
        """The first child of the first child ... by these names."""
        here: Node | None = self
        for name in path:
            here = next(here.all(name), None) if here is not None else None
        return here

    def get(self, key: str, default: str = "") -> str:
        return self.attributes.get(key, default)

    def walk(self) -> "Iterator[Node]":
        """This node and all below it, in their order."""
        waiting = [self]
        while waiting:
            here = waiting.pop()
            yield here
            waiting.extend(reversed(list(here.nodes())))

    def text(self) -> str:
        parts: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            here = waiting.pop()
            if isinstance(here, str):
                parts.append(here)
            else:
                waiting.extend(reversed(here.children))
        return "".join(parts)


def read_xml(data: bytes, limits: dict[str, Any]) -> Node:
    """The outermost element. Raises Refused for what no word processor writes."""
    return _Reader(limits).read(data)


class _Reader:
    def __init__(self, limits: dict[str, Any]) -> None:
        self.max_depth = limits["max_depth"]
        self.room = limits["max_elements"]
        self.root = Node("", {})
        self.open = [self.root]

    def read(self, data: bytes) -> Node:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Refused("broken") from error
        return next(self.root.nodes())

    def _refuse(self, *_: object) -> int:
        raise Refused("entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.room -= 1
        if self.room < 0:
            raise Refused("long")
        if len(self.open) > self.max_depth:
            raise Refused("deep")
        node = Node(_short(name), {_short(key): value for key, value in attributes.items()})
        self.open[-1].children.append(node)
        self.open.append(node)

    def _end(self, _: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].children.append(text)


def _short(name: str) -> str:
    space, separated, local = name.rpartition(" ")
    return f"{_PREFIXES.get(space, '?')}:{local}" if separated else name
