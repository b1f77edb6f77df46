"""The forms of the accounts pages: allauth's own with our words and rules, and the profile's."""

from typing import Any, cast

from allauth.account import forms as account_forms
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts import names, profiles
from accounts.fields import CodeField
from accounts.models import BIO_LENGTH, User


class SignupForm(account_forms.SignupForm):
    age = forms.BooleanField(
        label="I am 16 years old or older.",
        error_messages={"required": "Writers here are 16 or older. Tick this box if you are."},
    )
    terms = forms.BooleanField(
        label="I have read the terms and agree to them.",
        error_messages={"required": "Tick this box to agree to the terms; without it there is no account."},
    )
    field_order = ["email", "username", "password1", "age", "terms"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "email", "E-mail address", "We send a code there. Nobody else sees this address.")
        _describe(
            self,
            "username",
            "User name",
            "3 to 30 letters (a to z), digits, hyphens or underscores, for the address of your page.",
        )
        _describe(self, "password1", "Password", "At least 8 characters. A sentence is a good password.")

    def try_save(self, request: HttpRequest) -> Any:
        """Two people at once: for the name the second gets an error at the field, for the address no sign."""
        try:
            with transaction.atomic():
                answer = super().try_save(request)
        except IntegrityError as error:
            if names.is_name_clash(error):
                raise names.taken() from error
            return None, self._as_if_new(request)
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # so that both ways take as long
        return answer

    def _as_if_new(self, request: HttpRequest) -> Any:
        return prevent_enumeration(request, email=self.cleaned_data["email"])


class LoginForm(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "login", "E-mail address or user name")
        _describe(self, "password", "Password")
        _describe(self, "remember", "Keep me signed in on this device for two weeks")
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ConfirmEmailForm(account_forms.ConfirmEmailVerificationCodeForm):
    code = CodeField()


class ConfirmResetForm(account_forms.ConfirmPasswordResetCodeForm):
    code = CodeField()


class SecondFactorForm(mfa_forms.AuthenticateForm):
    code = CodeField(label="Code from your app, or a recovery code")


class SecondFactorAgainForm(mfa_forms.ReauthenticateForm):
    code = CodeField(label="Code from your app, or a recovery code")


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    code = CodeField(label="Code that the app shows")


class AddKeyForm(webauthn_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "name", "Name of the key")
        _describe(
            self,
            "passwordless",
            "It is a passkey: it signs me in alone, without my password.",
            "Leave this empty for a key that comes on top of the password.",
        )


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
        label="Languages you write in", required=False, widget=forms.CheckboxSelectMultiple
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


def _describe(form: forms.Form, name: str, label: str, help_text: str = "") -> None:
    """Our words in place of allauth's, and no placeholder that says the label again."""
    if name in form.fields:
        form.fields[name].label = label
        form.fields[name].help_text = help_text
        form.fields[name].widget.attrs.pop("placeholder", None)
