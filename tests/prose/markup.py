"""Reads what the sanitiser wrote with the standard library's parser and says what does not belong there."""

from html.parser import HTMLParser

from stories.prose.addresses import safe_href, safe_picture
from stories.prose.clean import ALLOWED

PAGE_ALLOWED = {
    **ALLOWED,
    **{name: {"id"} for name in ("h2", "h3", "h4")},
    "a": {"href", "rel"},
    "img": {"src", "alt", "width", "height", "loading", "decoding", "fetchpriority"},
    "figure": {"class"},
    "p": {"class", "data-kind", "data-player"},
    "span": {"class", "lang", "dir"},
    "div": {"class", "role", "aria-label", "tabindex"},
}
CLASSES = {"wide", "table-scroll", "embed", "embed-kind", "embed-title", "embed-address"}
VOID = {"br", "hr", "img"}


class Inspector(HTMLParser):
    def __init__(self, allowed: dict[str, set[str]]) -> None:
        super().__init__(convert_charrefs=True)
        self.allowed = allowed
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.allowed:
            self.faults.append(f"<{tag}>")
            return
        for name, value in attrs:
            if name not in self.allowed[tag]:
                self.faults.append(f"{tag}[{name}]")
            elif name == "href" and safe_href(value or "") != value:
                self.faults.append(f"href {value}")
            elif name == "src" and safe_picture(value or "") != value:
                self.faults.append(f"src {value}")
            elif (name == "align" and value != "wide") or (name == "class" and value not in CLASSES):
                self.faults.append(f"{name} {value}")
        if tag == "img" and "src" not in dict(attrs):
            self.faults.append("img without src")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")


def faults(html: str, *, allowed: dict[str, set[str]] = ALLOWED) -> list[str]:
    """What is in `html` that the allow-list does not have, and tags that are not balanced."""
    inspector = Inspector(allowed)
    inspector.feed(html)
    inspector.close()
    return inspector.faults + [f"<{tag}> not closed" for tag in inspector.open]
