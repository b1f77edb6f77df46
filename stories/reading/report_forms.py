"""What the form for reports accepts, and the quiet tests that tell people from machines."""

import time
from typing import Any

from django import forms
from django.core import signing

from stories.models import Report
from stories.models.report import EXPLANATION_CHARACTERS, PASSAGE_CHARACTERS
from stories.workflow.reporting import Told

QUICKEST = 3  # seconds in which nobody reads the page and fills it in
OLDEST = 24 * 3600
AGAIN = (
    "This came as quickly, or as full, as a machine would send it. If you are a person: everything you wrote is still "
    "here, look it over and send it once more."
)
_SALT = "stories.reading.report"


def opened_now() -> str:
    return signing.dumps(int(time.time()), salt=_SALT)


def age_of(opened: str) -> float | None:
    """The seconds since a page was opened; None for what we did not write, or long ago."""
    try:
        return time.time() - int(signing.loads(opened, salt=_SALT, max_age=OLDEST))
    except (signing.BadSignature, TypeError, ValueError):
        return None


class SecondLookForm(forms.Form):
    text = forms.CharField(
        label="What the answer overlooks",
        max_length=EXPLANATION_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="A sentence or two. Somebody other than who decided reads it, with your report.",
        error_messages={"required": "Say in a sentence or two what the answer overlooks."},
    )


class ReportForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    kind = forms.ChoiceField(
        label="What is wrong?",
        choices=Report.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what is wrong with the story.",
            "invalid_choice": "Choose one of the kinds that are listed.",
        },
    )
    passage = forms.CharField(
        label="The passage",
        required=False,
        max_length=PASSAGE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="Copy it from the story, or leave it empty if it is about the whole story.",
    )
    explanation = forms.CharField(
        label="What is wrong with it",
        required=False,
        max_length=EXPLANATION_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="A sentence or two. Needed for everything but spam. If something was copied, say from where.",
    )
    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        help_text="We mail you the receipt and the answer, nothing else.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label="Your name",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    is_about_minors = forms.BooleanField(
        label="It is about sexual offences against minors. You need not give name or address then.",
        required=False,
    )
    in_good_faith = forms.BooleanField(
        label="I believe in good faith that what I write here is right and whole.", required=False
    )
    # No person sees this one.
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if self.data.get("website") or not self._took_its_time():
            raise forms.ValidationError(AGAIN, code="again")
        return data

    def _took_its_time(self) -> bool:
        age = age_of(self.data.get("opened", ""))
        return age is not None and age >= QUICKEST

    def told(self) -> Told:
        fields = ("kind", "passage", "explanation", "name", "email", "is_about_minors", "in_good_faith")
        return Told(**{name: self.cleaned_data[name] for name in fields})
