"""Whatever is typed into the search field becomes a query that PostgreSQL takes."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stories.prose.search import read_query


@pytest.mark.parametrize(
    ("typed", "english", "simple"),
    [
        ("stories", "('stories')", "('stories':*)"),
        ("Jack Ma", "('jack') & ('ma')", "('jack':*) & ('ma':*)"),
        ('"jack ma" -fear', "('jack' <-> 'ma') & !('fear')", "('jack':* <-> 'ma':*) & !('fear':*)"),
        ("co-founder", "('co' & 'founder')", "('co':* & 'founder':*)"),
        ("గంధం", "('గంధం')", "('గంధ':*)"),
        ("മരം", "('മരം')", "('മര':*)"),
        ("a", "('a')", "('a')"),
    ],
)
def test_read_query_asks_for_words_or_for_their_beginnings(typed, english, simple):
    queries = read_query(typed).tsqueries

    assert (queries["english"], queries["simple"]) == (english, simple)


def test_read_query_leaves_out_hindi_words_that_say_nothing():
    assert read_query("गाँव की कहानी").tsqueries["hindi"] == "('गांव') & ('कहानी')"
    assert read_query("और").tsqueries["hindi"] == "('और')"


@pytest.mark.parametrize(
    ("typed", "languages"),
    [
        ("कहानी", ("hi", "mr")),
        ("গল্প", ("bn", "as")),
        ("کہانی", ("ur",)),
        ("கதை", ("ta",)),
        ("ਕਹਾਣੀ", ("pa",)),
    ],
)
def test_read_query_knows_the_languages_of_a_script(typed, languages):
    assert read_query(typed).languages == languages


@pytest.mark.parametrize("typed", ["", " ", '""', "!!!", "&|!<->()':*", "-only", "\x00", "।", "\u200d"])
def test_read_query_of_no_word_is_empty(typed):
    query = read_query(typed)

    assert not query
    assert query.folded == ""
    assert set(query.tsqueries.values()) == {""}


@pytest.mark.parametrize(
    "typed", ["x" * 10_000, "word " * 2_000, '"' * 10_000, "-" * 10_000, "'\\:* & | " * 1_000]
)
def test_read_query_looks_at_a_few_words_only(typed):
    query = read_query(typed)

    assert len(query.words) <= 8
    assert all(len(word) <= 60 for word in query.words)


@pytest.mark.django_db
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(alphabet="ab \"'-:*&|!()<>\\क्ा\u200d१½ﷺ", max_size=40))
def test_postgresql_takes_every_query(typed):
    with connection.cursor() as cursor:
        for configuration, query in read_query(typed).tsqueries.items():
            cursor.execute("SELECT to_tsquery(%s::regconfig, %s)", [configuration, query])
