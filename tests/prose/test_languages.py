"""Thirteen languages, and what a text's script says of its language."""

import pytest

from stories.prose.languages import LANGUAGES, by_code, guess_language, language_of, script_of


def test_languages_are_the_thirteen_of_the_product():
    codes = [language.code for language in LANGUAGES]

    assert codes == ["en", "hi", "bn", "te", "ta", "kn", "mr", "ml", "or", "gu", "pa", "as", "ur"]
    assert [language.code for language in LANGUAGES if language.direction == "rtl"] == ["ur"]
    assert {language.search_config for language in LANGUAGES} == {"english", "hindi", "tamil", "simple"}
    assert by_code["hi"].css_class == "script-deva"


def test_language_of_an_unknown_code_is_english():
    assert language_of("ta").name == "Tamil"
    assert language_of("xx").code == "en"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_script_of_a_languages_own_name_is_its_script(language):
    assert script_of(language.own_name) == language.script


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("An English text", "en"),
        ("यह एक कहानी है", "hi"),
        ("ही एक गोष्ट आहे आणि ती मोठी आहे", "mr"),
        ("একটি গল্প", "bn"),
        ("এটা কাহিনীৰ কথা", "as"),
        ("ایک کہانی", "ur"),
        ("ஒரு கதை about startups", "ta"),
        ("A story with one word of हिन्दी in a long English sentence of many words", "en"),
        ("", "en"),
        ("123 …", "en"),
        ("Рассказ", "en"),
    ],
)
def test_guess_language_goes_by_the_script(text, code):
    assert guess_language(text) == code
