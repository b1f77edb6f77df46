"""What the names of HTML's elements mean for a story."""

from stories.prose.blocks import MARKS

MARK_OF = {
    **{name: name for name in MARKS},
    **dict.fromkeys(("b",), "strong"),
    **dict.fromkeys(("i", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("del", "strike"), "s"),
    **dict.fromkeys(("kbd", "samp", "tt"), "code"),
}
TEXT_OF = {
    "p": "p", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4",
    "pre": "pre", "listing": "pre", "figcaption": "figcaption", "caption": "p",
    "footer": "footer",  # of a quote: where it is from
}  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CONTAINERS = frozenset({"ul", "ol", "li", "blockquote", "table", "tr", "td", "th", "figure"})
VOID = frozenset(
    {"area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input",
     "keygen", "link", "meta", "param", "source", "track", "wbr"}
)  # fmt: skip
# They have no look of their own here, but what stands in two of them does not stand in one paragraph.
DIVISIONS = frozenset(
    {"address", "article", "aside", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
     "fieldset", "form", "frameset", "head", "header", "hgroup", "html", "legend", "main", "menu",
     "nav", "option", "search", "section", "select", "summary", "tbody", "tfoot", "thead"}
)  # fmt: skip
ROW_PARTS = frozenset({"thead", "tbody", "tfoot"})
CELLS = frozenset({"td", "th"})
TABLE_PARTS = ROW_PARTS | CELLS | {"table", "tr"}
# What an item must stand in, and what an item ends that its author left open.
ITEM_OF = {
    "li": frozenset({"ul", "ol"}),
    "tr": frozenset({"table"}),
    "td": frozenset({"table"}),
    "th": frozenset({"table"}),
}
ENDS_BEFORE_ITS_LIKE = {
    "li": frozenset({"li"}),
    "tr": frozenset({"tr"}),
    "td": CELLS,
    "th": CELLS,
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
    **dict.fromkeys(ROW_PARTS, ROW_PARTS),
}
BREAKS = DIVISIONS | CONTAINERS | frozenset(TEXT_OF)
