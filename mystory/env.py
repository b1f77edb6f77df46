"""Reads the environment once, and refuses to start on a wrong value by naming the variable."""

import contextlib
import json
import os
import re
import secrets
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")


def number(name: str, *, default: int, least: int = 0) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number of at least {least}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty entries."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def choice(name: str, allowed: tuple[str, ...], *, default: str) -> str:
    value = os.environ.get(name, "").strip() or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}: choose one of {', '.join(allowed)}.")
    return value


def some_of(name: str, allowed: tuple[str, ...], *, default: str) -> frozenset[str]:
    """Any of `allowed`, with spaces or commas between, or the word "none"."""
    value = os.environ.get(name, "").strip() or default
    chosen = frozenset(value.replace(",", " ").split()) - {"none"}
    if not chosen <= set(allowed):
        raise ImproperlyConfigured(f"{name} is {value!r}: write some of {', '.join(allowed)}, or none.")
    return chosen


def address(name: str, default: str) -> str:
    """The site's own, without a slash at its end."""
    value = (os.environ.get(name, "").strip() or default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} is {value!r}: write it like https://stories.example.")
    return value


def host(url: str) -> str:
    name = urlsplit(url).hostname or ""
    return f"[{name}]" if ":" in name else name


class Mail(NamedTuple):
    host: str
    port: int
    ssl: bool
    user: str
    password: str


def mail(name: str) -> Mail:
    """smtp:// begins in the clear and changes to TLS, smtps:// is TLS from the start."""
    value = os.environ.get(name, "").strip()
    if not value:
        return Mail("", 0, ssl=False, user="", password="")
    try:
        parts = urlsplit(value)
        port = parts.port or (465 if parts.scheme == "smtps" else 587)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} has a port that is not a number.") from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} has to look like smtp://user:password@mail.example:587.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(parts.hostname, port, ssl=parts.scheme == "smtps", user=user, password=password)


_CLASS = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")


def storage(name: str, options_name: str) -> dict[str, object]:
    """Django's entry for a storage: a class by its whole name, and its options as JSON."""
    backend, options = os.environ.get(name, "").strip(), os.environ.get(options_name, "").strip()
    if not backend:
        if options:
            raise ImproperlyConfigured(f"{options_name} is set and {name} is not: name the storage's class.")
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if not _CLASS.fullmatch(backend):
        raise ImproperlyConfigured(f"{name} is {backend!r}: write it like storages.backends.s3.S3Storage.")
    try:
        read = json.loads(options or "{}")
    except ValueError:
        read = None
    if not isinstance(read, dict):  # its value may be a secret, so it is not shown
        raise ImproperlyConfigured(
            f'{options_name} is no JSON object: write it like {{"bucket_name": "mystory"}}.'
        )
    return {"BACKEND": backend, "OPTIONS": read}


def kept_secret(file: Path, *, allowed: bool) -> str:
    """The key in `file`, made on first use; refused where a key has to be given."""
    if not allowed:
        raise ImproperlyConfigured(
            "MYSTORY_SECRET_KEY is not set: give it 50 or more random characters, always the same ones."
        )
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(fresh)  # another process may have been first: then its key is the one
        fresh.unlink()
    return file.read_text().strip()


def database(url: str, *, name: str = "DATABASE_URL") -> dict[str, object]:
    """Django's entry for a postgresql:// address; a socket folder goes in `?host=`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name} has to start with postgresql:// (for example postgresql://user:password@host:5432/mystory)."
        )
    database_name = unquote(parts.path.lstrip("/"))
    if not database_name:
        raise ImproperlyConfigured(f"{name} names no database: end it with /mystory, for example.")
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} has a port that is not a number.") from error
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(port or options.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **options},
    }
