"""Which mails a member wants, in which language, and when the daily one comes."""

from typing import Any, cast
from zoneinfo import available_timezones

from django import forms

from accounts.languages import MAIL_LANGUAGES
from stories.notices.choosing import KINDS

_CONTINENTS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
ZONES = sorted(zone for zone in available_timezones() if zone.split("/")[0] in _CONTINENTS)


class MailForm(forms.Form):
    """`kinds` are those that are wanted: what is not ticked is off."""

    language = forms.ChoiceField(label="Language of the mails", required=False)
    kinds = forms.MultipleChoiceField(
        label="Mails that you want",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
    )
    zone = forms.ChoiceField(label="Time zone of the daily mail", required=False)

    def __init__(self, *args: Any, is_editor: bool, team_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        automatic = ("", "The first of the languages in your profile that our mails have")
        self.fields["language"].choices = [automatic, *MAIL_LANGUAGES.items()]  # type: ignore[attr-defined]
        kinds = [kind for kind in KINDS.values() if is_editor or not kind.is_for_editors]
        _choices(self, "kinds", [(kind.key, f"{kind.label}: {kind.help}") for kind in kinds])
        self.offered = [kind.key for kind in kinds]
        if is_editor:
            team = ("", f"That of the team, {team_zone}")
            _choices(self, "zone", [team, *((zone, zone) for zone in ZONES)])
        else:
            del self.fields["zone"]

    def off(self) -> list[str]:
        return [key for key in self.offered if key not in self.cleaned_data["kinds"]]


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices
