"""The first words of a story, for lists and for those who share it."""

import regex

EXCERPT_GRAPHEMES = 200

_CLUSTER = regex.compile(r"\X")


def shorten(text: str, limit: int) -> str:
    """At most `limit` user-perceived characters, cut between words where there are any, with "…" when cut."""
    # A cluster of more than 16 code points is no word of any language: nothing beyond can be needed.
    clusters = _CLUSTER.findall(text[: limit * 16 + 16])
    if len(clusters) <= limit:
        return "".join(clusters)
    cut = "".join(clusters[: limit - 1])
    if not clusters[limit - 1].isspace():
        words = cut.rpartition(" ")[0]
        # A "word" longer than half of it all is no word; it is cut where it is.
        cut = words if len(words) * 2 >= len(cut) else cut
    return cut.rstrip(" ,;:–—-") + "…"
