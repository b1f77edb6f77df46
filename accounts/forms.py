"""allauth's forms with our words and rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts import names
from accounts.fields import CodeField, CredentialField

KEY_NAME_LENGTH = 100
HELP_WITH_A_NEW_ONE = "At least 8 characters. A sentence is a good password."


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
        _describe(self, "password1", "Password", HELP_WITH_A_NEW_ONE)

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


class ResetForm(account_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "email", "E-mail address")


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe_new_password(self)


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "oldpassword", "Present password")
        _describe_new_password(self)


class ChangeEmailForm(account_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "email", "New e-mail address")


class AgainForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "password", "Password")


class SecondFactorForm(mfa_forms.AuthenticateForm):
    code = CodeField(label="Code from your app, or a recovery code")


class SecondFactorAgainForm(mfa_forms.ReauthenticateForm):
    code = CodeField(label="Code from your app, or a recovery code")


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    code = CodeField(label="Code that the app shows")


class KeyForm(webauthn_forms.AuthenticateWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        with keys_are_read():
            return super().clean_credential()


class LoginKeyForm(KeyForm, webauthn_forms.LoginWebAuthnForm):
    pass


class KeyAgainForm(KeyForm, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class AddKeyForm(webauthn_forms.AddWebAuthnForm):
    name = forms.CharField(required=False, max_length=KEY_NAME_LENGTH)
    credential = CredentialField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "name", "Name of the key")
        _describe(
            self,
            "passwordless",
            "It is a passkey: it signs me in alone, without my password.",
            "Leave this empty for a key that comes on top of the password.",
        )

    def clean(self) -> dict[str, Any]:
        with keys_are_read():
            return super().clean()


class RenameKeyForm(webauthn_forms.EditWebAuthnForm):
    name = forms.CharField(label="Name of the key", max_length=KEY_NAME_LENGTH)


@contextmanager
def keys_are_read() -> Iterator[None]:
    """A key's answer is a stranger's text, and the library that reads it stumbles over some of it."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise get_adapter().validation_error("incorrect_code") from error


def _describe_new_password(form: forms.Form) -> None:
    _describe(form, "password1", "New password", HELP_WITH_A_NEW_ONE)
    _describe(form, "password2", "New password, again")


def _describe(form: forms.Form, name: str, label: str, help_text: str = "") -> None:
    """Our words in place of allauth's, and no placeholder that says the label again."""
    if name in form.fields:
        form.fields[name].label = label
        form.fields[name].help_text = help_text
        form.fields[name].widget.attrs.pop("placeholder", None)
