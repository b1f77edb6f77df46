"""What keeps the site from starting, as one sentence that says what to do."""

import contextlib
import errno
import sys
from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError

# The last is PostgreSQL's hint after a write that found room for a part only.
FULL = ("No space left on device", "Disk quota exceeded", "Check free disk space")


class Problem(Exception):
    """Its text is shown to a person as it is, without a trace-back."""


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """Turns what a person can put right into a sentence and exit code 1; what is our own fault stays a trace-back."""
    try:
        yield
    except (Problem, ImproperlyConfigured) as problem:
        sys.exit(str(problem))
    except DatabaseError as error:
        cause = first_of_database(error)
        if not (isinstance(error, OperationalError) or is_about_full_disk(str(cause))):
            raise
        sys.exit(database_sentence(cause))
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS}:
            raise
        sys.exit(file_sentence(error))


def first_of_database(error: DatabaseError) -> DatabaseError:
    """What failed before `error` failed, as when a transaction's other statements follow the one that found no room.

    Only what the database said: a row that was looked for in vain before it was written stands in the chain too.
    """
    first, before = error, error.__context__
    while before is not None:
        first, before = (before if isinstance(before, DatabaseError) else first), before.__context__
    return first


def database_sentence(error: BaseException) -> str:
    reason = " ".join(str(error).split()).rstrip(".")
    if is_about_full_disk(reason):
        return "The disk that holds the database is full. Free some space and run the command again."
    return (
        f"The database does not answer ({reason}): start it, or put DATABASE_URL right; "
        "with DATABASE_URL unset the site uses a PostgreSQL of its own."
    )


def is_about_full_disk(text: str) -> bool:
    return any(words in text for words in FULL)


def file_sentence(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        where = f" that holds {error.filename}" if error.filename else ""
        return f"The disk{where} is full. Free some space and run the command again."
    return f"{error.filename} cannot be written: give yourself the right to, or set MYSTORY_VAR to another folder."
