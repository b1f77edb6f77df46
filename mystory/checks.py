"""What Django's check command says about the database and the storage that the site was given."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import InvalidStorageError, storages
from django.db import connections

# Two words with a full stop of Devanagari between them.
TWO_WORDS = "SELECT count(*) FROM ts_parse('default', 'घर।बाहर') WHERE tokid <> 12"


def one_role(**options: Any) -> list[CheckMessage]:
    site, owner = settings.DATABASES["default"], settings.DATABASES["owner"]
    if any(site[part] != owner[part] for part in ("USER", "HOST", "PORT", "NAME")):
        return []
    return [
        Warning(
            "The site runs as the database role that owns its tables, so whoever takes over the site could "
            "rewrite events and decisions or switch off the triggers that guard them.",
            hint="Give the owner's address in DATABASE_OWNER_URL and in DATABASE_URL that of a second role; "
            "`manage.py migrate` then gives the second role the rights it needs and no others.",
            id="mystory.W001",
        )
    ]


def media_storage(**options: Any) -> list[CheckMessage]:
    """A storage that is not installed would be missed only when somebody sends the first picture."""
    try:
        storages["default"]
    except (InvalidStorageError, ImproperlyConfigured, TypeError, ImportError) as error:
        return [
            Error(
                f"The storage of MYSTORY_MEDIA_STORAGE cannot be used: {error}.",
                hint="Install its package (requirements/object-store.txt has django-storages with S3) "
                "and look at MYSTORY_MEDIA_OPTIONS.",
                id="mystory.E002",
            )
        ]
    return []


def letters(databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """Under LC_CTYPE C, PostgreSQL takes only a to z for letters: search would lose 11 of the 13 languages."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(TWO_WORDS)
            if cursor.fetchone() != (2,):
                found.append(
                    Error(
                        f"The database {connections[alias].settings_dict['NAME']} does not know the letters "
                        "of Indian scripts (its LC_CTYPE is C).",
                        hint="Make it anew: CREATE DATABASE ... TEMPLATE template0 LOCALE 'C.UTF-8'.",
                        id="mystory.E001",
                    )
                )
    return found
