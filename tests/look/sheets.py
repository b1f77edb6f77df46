"""Reads the style sheets for the tests: no browser needed for what is written in them."""

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
CSS = STATIC / "css"


def sheet(name: str) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", (CSS / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def sheets() -> dict[str, str]:
    return {path.name: sheet(path.name) for path in sorted(CSS.glob("*.css"))}


def declarations(block: str) -> dict[str, str]:
    """The custom properties a block sets."""
    return dict(re.findall(r"(--[\w-]+)\s*:\s*([^;]+);", block))


def colours(theme: str) -> dict[str, str]:
    """The colour table of a theme: what the light one says, with what this one says otherwise."""
    tokens = sheet("tokens.css")
    start = {
        "light": ":root {",
        "system dark": ":root:not([data-theme]) {",
        "dark": ':root[data-theme="dark"] {',
        "sepia": ':root[data-theme="sepia"] {',
    }
    light = declarations(block_after(tokens, start["light"]))
    table = {**light, **declarations(block_after(tokens, start[theme]))}
    return {name: value for name, value in table.items() if value.startswith("#")}


def block_after(text: str, opening: str) -> str:
    begin = text.index(opening) + len(opening)
    return text[begin : text.index("}", begin)]
