"""Plain text from people is made safe to keep."""

import pytest

from stories.prose.plain import clean_characters, clean_line, clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  A   title\n of two\tlines ", "A title of two lines"),
        ("cafe\u0301", "café"),
        ("a\x00b\x1bc\x7fd\x9fe", "abcde"),
        ("\ufeffa\u200bb\u2060c\u00add", "abcd"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("a\u2066b\u2069c\u2028d", "abc d"),
        ("\U000e0041a", "a"),
        ("र्\u200dया क\u200cख", "र्\u200dया क\u200cख"),
        ("\ud83d", "\ufffd"),
        ("a\u0338 ≠ =\u0338", "a ≠ ≠"),
        ("", ""),
        ("\n\t ", ""),
    ],
)
def test_clean_line_gives_one_line_of_visible_text(typed, kept):
    assert clean_line(typed) == kept
    assert clean_line(kept) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a  b \n  c\n\n\n\nd\n", "a b\nc\n\nd"),
        ("a\u202e\x00\nb", "a\nb"),
    ],
)
def test_clean_text_keeps_lines(typed, kept):
    assert clean_text(typed) == kept
    assert clean_text(kept) == kept


def test_clean_characters_leaves_white_space():
    assert clean_characters("a  b\r\n\tc\x0cd") == "a  b\n\tcd"
