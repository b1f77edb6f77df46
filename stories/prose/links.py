"""Where a story points: its links, with the hosts that an editor looks at, and its pictures."""

from itertools import groupby
from typing import NamedTuple

from stories.prose.addresses import host_of
from stories.prose.blocks import Block, walk
from stories.prose.parse import parse


class Link(NamedTuple):
    """`host` in lower case; for a mail address what follows the @."""

    href: str
    host: str
    text: str


def links_in(html: str) -> tuple[Link, ...]:
    """The links of canonical HTML, in their order, repeated ones repeated."""
    return links_of(parse(html))


def links_of(body: Block) -> tuple[Link, ...]:
    found = []
    for block in walk(body):
        for href, runs in groupby(block.runs, lambda run: run.href):
            if href:
                text = "".join(run.text for run in runs).replace("\n", " ").strip()
                found.append(Link(href, host_of(href), text))
    return tuple(found)


def pictures_in(html: str) -> tuple[str, ...]:
    """The addresses of the pictures in canonical HTML, in their order, each once."""
    return pictures_of(parse(html))


def pictures_of(body: Block) -> tuple[str, ...]:
    return tuple(dict.fromkeys(block.attributes["src"] for block in walk(body) if block.kind == "figure"))
