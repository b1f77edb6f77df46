"""Canonical HTML made into what a reader's page shows, once, when a revision is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stories.prose.blocks import Block, block_text
from stories.prose.excerpt import EXCERPT_GRAPHEMES, shorten
from stories.prose.links import Link, links_of, pictures_of
from stories.prose.measure import count_words, reading_minutes
from stories.prose.openings import MAX_DEPTH
from stories.prose.parse import parse
from stories.prose.readable import plain_text
from stories.prose.slug import make_slug
from stories.prose.write import Writer, escape_attribute, start_tag

RENDERER_VERSION = 2  # stored beside what was made; a higher one makes it anew

LINK_REL = "ugc nofollow noopener"
SPONSORED_REL = f"{LINK_REL} sponsored"
_MOST = 20_000_000  # characters; what the sanitiser let through never comes near


@dataclass(frozen=True)
class Picture:
    """A picture's size in pixels, and the colour ("#rrggbb", or "") that holds its place."""

    width: int
    height: int
    colour: str = ""


@dataclass(frozen=True)
class Heading:
    """An entry of the contents list: `anchor` is the id in the page, `level` 2 to 4."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True)
class Rendered:
    """`html` is for the page, `text` for search, mail and counting; `pictures` are the addresses it shows."""

    html: str
    words: int
    minutes: int
    excerpt: str
    contents: tuple[Heading, ...]
    links: tuple[Link, ...]
    text: str
    pictures: tuple[str, ...] = ()
    version: int = field(default=RENDERER_VERSION)


def render(
    html: str,
    *,
    language: str = "en",
    pictures: Mapping[str, Picture] | None = None,
    is_sponsored: bool = False,
) -> Rendered:
    """Everything a reader's page needs of `html`, which must be what `clean.clean` returned.

    `pictures` gives the sizes by address; a picture that is not in it is shown without its size.
    `is_sponsored` is said of its links when its author has a business in it. Linear in the
    length of `html`; a story of 5,000 words takes some 20 ms.
    """
    body = parse(html)
    writer = _PageWriter(pictures or {}, rel=SPONSORED_REL if is_sponsored else LINK_REL)
    page = writer.write(body)
    text = plain_text(body)
    words = count_words(text)
    return Rendered(
        html=page,
        words=words,
        minutes=reading_minutes(words),
        excerpt=_excerpt(body),
        contents=tuple(writer.contents),
        links=links_of(body),
        text=text,
        pictures=pictures_of(body),
    )


class _PageWriter(Writer):
    def __init__(self, pictures: Mapping[str, Picture], *, rel: str) -> None:
        super().__init__(max_characters=_MOST, max_depth=2 * MAX_DEPTH)
        self.link_attributes = f' rel="{rel}"'
        self.pictures = pictures
        self.contents: list[Heading] = []
        self.anchors: dict[str, int] = {}

    def text(self, block: Block) -> None:
        if block.kind in ("p", "footer"):
            super().text(block)
            return
        text = block_text(block)
        anchor = self.anchor(text)
        self.contents.append(Heading(anchor, text, int(block.kind[1])))
        self.put(f'<{block.kind} id="{escape_attribute(anchor)}">{self.runs(block)}</{block.kind}>')

    def anchor(self, text: str) -> str:
        """An id that no other heading of the story has, and that no name of a script on the page can be."""
        base = f"s-{make_slug(text)}"
        while True:
            number = self.anchors[base] = self.anchors.get(base, 0) + 1
            anchor = base if number == 1 else f"{base}-{number}"
            if number == 1 or anchor not in self.anchors:
                self.anchors.setdefault(anchor, 1)
                return anchor

    def figure_tag(self, block: Block) -> str:
        return '<figure class="wide">' if block.attributes.get("align") else "<figure>"

    def picture(self, block: Block) -> str:
        attributes = dict(block.attributes, loading="lazy", decoding="async")
        size = self.pictures.get(attributes["src"])
        if size is not None:
            attributes |= {"width": str(size.width), "height": str(size.height)}
        return start_tag("img", attributes, "src", "alt", "width", "height", "loading", "decoding")

    def table(self, block: Block, depth: int) -> None:
        # It scrolls by itself on a narrow page, so it can be reached and named for those who use no pointer.
        self.put('<div class="table-scroll" role="region" aria-label="Table" tabindex="0">')
        super().table(block, depth)
        self.put("</div>")


def _excerpt(body: Block) -> str:
    """The first words of the first paragraphs; of whatever there is where there are no paragraphs."""
    paragraphs = [block_text(block).replace("\n", " ") for block in body.children if block.kind == "p"]
    text = " ".join(paragraphs[:5]) or " ".join(plain_text(body)[:5000].split())
    return shorten(text, EXCERPT_GRAPHEMES)
