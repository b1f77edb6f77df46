"""One form for words that are spelled alike: what is searched and the query go through the same folding."""

import re
import unicodedata

# The order of the steps matters: chillu letters and khanda ta are made before the joiners go.
_JOINED = {
    "\u0d28\u0d4d\u200d": "\u0d7b",
    "\u0d23\u0d4d\u200d": "\u0d7a",
    "\u0d30\u0d4d\u200d": "\u0d7c",
    "\u0d32\u0d4d\u200d": "\u0d7d",
    "\u0d33\u0d4d\u200d": "\u0d7e",
    "\u0d15\u0d4d\u200d": "\u0d7f",
    "\u09a4\u09cd\u200d": "\u09ce",
}
_JOINED_PATTERN = re.compile("|".join(_JOINED))
# Invisible characters, tatweel, Arabic vowel signs and Quranic marks.
_DELETED = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
# A nasal before a stop of its own class is written as anusvara as well: हिन्दी and हिंदी.
_NASAL = re.compile(
    "\u0901|\u0919\u094d(?=[\u0915-\u0918])|\u091e\u094d(?=[\u091a-\u091d])|\u0923\u094d(?=[\u091f-\u0922])"
    "|\u0928\u094d(?=[\u0924-\u0927])|\u092e\u094d(?=[\u092a-\u092d])"
)
# The dot of loan letters is often left out; that of ड़ ढ़ ড় ঢ় য় ਸ਼ ଡ଼ ଢ଼ makes other letters and stays.
_LOAN_DOT = re.compile(
    "(?<=[\u0915\u0916\u0917\u091c\u092b])\u093c|(?<=[\u0a16\u0a17\u0a1c\u0a2b\u0a32])\u0a3c|(?<=[\u0a9c\u0aab])\u0abc"
)
_LETTERS = {
    **dict.fromkeys("\u064a\u0649\u0626", "\u06cc"),
    "\u0643": "\u06a9",
    **dict.fromkeys("\u0647\u06d5\u06c2\u06c3\u0629", "\u06c1"),
    "\u06d3": "\u06d2",
    **dict.fromkeys("\u0623\u0625\u0671\u0622", "\u0627"),
    "\u0624": "\u0648",
}
# The zero of each row of ten digits: two Arabic ones and nine Indian ones.
_ZEROES = "\u0660\u06f0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66"
_DIGITS = {chr(ord(zero) + value): str(value) for zero in _ZEROES for value in range(10)}
_TRANSLATED = str.maketrans(_LETTERS | _DIGITS)


def fold(text: str) -> str:
    """`text` in lower case and in the one spelling by which it is found; for the index and the query, never shown.

    NFKC, so it may be longer than `text`; not one to one in its characters.
    """
    if text.isascii():
        return text.lower()
    # Twice: compatibility forms of capitals have no lower case of their own.
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    text = _JOINED_PATTERN.sub(lambda found: _JOINED[found.group()], text)
    text = _DELETED.sub("", text)
    text = _NASAL.sub("\u0902", text)
    return _LOAN_DOT.sub("", text).translate(_TRANSLATED)
