"""Where django-allauth asks the house: names, limits, mails, the second factor's secrets."""

import logging
from base64 import urlsafe_b64encode
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from qrcode.image.svg import SvgPathFillImage

from accounts import joining, names
from accounts.languages import mail_language
from accounts.models import User

security_log = logging.getLogger("mystory.security")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address and the password do not belong together. Try again.",
        "username_password_mismatch": "The user name and the password do not belong together. Try again.",
        "incorrect_password": "This is not your password. Try again.",
        "enter_current_password": "This is not your present password. Try again.",
        "incorrect_code": "This is not the code. Look at it once more; the latest one counts.",
        "duplicate_email": "This is your e-mail address already.",
        "same_as_current": "This is your e-mail address already.",
        "rate_limited": "That was too often. Wait a few minutes, then try again.",
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        return names.check(username)

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        # Hashing reads all of it; a megabyte is no password.
        if len(password) > 512:
            raise ValidationError("A password has at most 512 characters.", code="long")
        return super().clean_password(password, user)

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: Any, commit: bool = True
    ) -> AbstractBaseUser:
        if isinstance(user, User):
            joining.stamp_agreement(user)
        return super().save_user(request, user, form, commit)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            security_log.warning("sign-in limit reached: address=%s", self.get_client_ip(request))
            raise ImmediateHttpResponse(respond_429(request)) from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        # %r: what somebody typed must not begin a line of its own.
        login = str(credentials.get("email") or credentials.get("username", ""))[:100]
        security_log.warning("sign-in refused: login=%r address=%s", login, self.get_client_ip(request))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Without the host: whoever wrote another port into it would start counting anew.
        return str(credentials.get("email") or credentials.get("username", "")).lower()

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Whoever comes second with an address that two people confirm in one instant is told like anybody later."""
        address = email_address.email
        try:
            with transaction.atomic():
                return super().confirm_email(request, email_address)
        except IntegrityError:
            security_log.warning(
                "address was confirmed by another account meanwhile: user=%s", email_address.user_id
            )
        self.add_message(
            request, messages.ERROR, "account/messages/email_confirmation_failed.txt", {"email": address}
        )
        return False

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        return redirect("account_inactive")

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Mails speak of the site by its own name and address, never by the host that a request named."""
        context = {
            **context,
            "current_site": SimpleNamespace(
                name=settings.SITE_NAME, domain=urlsplit(settings.SITE_URL).netloc
            ),
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
        }
        language = mail_language(_reader(email, context))
        with translation.override(language):
            message = super().render_mail(template_prefix, email, context, headers)
            if isinstance(message, EmailMultiAlternatives):
                message.attach_alternative(_as_html(message, context, language), "text/html")
        return message


def _reader(email: str | list[str], context: dict[str, Any]) -> User | None:
    user = context.get("user")
    if isinstance(user, User):
        return user
    return User.objects.filter(email=email.lower()).first() if isinstance(email, str) else None


def _as_html(message: EmailMessage, context: dict[str, Any], language: str) -> str:
    """The same words as the plain text, whose last paragraph is the site's name and address."""
    text = str(message.body).rpartition("\n\n--\n")[0]
    said = {
        **context,
        "subject": message.subject,
        "paragraphs": [paragraph.split("\n") for paragraph in text.split("\n\n")],
        "language": {"code": language, "direction": "ltr"},
    }
    return render_to_string("account/email/letter.html", said)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of the second factor encrypted: a copy of the database alone opens no account."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This is not the code of this moment. Wait for the next one and type that.",
    }

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}

    def build_totp_svg(self, url: str) -> str:
        """On white, so that a camera reads it on a dark page too."""
        drawing = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawing)
        return drawing.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise RuntimeError(
                "A second factor was stored under another MYSTORY_SECRET_KEY. Set MYSTORY_OLD_SECRET_KEYS to it."
            ) from error


def _keys() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_as_fernet_key(key)) for key in keys])


def _as_fernet_key(secret: str | bytes) -> bytes:
    digest = salted_hmac(
        "accounts.second_factor", b"", secret=force_bytes(secret), algorithm="sha256"
    ).digest()
    return urlsafe_b64encode(digest)
