"""The forms of one's profile and user name."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from accounts import names, profiles
from accounts.models import BIO_LENGTH, User


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label="Name", max_length=200, required=False, help_text="As readers see it, in any script."
    )
    bio = forms.CharField(
        label="About you",
        required=False,
        max_length=BIO_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Up to {BIO_LENGTH} characters, shown on your page and under your stories.",
    )
    languages = forms.MultipleChoiceField(
        label="Languages you write in",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices choices-across"}),
    )

    def __init__(self, *args: Any, member: User, **kwargs: Any) -> None:
        links = {
            f"link_{part}_{number}": link[part]
            for number, link in enumerate(member.links, start=1)
            for part in ("label", "url")
        }
        kwargs["initial"] = {
            "display_name": member.display_name,
            "bio": member.bio,
            "languages": member.languages,
            **links,
        }
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["languages"]).choices = list(settings.LANGUAGES)
        for number in range(1, profiles.LINKS + 1):
            self.fields[f"link_label_{number}"] = forms.CharField(
                label=f"Link {number}: what it says", max_length=profiles.LABEL_LENGTH, required=False
            )
            self.fields[f"link_url_{number}"] = forms.CharField(
                label=f"Link {number}: address",
                max_length=profiles.URL_LENGTH,
                required=False,
                widget=forms.URLInput(attrs={"placeholder": "https://"}),
            )

    def clean_display_name(self) -> str:
        return profiles.clean_display_name(self.cleaned_data["display_name"])

    def clean_bio(self) -> str:
        return profiles.clean_bio(self.cleaned_data["bio"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["links"] = [link for number in range(1, profiles.LINKS + 1) for link in self._clean_link(number)]
        return data

    def _clean_link(self, number: int) -> list[profiles.Link]:
        link: profiles.Link = {
            "label": self.cleaned_data.get(f"link_label_{number}", ""),
            "url": self.cleaned_data.get(f"link_url_{number}", ""),
        }
        try:
            return profiles.clean_links([link])
        except ValidationError as error:
            self.add_error(f"link_url_{number}", error)
            return []


class UsernameForm(forms.Form):
    username = forms.CharField(
        label="User name",
        max_length=60,
        help_text="Your old name stays yours: nobody else can take it, and you can go back to it.",
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, member: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"username": member.username}
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_username(self) -> str:
        return names.check(self.cleaned_data["username"], member=self.member)
