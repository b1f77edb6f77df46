"""A field for the codes that a mail or an app gives."""

import unicodedata
from typing import Any

from django import forms


class CodeField(forms.CharField):
    """Takes digits of any script, full-width letters, blanks and dashes; gives plain letters and digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Code")
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        return plain_code(super().to_python(value) or "")


def plain_code(typed: str) -> str:
    return "".join(
        _plain_letter(letter) for letter in unicodedata.normalize("NFKC", typed) if letter.isalnum()
    )


def _plain_letter(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)
