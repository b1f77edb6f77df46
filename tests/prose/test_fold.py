"""Words that are spelled alike are found by either spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.prose.fold import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("क़लम", "कलम"),
        ("फ़िल्म", "फिल्म"),
        ("ज़िंदगी", "जिंदगी"),
        ("हिन्दी", "हिंदी"),
        ("सम्बन्ध", "संबंध"),
        ("गाँव", "गांव"),
        ("१२३", "123"),
        ("क्\u200dया", "क्या"),
        ("লক্ষ্মী১২৩", "লক্ষ্মী123"),
        ("উৎসব", "উত্\u200dসব"),
        ("র\u200d্যাব", "র্যাব"),
        ("\u09dc", "\u09a1\u09bc"),
        ("\u0958", "\u0915\u093c"),
        ("അവൻ", "അവന്\u200d"),
        ("കാർ", "കാര്\u200d"),
        ("വാക്കുകൾ", "വാക്കുകള്\u200d"),
        ("\u0b95\u0bca", "\u0b95\u0bc6\u0bbe"),
        ("ಹಾರ್ಡ್\u200cವೇರ್", "ಹಾರ್ಡ್ವೇರ್"),
        ("ਜ਼ਿੰਦਗੀ", "ਜਿੰਦਗੀ"),
        ("ਫ਼ਿਲਮ", "ਫਿਲਮ"),
        ("કફ઼ન", "કફન"),
        ("کہانی", "كهاني"),
        ("علی", "علي"),
        ("قرآن", "قران"),
        ("مُحَمَّد", "محمد"),
        ("کـــتاب", "کتاب"),
        ("۱۲۳", "١٢٣"),
        ("گئے", "گیے"),
        ("نتیجۂ", "نتیجہ"),
        ("ﻛﺘﺎﺏ", "کتاب"),
        ("STORY", "ｓｔｏｒｙ"),
    ],
)
def test_fold_gives_one_form_to_two_spellings(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("আৰ", "আর"), ("ଵ", "ୱ"), ("बड़ा", "बडा"), ("ਸ਼ੇਰ", "ਸੇਰ"), ("হাত", "হাট"), ("ہاتھ", "ہات"), ("میں", "مین")],
)
def test_fold_keeps_different_words_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=100))
def test_fold_folds_once(text):
    assert fold(fold(text)) == fold(text)
