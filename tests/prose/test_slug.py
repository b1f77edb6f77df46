"""Addresses are made from titles in any script."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from stories.prose.slug import make_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("How he built a small business", "how-he-built-a-small-business"),
        ("  Don’t — stop!  ", "dont-stop"),
        ("Café & Crème", "café-crème"),
        ("विद्यार्थी की कहानी", "विद्यार्थी-की-कहानी"),
        ("পুরোনো গল্পের বই", "পুরোনো-গল্পের-বই"),
        ("పాత కథ", "పాత-కథ"),
        ("பழைய விளக்கு", "பழைய-விளக்கு"),
        ("ಹಳೆಯ ಕಥೆ", "ಹಳೆಯ-ಕಥೆ"),
        ("പഴയ വിളക്ക്", "പഴയ-വിളക്ക്"),
        ("ପୁରୁଣା କାହାଣୀ", "ପୁରୁଣା-କାହାଣୀ"),
        ("જૂની વાર્તા", "જૂની-વાર્તા"),
        ("ਪੁਰਾਣੀ ਕਹਾਣੀ", "ਪੁਰਾਣੀ-ਕਹਾਣੀ"),
        ("পুৰণি কাহিনী", "পুৰণি-কাহিনী"),
        ("پرانا چراغ", "پرانا-چراغ"),
        ("2019: A Year", "2019-a-year"),
        ("", "story"),
        ("!?…", "story"),
        ("\u0301\u093e", "story"),
        ("🎉🎉", "story"),
        ("a\u202eb\u200b", "ab"),
    ],
)
def test_make_slug_keeps_the_words_of_every_script(title, slug):
    assert make_slug(title) == slug


def test_make_slug_cuts_after_a_word_of_at_most_forty_characters():
    assert (
        make_slug("The quick brown fox jumps over the lazy dogs") == "the-quick-brown-fox-jumps-over-the-lazy"
    )
    assert make_slug("x" * 100) == "x" * 40
    assert make_slug("क्षि" * 100) == "क्षि" * 40


@given(st.text(max_size=300))
def test_make_slug_is_never_empty_or_long_and_is_its_own_slug(title):
    slug = make_slug(title)

    assert 1 <= len(regex.findall(r"\X", slug)) <= 40
    assert regex.fullmatch(r"[\p{L}\p{M}\p{Nd}]+(-[\p{L}\p{M}\p{Nd}]+)*", slug)
