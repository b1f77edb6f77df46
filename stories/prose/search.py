"""What somebody typed into the search field, read into queries that PostgreSQL takes without complaint."""

from dataclasses import dataclass

import regex

from stories.prose.fold import fold
from stories.prose.languages import LANGUAGES, script_of

MAX_QUERY = 200  # characters that are looked at
MAX_WORDS = 8
MAX_WORD = 60  # characters; a lexeme must not pass 2,046 bytes

_TERM = regex.compile(r'(?<!\S)(-?)"([^"]*)"|(?<!\S)(-?)([^\s"]+)|([^\s"]+)')
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# Telugu and Malayalam nouns end in an anusvara that their cases replace.
_FINAL_ANUSVARA = regex.compile("[\u0c02\u0d02]$")
# PostgreSQL has no Hindi stop words; in folded form.
_HINDI_STOP_WORDS = frozenset(
    fold(word)
    for word in "का की के को में से पर है हैं था थे थी और या यह वह ने तो ही भी एक इस उस हो कर लिए".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class _Term:
    words: tuple[str, ...]
    is_phrase: bool
    is_unwanted: bool


@dataclass(frozen=True)
class SearchQuery:
    """`words` are folded, without those that are unwanted; `languages` are the codes that the script suggests.

    `tsqueries` holds for each search configuration the text of a `to_tsquery`, to be passed as a parameter:
    stemmed configurations get whole words, "simple" gets prefixes. All are empty when nothing can be searched.
    """

    words: tuple[str, ...]
    languages: tuple[str, ...]
    tsqueries: dict[str, str]

    @property
    def folded(self) -> str:
        """The words with spaces between, for comparing by trigrams."""
        return " ".join(self.words)

    def __bool__(self) -> bool:
        return bool(self.words)


def read_query(typed: str) -> SearchQuery:
    """Any text as a query. Words must all be there; "in quotes" side by side; -so not at all."""
    script = script_of(typed[:MAX_QUERY])
    matching = tuple(language.code for language in LANGUAGES if language.script == script)
    languages = matching if script not in ("", "Latn") else tuple(each.code for each in LANGUAGES)
    terms = _terms(typed)
    words = tuple(dict.fromkeys(word for term in terms if not term.is_unwanted for word in term.words))
    configurations = dict.fromkeys(language.search_config for language in LANGUAGES)
    return SearchQuery(
        words=words,
        languages=languages,
        tsqueries={name: _tsquery(terms, name) if words else "" for name in configurations},
    )


def _terms(typed: str) -> list[_Term]:
    terms: list[_Term] = []
    left = MAX_WORDS
    for minus, phrase, other_minus, word, rest in _TERM.findall(typed[:MAX_QUERY]):
        words = tuple(each[:MAX_WORD] for each in _WORD.findall(fold(phrase or word or rest)))[:left]
        if words:
            left -= len(words)
            terms.append(_Term(words, bool(phrase) and len(words) > 1, bool(minus or other_minus)))
    return terms


def _tsquery(terms: list[_Term], configuration: str) -> str:
    if configuration == "hindi":
        telling = [term for term in terms if term.is_phrase or not _HINDI_STOP_WORDS.issuperset(term.words)]
        terms = telling if any(not term.is_unwanted for term in telling) else terms
    parts = []
    for term in terms:
        joined = (" <-> " if term.is_phrase else " & ").join(
            _lexeme(word, configuration) for word in term.words
        )
        parts.append(f"!({joined})" if term.is_unwanted else f"({joined})")
    return " & ".join(parts)


def _lexeme(word: str, configuration: str) -> str:
    # Letters, marks and numbers only: nothing in it can end the quotation.
    if configuration != "simple":
        return f"'{word}'"
    stem = _FINAL_ANUSVARA.sub("", word) or word
    return f"'{stem}':*" if len(stem) > 1 else f"'{stem}'"
