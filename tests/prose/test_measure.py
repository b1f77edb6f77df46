"""Words are what stands between spaces, in every script."""

from pathlib import Path

import pytest

from stories.prose.documents import read_document
from stories.prose.measure import count_words, reading_minutes
from stories.prose.render import render

SAMPLE = Path(__file__).parents[1] / "data" / "sample-story.txt"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One.", 1),
        ("Don't count co-founders twice – please.", 6),
        ("• One\n\n2. Two", 4),
        ("वह घर गया । फिर लौटा।", 5),
        ("وہ گھر گیا ۔", 3),
        ("అతను ఇంటికి వెళ్ళాడు.", 3),
        ("র‍্যাব এবং গল্প", 3),
        ("... ! ?", 0),
        ("a\xa0b\u2003c\nd\te", 5),
    ],
)
def test_count_words_counts_what_stands_between_spaces(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 1), (1, 1), (200, 1), (201, 2), (1042, 6), (1200, 6), (1201, 7)]
)
def test_reading_minutes_are_rounded_up(words, minutes):
    assert reading_minutes(words) == minutes


def test_the_sample_story_has_1042_words_and_takes_six_minutes():
    story = read_document("sample-story.txt", SAMPLE.read_text(encoding="utf-8"))

    rendered = render(story.body)

    assert (rendered.words, rendered.minutes) == (1042, 6)
