"""Addresses of public things: what may stand in a path, and how one is written out in full."""

import unicodedata
from urllib.parse import quote

from django.conf import settings


class WordsConverter:
    """Words of any script with hyphens. Python's own notion of a letter leaves out the vowel signs of India."""

    regex = r"[^/\x00-\x20\x7f]{1,300}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def one_spelling(slug: str) -> str:
    """The spelling that slugs are kept in."""
    return unicodedata.normalize("NFC", slug.casefold())


def in_full(path: str) -> str:
    """With the site's name before it, and in the characters that every reader of addresses takes."""
    return settings.SITE_URL + quote(path, safe="/:?=&~@!$'()*+,;%-._")
