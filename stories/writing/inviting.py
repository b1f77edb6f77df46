"""The form that invites, and the orders that names can be put in by one step."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.models import User
from stories.prose.plain import clean_line


class InvitationForm(forms.Form):
    who = forms.CharField(
        label="User name or e-mail address",
        max_length=254,
        help_text="They can read the draft before they answer, and are named only if they accept. "
        "An invitation runs out after 14 days.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "dir": "ltr"}),
        error_messages={
            "required": "Write whom you invite: a user name, or an e-mail address.",
            "max_length": "This is longer than any address is.",
        },
    )

    def clean_who(self) -> str:
        who = clean_line(self.cleaned_data["who"]).lower().removeprefix("@")
        if "@" in who:
            try:
                validate_email(who)
            except ValidationError:
                raise ValidationError("This is not a whole e-mail address. Look at it once more.") from None
        if not who:
            raise ValidationError("Write whom you invite: a user name, or an e-mail address.")
        return who

    @property
    def typed(self) -> str:
        return str(self.cleaned_data["who"])

    @property
    def email(self) -> str:
        return self.typed if "@" in self.typed else ""

    @property
    def username(self) -> str:
        return "" if "@" in self.typed else self.typed


def orders_of(people: Sequence[User]) -> list[list[str]]:
    """For each name the whole order with it one place further up; none for the first."""
    names = [person.username for person in people]
    return [
        [*names[: place - 1], names[place], names[place - 1], *names[place + 1 :]] if place else []
        for place in range(len(names))
    ]
