"""What a user name looks like from afar: two names with one skeleton are taken for each other by readers."""

import unicodedata

from django.db.models import F, Func, Value

# One letter for one letter, then two for one, in this order. `expression` says the same to the database.
LETTERS = {"0": "o", "1": "l", "i": "l"}
PAIRS = (("rn", "m"), ("vv", "w"))
DROPPED = "_-."


def skeleton(name: str) -> str:
    """The name without case, width, separators and look-alike letters."""
    shape = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    shape = "".join(LETTERS.get(letter, letter) for letter in shape if letter not in DROPPED)
    for pair, letter in PAIRS:
        shape = shape.replace(pair, letter)
    return shape


def expression(column: str) -> Func:
    """The same over a column of stored names, which are ASCII and lower case by constraint."""
    shape = Func(
        F(column), Value("".join(LETTERS) + DROPPED), Value("".join(LETTERS.values())), function="TRANSLATE"
    )
    for pair, letter in PAIRS:
        shape = Func(shape, Value(pair), Value(letter), function="REPLACE")
    return shape
