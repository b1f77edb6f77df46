"""Canonical HTML made into what a reader's page shows, once, when a revision is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stories.prose.blocks import Block, Run, block_text
from stories.prose.embeds import Embed, embed_of
from stories.prose.excerpt import EXCERPT_GRAPHEMES, shorten
from stories.prose.footnotes import notes_at_end, sign_of
from stories.prose.links import Link, links_of, pictures_of
from stories.prose.measure import count_words, reading_minutes
from stories.prose.openings import MAX_DEPTH
from stories.prose.parse import parse
from stories.prose.pictures import AS_COVER, IN_TEXT, Picture, picture_tag
from stories.prose.readable import plain_text
from stories.prose.slug import make_slug
from stories.prose.write import Writer, escape, escape_attribute, start_tag, write_runs

RENDERER_VERSION = 6  # stored beside what was made; a higher one makes it anew

LINK_REL = "ugc nofollow noopener"
SPONSORED_REL = f"{LINK_REL} sponsored"
_MOST = 20_000_000  # characters; what the sanitiser let through never comes near
_NEAR_THE_TOP = 1_000  # characters: about what stands above the fold


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
    has_cover: bool = False,
) -> Rendered:
    """Everything a reader's page needs of `html`, which must be what `clean.clean` returned.

    `pictures` gives the sizes by address; a picture that is not in it is shown without its size.
    `is_sponsored` is said of its links when its author has a business in it. Without a cover a picture near the
    top is the first that a reader sees. Linear in the length of `html`; a story of 5,000 words takes some 20 ms.
    """
    body = parse(html)
    rel = SPONSORED_REL if is_sponsored else LINK_REL
    writer = _PageWriter(pictures or {}, rel=rel, has_cover=has_cover, notes=notes_at_end(body))
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
    def __init__(
        self, pictures: Mapping[str, Picture], *, rel: str, has_cover: bool, notes: Block | None
    ) -> None:
        super().__init__(max_characters=_MOST, max_depth=2 * MAX_DEPTH)
        self.link_attributes = f' rel="{rel}"'
        self.pictures = pictures
        self.shows_first = not has_cover
        self.contents: list[Heading] = []
        self.anchors: dict[str, int] = {}
        self.notes = notes
        self.signed: set[int] = set()

    def block(self, block: Block, depth: int) -> None:
        embed = embed_of(block) if depth == 1 else None
        if embed is None:
            super().block(block, depth)
        else:
            self.embed(embed, block.runs[0].href)

    def embed(self, embed: Embed, href: str) -> None:
        """A card that is a link; a script puts a player beside it for those who ask."""
        attributes = {"class": "embed", "data-kind": embed.kind.lower()}
        if embed.player:
            attributes["data-player"] = embed.player
        title = f'<span class="embed-title">{escape(embed.title)}</span> ' if embed.title else ""
        self.put(
            f"{start_tag('p', attributes, 'class', 'data-kind', 'data-player')}"
            f'<a href="{escape_attribute(href)}"{self.link_attributes}>'
            f'<span class="embed-kind" lang="en" dir="ltr">{escape(embed.label)}</span> {title}'
            f'<span class="embed-address" dir="ltr">{escape(embed.address)}</span></a></p>'
        )

    def runs(self, block: Block) -> str:
        """With a link from each sign to its note."""
        if self.notes is None:
            return super().runs(block)
        out: list[str] = []
        words: list[Run] = []
        for run in block.runs:
            number = sign_of(run, seen=len(self.signed))
            if not 0 < number <= len(self.notes.children):
                words.append(run)
                continue
            out += [write_runs(words, link_attributes=self.link_attributes), self.sign(number)]
            words = []
        return "".join([*out, write_runs(words, link_attributes=self.link_attributes)])

    def sign(self, number: int) -> str:
        anchor = "" if number in self.signed else f' id="fnref-{number}"'
        self.signed.add(number)
        return f'<sup{anchor}><a href="#fn-{number}">{number}</a></sup>'

    def container(self, block: Block, depth: int) -> None:
        if block is not self.notes:
            super().container(block, depth)
            return
        self.put('<ol class="footnotes">')
        for number, note in enumerate(block.children, 1):
            self.put(f'<li id="fn-{number}">')
            self.children(note, depth + 1)
            # Its sign is of the style sheet, so that the words of the text stay the author's.
            self.put(
                f'<a class="note-back" href="#fnref-{number}" lang="en" aria-label="Back to the text"></a></li>'
            )
        self.put("</ol>")

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
        return '<figure class="wide">' if _is_wide(block) else "<figure>"

    def picture(self, block: Block) -> str:
        address = block.attributes["src"]
        picture = self.pictures.get(address)
        at_once = self.shows_first and _MOST - self.room < _NEAR_THE_TOP
        self.shows_first = False
        return picture_tag(
            address,
            alt=block.attributes["alt"],
            picture=picture,
            sizes=AS_COVER if _is_wide(block) else IN_TEXT,
            at_once=at_once,
            # A taller one is made smaller to fit the window, with room beside it that is not its own.
            toned=picture is not None and picture.height <= picture.width * 3 / 4,
        )

    def table(self, block: Block, depth: int) -> None:
        # It scrolls by itself on a narrow page, so it can be reached and named for those who use no pointer.
        self.put('<div class="table-scroll" role="region" aria-label="Table" tabindex="0">')
        super().table(block, depth)
        self.put("</div>")


def _is_wide(figure: Block) -> bool:
    return bool(figure.attributes.get("align"))


def _excerpt(body: Block) -> str:
    """The first words of the first paragraphs; of whatever there is where there are no paragraphs."""
    paragraphs = [block_text(block).replace("\n", " ") for block in body.children if block.kind == "p"]
    text = " ".join(paragraphs[:5]) or " ".join(plain_text(body)[:5000].split())
    return shorten(text, EXCERPT_GRAPHEMES)
