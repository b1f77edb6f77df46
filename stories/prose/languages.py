"""The thirteen languages a story can be written in: names, direction, script, search configuration."""

from dataclasses import dataclass

import regex


@dataclass(frozen=True)
class Language:
    """`search_config` is a PostgreSQL text search configuration that exists in every server from 15 on."""

    code: str  # BCP 47, goes into lang=""
    name: str  # in English
    own_name: str  # as its readers write it
    direction: str  # "ltr" or "rtl", goes into dir=""
    search_config: str
    script: str  # ISO 15924

    @property
    def css_class(self) -> str:
        """Class of the script, by which a page chooses its fonts and line heights: `script-deva`."""
        return f"script-{self.script.lower()}"


# Arabic stemming harms Urdu and Hindi stemming harms Marathi, so both are searched as they stand.
LANGUAGES: tuple[Language, ...] = (
    Language("en", "English", "English", "ltr", "english", "Latn"),
    Language("hi", "Hindi", "हिन्दी", "ltr", "hindi", "Deva"),
    Language("bn", "Bengali", "বাংলা", "ltr", "simple", "Beng"),
    Language("te", "Telugu", "తెలుగు", "ltr", "simple", "Telu"),
    Language("ta", "Tamil", "தமிழ்", "ltr", "tamil", "Taml"),
    Language("kn", "Kannada", "ಕನ್ನಡ", "ltr", "simple", "Knda"),
    Language("mr", "Marathi", "मराठी", "ltr", "simple", "Deva"),
    Language("ml", "Malayalam", "മലയാളം", "ltr", "simple", "Mlym"),
    Language("or", "Odia", "ଓଡ଼ିଆ", "ltr", "simple", "Orya"),
    Language("gu", "Gujarati", "ગુજરાતી", "ltr", "simple", "Gujr"),
    Language("pa", "Punjabi", "ਪੰਜਾਬੀ", "ltr", "simple", "Guru"),
    Language("as", "Assamese", "অসমীয়া", "ltr", "simple", "Beng"),
    Language("ur", "Urdu", "اردو", "rtl", "simple", "Arab"),
)

by_code: dict[str, Language] = {language.code: language for language in LANGUAGES}

DEFAULT = by_code["en"]


def language_of(code: str) -> Language:
    """The language with this code, or English for a code nobody knows."""
    return by_code.get(code, DEFAULT)


_SCRIPT = {
    "Deva": regex.compile(r"[\u0900-\u0963\u0966-\u097f]"),
    "Beng": regex.compile(r"[\u0980-\u09ff]"),
    "Guru": regex.compile(r"[\u0a00-\u0a7f]"),
    "Gujr": regex.compile(r"[\u0a80-\u0aff]"),
    "Orya": regex.compile(r"[\u0b00-\u0b7f]"),
    "Taml": regex.compile(r"[\u0b80-\u0bff]"),
    "Telu": regex.compile(r"[\u0c00-\u0c7f]"),
    "Knda": regex.compile(r"[\u0c80-\u0cff]"),
    "Mlym": regex.compile(r"[\u0d00-\u0d7f]"),
    "Arab": regex.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "Latn": regex.compile(r"\p{Latin}"),
}
_ASSAMESE = regex.compile("[ৰৱ]")  # letters that Bengali does not have
_MARATHI = regex.compile(r"(?<!\p{L})(?:आहे|आहेत|आणि|नाही|होते|होती|मी|तो|ती)(?![\p{L}\p{M}])")


def script_of(text: str) -> str:
    """The script (ISO 15924) of most of the letters in the first 20,000 characters, "" if there are none.

    An Indian script wins over Latin from a quarter of the letters on: names and terms are often Latin.
    """
    sample = text[:20_000]
    counts = {script: len(pattern.findall(sample)) for script, pattern in _SCRIPT.items()}
    latin = counts.pop("Latn")
    script, most = max(counts.items(), key=lambda item: item[1])
    if most and most * 3 >= latin:
        return script
    return "Latn" if latin else ""


def guess_language(text: str) -> str:
    """The code of the language that the script suggests; English where it suggests nothing."""
    script = script_of(text)
    if script == "Beng":
        return "as" if _ASSAMESE.search(text[:20_000]) else "bn"
    if script == "Deva":
        return "mr" if len(_MARATHI.findall(text[:20_000])) > 1 else "hi"
    return next((language.code for language in LANGUAGES if language.script == script), DEFAULT.code)
