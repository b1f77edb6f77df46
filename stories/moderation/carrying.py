"""A form of the desk carried out by a verb: done, done before, or something is missing and the form says what."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages

from stories.moderation.doors import EditorRequest
from stories.status import AlreadyThere, Incomplete

Made = TypeVar("Made")


def carried_out(
    request: EditorRequest,
    form: forms.Form,
    verb: Callable[..., Made],
    said: Callable[[Made], str],
    **more: object,
) -> bool:
    """Calls `verb` with what the form holds, `more` where it holds nothing; whether there is nothing left to ask."""
    if not form.is_valid():
        return False
    try:
        made = verb(by=request.user, **{**more, **form.cleaned_data})
    except AlreadyThere as there:
        messages.info(request, there.message)
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return False
    else:
        messages.success(request, said(made))
    return True
