"""The thirteen languages a story can be written in: names, direction, script, search configuration."""

from dataclasses import dataclass


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
