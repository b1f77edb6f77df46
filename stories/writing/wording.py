"""Places and times in the words people use."""

from datetime import datetime

from django.utils import formats, timezone

_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]


def ordinal(number: int) -> str:
    """first ... tenth, then 11th, 22nd."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def since(at: datetime) -> str:
    """The time of day, with the date when it was not today."""
    local = timezone.localtime(at)
    return formats.date_format(local, "H:i") if local.date() == timezone.localdate() else moment(at)


def moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "l j F Y, H:i")
