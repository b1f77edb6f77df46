"""Finds stories by words: ranked among the newest that match, in bounded time, whatever was asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import OperationalError, connection, transaction
from django.db.models import Case, F, IntegerField, QuerySet, When
from django.db.models.functions import Cast

from stories.models import SearchEntry
from stories.models.search import BY_CONFIGURATION
from stories.prose.search import SearchQuery as Asked

# So many of the newest matches are ranked, and as many that have the words in their titles.
RANKED = 200
CLOSE = 10  # titles that are merely alike
MILLISECONDS = 1500
WEIGHTS = [0.02, 0.1, 0.4, 1.0]  # of a place without a weight, in the text, the lead, the title
_LIKENESS = 0.45
_SHORTEST = 3  # characters of a word that the index of likenesses knows


class TookTooLong(Exception):
    """The database was stopped: the words are in too many stories, or it has too much to do."""


@dataclass(frozen=True)
class Found:
    """Places in the list of results, best first: score and story. `is_close` when nothing had the very words."""

    places: list[tuple[int, int]]
    is_close: bool = False


def find(asked: Asked, *, language: str = "") -> Found:
    """Raises TookTooLong."""
    if not asked:
        return Found([])
    with _bounded():
        ids = _matches(asked, language)
        if ids:
            return Found(_ranked(asked, ids))
        return Found(_alike(asked, language), is_close=True)


@contextmanager
def _bounded() -> Iterator[None]:
    """A time limit; and no reading of whole tables, which a planner that underrates long texts would choose."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true),"
                    " set_config('pg_trgm.word_similarity_threshold', %s, true)",
                    [str(MILLISECONDS), str(_LIKENESS)],
                )
            yield
    except OperationalError as error:
        raise TookTooLong from error


def _matches(asked: Asked, language: str) -> list[int]:
    """The newest stories with these words, and the newest with these words in the title: one query."""
    branches = []
    for name, where in BY_CONFIGURATION.items():
        entries = SearchEntry.objects.filter(where, vector=_query(asked, name))
        if language:
            entries = entries.filter(language=language)
        branches.append(_newest(entries))
        if all(len(word) >= _SHORTEST for word in asked.words):
            for word in asked.words:
                entries = entries.filter(title__contains=word)
            branches.append(_newest(entries))
    first, *others = branches
    return list(first.union(*others))


def _newest(entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry, int]:
    # Ordered by an expression: the index of the key would read text after text until enough match.
    return entries.order_by(-F("pk")).values_list("pk", flat=True)[:RANKED]


def _ranked(asked: Asked, ids: list[int]) -> list[tuple[int, int]]:
    ranks = [
        When(
            where,
            then=SearchRank(
                F("vector"), _query(asked, name), weights=WEIGHTS, normalization=1, cover_density=True
            ),
        )
        for name, where in BY_CONFIGURATION.items()
    ]
    score = Cast(Case(*ranks) * 1_000_000, IntegerField())
    rows = SearchEntry.objects.filter(pk__in=ids).annotate(score=score).values_list("score", "pk")
    return sorted(rows, reverse=True)


def _alike(asked: Asked, language: str) -> list[tuple[int, int]]:
    entries = SearchEntry.objects.filter(title__trigram_word_similar=asked.folded)
    if language:
        entries = entries.filter(language=language)
    score = Cast(TrigramWordSimilarity(asked.folded, "title") * 1_000_000, IntegerField())
    return list(entries.annotate(score=score).order_by("-score", "-pk").values_list("score", "pk")[:CLOSE])


def _query(asked: Asked, configuration: str) -> SearchQuery:
    return SearchQuery(asked.tsqueries[configuration], config=configuration, search_type="raw")
