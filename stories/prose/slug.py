"""Addresses made from titles, in any script."""

import unicodedata

import regex

MAX_GRAPHEMES = 40
FALLBACK = "story"

_INVISIBLE = regex.compile(r"[\p{Cf}\p{Cc}]+")
_NOT_WORD = regex.compile(r"[^\p{L}\p{M}\p{Nd}]+")
_APOSTROPHE = regex.compile(r"(?<=\p{L})['’‘ʼ](?=\p{L})")
_CLUSTER = regex.compile(r"\X")


def make_slug(title: str, *, limit: int = MAX_GRAPHEMES) -> str:
    """Lower-case words of `title` joined by hyphens, at most `limit` user-perceived characters, never empty.

    Cut after a whole word where the first `limit` characters hold one. Not unique: that is the caller's part.
    """
    # A title is never longer than a few hundred characters; what comes after them cannot show in the slug.
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", title[:1000])).casefold()
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    slug = _cut(_NOT_WORD.sub("-", _APOSTROPHE.sub("", text)).strip("-"), limit)
    # A slug of marks alone would be drawn onto the slash before it.
    return slug if regex.search(r"[\p{L}\p{Nd}]", slug) else FALLBACK


def _cut(slug: str, limit: int) -> str:
    clusters = _CLUSTER.findall(slug)
    if len(clusters) <= limit:
        return slug
    cut = "".join(clusters[:limit])
    if clusters[limit] == "-":
        return cut
    whole_words = cut.rpartition("-")[0]
    return whole_words or cut
