"""Sentences that take the words of a language only when somebody is told them, so that each is told in their own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import gettext, ngettext

_FIRST_STRONG_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


class Said:
    """`str()` of it is the sentence in the language that is active then, English where it has none of its own."""

    def __init__(self, msgid: str, **blanks: object) -> None:
        self.msgid, self.blanks = msgid, blanks

    def __str__(self) -> str:
        return self._filled(gettext(self.msgid))

    def __bool__(self) -> bool:
        return True

    def _filled(self, sentence: str) -> str:
        if not self.blanks:
            return sentence
        return sentence % {name: isolated(str(value)) for name, value in self.blanks.items()}


class _SaidOfMany(Said):
    def __init__(self, one: str, many: str, count: int, **blanks: object) -> None:
        super().__init__(one, count=count, **blanks)
        self.many, self.count = many, count

    def __str__(self) -> str:
        return self._filled(ngettext(self.msgid, self.many, self.count))


class _Joined(Said):
    def __init__(self, between: str, parts: Iterable[object]) -> None:
        super().__init__("")
        self.between, self.parts = between, list(parts)

    def __str__(self) -> str:
        return self.between.join(map(str, self.parts))


class Moment(Said):
    """A time as the site's clocks show it, written as the language writes it."""

    def __init__(self, at: datetime, form: str) -> None:
        super().__init__("")
        self.at, self.form = at, form

    def __str__(self) -> str:
        return formats.date_format(timezone.localtime(self.at), self.form)


Sentence = str | Said


def say(msgid: str, /, **blanks: object) -> Said:
    """With `%(name)s` for each of the blanks. The sentence stands in locale/*/LC_MESSAGES/django.po."""
    return Said(msgid, **blanks)


def say_many(one: str, many: str, count: int, /, **blanks: object) -> Said:
    """`%(count)s` is filled in both."""
    return _SaidOfMany(one, many, count, **blanks)


def lines(*parts: Sentence) -> Sentence:
    return _joined("\n", parts)


def paragraphs(*parts: Sentence) -> Sentence:
    return _joined("\n\n", parts)


def sentences(*parts: Sentence) -> Sentence:
    return _joined(" ", parts)


def _joined(between: str, parts: Iterable[Sentence]) -> Sentence:
    there = [part for part in parts if part]
    return _Joined(between, there) if there else ""


def isolated(text: str) -> str:
    """Words that run from right to left turn nothing round them about; each line is a paragraph of its own."""
    if "\n" in text or not _runs_from_the_right(text):
        return text
    return f"{_FIRST_STRONG_ISOLATE}{text}{_END}"


@lru_cache(maxsize=2000)
def _runs_from_the_right(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text)
