"""What narrows the log: kept in its address, so that a view of it can be sent to a colleague."""

from collections.abc import Mapping
from datetime import date

from django import forms

from stories.moderation.record_log import WORDS, Narrowing


def _days(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )


class LogForm(forms.Form):
    """Narrows the log; what cannot be understood narrows nothing."""

    action = forms.ChoiceField(label="What", required=False)
    editor = forms.CharField(label="By", required=False, max_length=30)
    author = forms.CharField(label="Author", required=False, max_length=30)
    reason = forms.ChoiceField(label="Reason", required=False)
    since = _days("From")
    until = _days("To")
    story = forms.IntegerField(label="Story", required=False, min_value=1, max_value=2**62)

    def __init__(self, *args: object, reasons: Mapping[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        actions = [(action, words[0].upper() + words[1:]) for action, words in WORDS.items()]
        self.fields["action"].choices = [("", "Everything"), *actions]  # type: ignore[attr-defined]
        self.fields["reason"].choices = [("", "Any"), *reasons.items()]  # type: ignore[attr-defined]

    def narrowing(self) -> Narrowing:
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return Narrowing(**{**asked, **{name: _known(asked.get(name)) for name in ("since", "until")}})


def _known(day: date | None) -> date | None:
    """Days that the calendar of a database knows, in any zone."""
    return day if day and date(1900, 1, 1) <= day <= date(9000, 1, 1) else None
