"""Reads the demo's people, topics, disclaimers and stories from their files, strictly."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from zlib import crc32

from markdown_it import MarkdownIt

from stories.content import Content

HERE = Path(__file__).parent
STATES = (
    "draft", "queued", "in-review", "returned", "declined", "withdrawn",
    "scheduled", "published", "changed", "unlisted", "removed",
)  # fmt: skip
REQUIRED = {
    "title", "summary", "author", "topics", "tags", "language", "cover", "disclaimer", "when", "state",
}  # fmt: skip
OPTIONAL = {
    "cover_alt",
    "note",
    "requests",
    "reason",
    "returned_first",
    "added",
    "added_hours_ago",
    "editor",
    "discloses",
}

_WHEN = re.compile(r"(?:(\d+) (hours|days) ago|in (\d+) days)")
_PICTURE = re.compile(r'<p><img src="picture:([a-z0-9-]+)" alt="([^"]*)" title="([^"]*)" /></p>')


class BadFile(Exception):
    """A file of the demo that cannot be read; the message names it and says why."""


@dataclass(frozen=True)
class DemoStory:
    """`ago` is how long before now its last thing happened; below zero it is still to come.

    `disclaimers` are keys, the base one first. `editor` reads it, or whoever the file's name chooses.
    `disclosures` are `key=answer` lines; `added` is a paragraph that its author wants to add.
    `requests` are what a returned one is asked, with upright strokes between.
    """

    name: str
    title: str
    summary: str
    author: str
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    language: str
    cover: str
    cover_alt: str
    disclaimers: tuple[str, ...]
    ago: timedelta
    state: str
    text: str
    note: str = ""
    requests: tuple[str, ...] = ()
    reason: str = ""
    returned_first: str = ""
    editor: str = ""
    disclosures: tuple[str, ...] = ()
    added: str = ""
    added_ago: timedelta = field(default=timedelta())

    @property
    def number(self) -> int:
        """The same for the same file on every machine: decides times of day and which editor reads."""
        return crc32(self.name.encode())

    @property
    def pictures(self) -> tuple[str, ...]:
        """The names of the pictures it shows, cover first."""
        shown = re.findall(r"\]\(picture:([a-z0-9-]+) ", self.text)
        return tuple(dict.fromkeys([*([self.cover] if self.cover else []), *shown]))

    def content(self, addresses: Mapping[str, str], text: str = "") -> Content:
        """What its author writes into the form. `addresses` are those of the pictures by name."""
        return Content(
            title=self.title,
            summary=self.summary,
            body=to_html(text or self.text, addresses),
            language=self.language,
            topics=self.topics,
            tags=self.tags,
            cover=addresses[self.cover] if self.cover else "",
            cover_alt=self.cover_alt,
            disclosures=self.disclosures,
        )


@dataclass(frozen=True)
class DemoChange:
    """Words of a published story that became others. `verdict` is that of the editor who looked, "" if none has."""

    story: str
    before: str
    after: str
    ago: timedelta
    looked_ago: timedelta
    editor: str = ""
    verdict: str = ""
    reason: str = ""
    note: str = ""


@cache
def stories() -> tuple[DemoStory, ...]:
    return tuple(read_story(path) for path in sorted((HERE / "stories").glob("*.md")))


@cache
def people() -> tuple[dict[str, Any], ...]:
    return tuple(_toml("people.toml")["people"])


@cache
def topics() -> tuple[dict[str, str], ...]:
    return tuple(_toml("topics.toml")["topics"])


@cache
def disclaimer_versions() -> tuple[dict[str, str], ...]:
    return tuple(_toml("disclaimers.toml")["versions"])


@cache
def small_changes() -> tuple[DemoChange, ...]:
    return tuple(
        DemoChange(
            ago=timedelta(hours=change.pop("hours_ago")),
            looked_ago=timedelta(hours=change.pop("looked_hours_ago", 0)),
            **change,
        )
        for change in _toml("small_changes.toml")["changes"]
    )


def read_story(path: Path) -> DemoStory:
    before, _, rest = path.read_text(encoding="utf-8").partition("---\n")
    head, mark, text = rest.partition("\n---\n")
    if before or not mark:
        raise BadFile(f"{path.name} does not begin with a head between two lines of three hyphens.")
    facts = {}
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        if not colon or key in facts or key not in REQUIRED | OPTIONAL:
            raise BadFile(f"{path.name}: the line “{line}” is not understood.")
        facts[key] = value.strip()
    if missing := REQUIRED - facts.keys():
        raise BadFile(f"{path.name} does not say its {', '.join(sorted(missing))}.")
    if facts["state"] not in STATES:
        raise BadFile(f"{path.name}: a story is never “{facts['state']}”.")
    disclaimer = _or_nothing(facts["disclaimer"])
    return DemoStory(
        name=path.stem,
        title=facts["title"],
        summary=facts["summary"],
        author=facts["author"],
        topics=_list(facts["topics"]),
        tags=_list(facts["tags"]),
        language=facts["language"],
        cover=_or_nothing(facts["cover"]),
        cover_alt=facts.get("cover_alt", ""),
        disclaimers=tuple(dict.fromkeys(["community", disclaimer])) if disclaimer else (),
        ago=_ago(facts["when"], path),
        state=facts["state"],
        text=text.strip(),
        note=facts.get("note", ""),
        requests=tuple(line.strip() for line in facts.get("requests", "").split(" | ") if line.strip()),
        reason=facts.get("reason", ""),
        returned_first=facts.get("returned_first", ""),
        editor=facts.get("editor", ""),
        disclosures=tuple(line.strip() for line in facts.get("discloses", "").split(";") if line.strip()),
        added=facts.get("added", ""),
        added_ago=timedelta(hours=int(facts.get("added_hours_ago", "0"))),
    )


def to_html(markdown: str, addresses: Mapping[str, str]) -> str:
    """The text as the editor's page would send it; a picture stands with its caption by its address."""
    html = MarkdownIt("commonmark").render(markdown)
    return _PICTURE.sub(
        lambda found: (
            f'<figure><img src="{escape(addresses[found[1]])}" alt="{found[2]}">'
            f"<figcaption>{found[3]}</figcaption></figure>"
        ),
        html,
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _list(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def _or_nothing(word: str) -> str:
    return "" if word == "none" else word


def _ago(when: str, path: Path) -> timedelta:
    found = _WHEN.fullmatch(when)
    if not found:
        raise BadFile(f"{path.name}: “{when}” is not like “3 days ago”, “5 hours ago” or “in 2 days”.")
    if found[3]:
        return -timedelta(days=int(found[3]))
    return timedelta(**{found[2]: int(found[1])})
