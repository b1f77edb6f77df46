"""Two texts made into one: taking one whole gives that one, taking both leaves no word of either out."""

from collections import Counter

import pytest
from hypothesis import given, settings

from stories.prose.clean import clean
from stories.prose.merge import BOTH, FIRST, MOST_CHOICES, NEITHER, SECOND, choices_between, merge
from stories.prose.parse import parse
from stories.prose.readable import plain_text
from tests.prose.test_compare import BODIES

TWO, THREE = "Lit at two in the night.", "Lit at three in the night."


def everywhere(first: str, second: str, answer: str) -> dict[int, str]:
    return {choice.number: answer for choice in choices_between(first, second) if choice.number is not None}


def words(html: str) -> Counter[str]:
    return Counter(plain_text(parse(html)).split())


@settings(max_examples=60, deadline=None)
@given(BODIES, BODIES)
def test_one_text_taken_everywhere_is_that_text(first, second):
    assert merge(first, second, everywhere(first, second, FIRST)) == first
    assert merge(first, second, everywhere(first, second, SECOND)) == second


@settings(max_examples=60, deadline=None)
@given(BODIES, BODIES)
def test_both_taken_everywhere_leave_no_word_out(first, second):
    both = merge(first, second, everywhere(first, second, BOTH))

    assert words(both) >= words(first) | words(second)
    assert clean(both) == both


@pytest.mark.parametrize(
    ("answers", "merged"),
    [
        ({}, "<p>Lit at three in the night.</p><p>Only saved.</p><h2>Flour</h2><p>Only sent.</p>"),
        ({0: FIRST, 2: NEITHER}, "<p>Lit at two in the night.</p><p>Only saved.</p><h2>Flour</h2>"),
        ({0: BOTH, 1: NEITHER, 2: NEITHER}, f"<p>{TWO}</p><p>{THREE}</p><h2>Flour</h2>"),
        ({7: FIRST, 0: "nonsense", 1: NEITHER}, "<p>Lit at three in the night.</p><h2>Flour</h2><p>Only sent.</p>"),
    ],
)  # fmt: skip
def test_each_difference_is_chosen(answers, merged):
    first = "<p>Lit at two in the night.</p><p>Only saved.</p><h2>Flour</h2>"
    second = "<p>Lit at three in the night.</p><h2>Flour</h2><p>Only sent.</p>"

    assert merge(first, second, answers) == merged


def test_what_was_written_anew_stays_with_what_it_was_written_over():
    (choice,) = choices_between("<p>Nothing of this stays</p>", "<p>Another text was put here instead</p>")

    assert choice.usual == BOTH


def test_block_that_stands_elsewhere_is_not_doubled():
    first, second = (
        "<p>Moved.</p><p>One stays.</p><p>So does two.</p>",
        "<p>One stays.</p><p>So does two.</p><p>Moved.</p>",
    )

    assert [choice.has_moved for choice in choices_between(first, second) if choice.number is not None] == [
        True,
        True,
    ]
    assert merge(first, second, {}) == second


def test_no_more_is_asked_than_a_person_can_answer():
    first = "".join(f"<p>{number} first</p><hr>" for number in range(400))
    second = "".join(f"<p>{number} second</p><hr>" for number in range(400))

    assert len(everywhere(first, second, FIRST)) == MOST_CHOICES
    assert merge(first, second, everywhere(first, second, FIRST)) == first
    assert merge(first, second, everywhere(first, second, SECOND)) == second
