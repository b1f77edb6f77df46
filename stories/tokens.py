"""Addresses that nobody can guess: the site's secret makes the token, and the database knows its fingerprint alone."""

import hashlib
from base64 import urlsafe_b64encode
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac


def new_token(purpose: str, key: UUID) -> str:
    return _token(purpose, key, settings.SECRET_KEY)


def known_token(purpose: str, key: UUID, token_sha256: str) -> str:
    """The token with this fingerprint; "" where it was made under a secret that the site has no longer."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token(purpose, key, secret)
        if fingerprint(token) == token_sha256:
            return token
    return ""


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _token(purpose: str, key: UUID, secret: str) -> str:
    """256 bits that nobody can make without the site's secret, which is not in the database."""
    digest = salted_hmac(purpose, key.bytes, secret=secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
