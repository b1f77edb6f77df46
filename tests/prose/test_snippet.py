"""A snippet shows why a story was found."""

import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from stories.prose.snippet import snippet


def marked(parts):
    return [text for text, is_hit in parts if is_hit]


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Two stories, one Story.", "story", ["stories", "Story"]),
        ("Her husband failed at failing.", "failure failed", ["failed", "failing"]),
        ("यह हिंदी की कहानियाँ हैं", "हिन्दी कहानी", ["हिंदी", "कहानियाँ"]),
        ("গল্পটি পড়ুন", "গল্প", ["গল্পটি"]),
        ("ఈ కథలో ఒక ఊరు", "కథ", ["కథలో"]),
        ("കഥയിൽ", "കഥ", ["കഥയിൽ"]),
        ("കാർ ഓടി", "കാര്\u200d", ["കാർ"]),
        ("یہ کہانیاں", "كهاني", ["کہانیاں"]),
        ("कीमत १२३ रुपये", "123", ["१२३"]),
        ("No such word", "other", []),
        ("One on one", "on", ["on"]),
        ("Nothing asked", "", []),
    ],
)
def test_snippet_marks_words_in_any_spelling(text, query, hits):
    parts = snippet(text, query)

    assert marked(parts) == hits
    assert "".join(part for part, _ in parts) == text


def test_snippet_is_cut_around_the_words():
    text = "Far away. " * 100 + "The lighthouse keeper wrote letters. " + "Later on. " * 100

    parts = snippet(text, "lighthouse letters")

    joined = "".join(part for part, _ in parts)
    assert marked(parts) == ["lighthouse", "letters"]
    assert joined.startswith("…")
    assert joined.endswith("…")
    assert len(joined) < 260


def test_snippet_without_a_hit_is_the_beginning():
    assert snippet("word " * 100, "other", size=20) == [("word word word word…", False)]
    assert snippet("", "word") == []


def test_snippet_escapes_nothing_and_marks_nothing_twice():
    assert snippet("a <b>bold</b> & b", "bold") == [("a <b>", False), ("bold", True), ("</b> & b", False)]


def test_snippet_takes_little_time_for_a_long_text():
    text = "सामान्य words of every kind, " * 20_000
    begun = time.process_time()

    snippet(text, "kinds nothing " + "x" * 10_000)

    assert time.process_time() - begun < 1


@given(
    st.text(alphabet="ab क्षिर्या\u200d \u0301é👨‍👩‍👧", max_size=600), st.text(alphabet="ab क्षि", max_size=5)
)
def test_snippet_cuts_between_characters_only(text, query):
    whole = " ".join(text.split())

    parts = snippet(text, query, size=40)

    joined = "".join(part for part, _ in parts)
    middle = joined.strip("…")
    clusters = regex.findall(r"\X", whole)
    assert middle == "" or any("".join(clusters[at:]).startswith(middle) for at in range(len(clusters)))
    assert all(text for text, _ in parts)
