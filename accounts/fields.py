"""Fields for what proves who somebody is: the codes of a mail or an app, and what a key answers."""

import unicodedata
from typing import Any

from django import forms
from django.forms.fields import InvalidJSONInput


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


class CredentialField(forms.JSONField):
    """What the browser hands over from a security key; nonsense of any length and depth is an error at the field."""

    MOST = 64 * 1024  # an answer with its certificates has a few kilobytes

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.HiddenInput, **kwargs})

    def to_python(self, value: Any) -> Any:
        # A character that PostgreSQL keeps in no JSON, a number or a nesting that Python refuses to read.
        if isinstance(value, str) and (len(value) > self.MOST or "\\u0000" in value):
            raise self._invalid()
        try:
            read = super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise self._invalid() from error
        if read is not None and not isinstance(read, dict):
            raise self._invalid()
        return read

    def bound_data(self, data: Any, initial: Any) -> Any:
        """A form that comes back asks the key again: nothing of the answer is shown."""
        return InvalidJSONInput("")

    def _invalid(self) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages["invalid"], code="invalid")


def plain_code(typed: str) -> str:
    return "".join(
        _plain_letter(letter) for letter in unicodedata.normalize("NFKC", typed) if letter.isalnum()
    )


def _plain_letter(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)
