"""A database with all tables in it lies ready on the tests' own server, to be copied by whoever tests the same tables.

Copying takes a tenth of what making takes. Its name is the fingerprint of all that it was made from: whoever
changes a migration or a model makes a new one, which takes the place of the old. A fresh clone has none, so there the
migrations are run.
"""

import contextlib
import hashlib
from pathlib import Path

import psycopg2
from psycopg2 import sql

from mystory.database.cluster import Cluster
from tests.settings import TEST_DIR

ROOT = Path(__file__).parent.parent
MADE_FROM = (
    "*/migrations/*.py",
    "*/models.py",
    "stories/models/*.py",
    "mystory/database/*.py",
    "requirements/site.txt",
)


def ready_name() -> str:
    made_from = hashlib.sha256()
    for path in sorted(path for pattern in MADE_FROM for path in ROOT.glob(pattern)):
        made_from.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return f"ready_{made_from.hexdigest()[:16]}"


def is_ready(name: str) -> bool:
    with contextlib.closing(Cluster(TEST_DIR).connect()) as there, there.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def make_ready(name: str, *, source: str) -> None:
    """Nobody may be connected to the source. Two who do this at once, or a copy that is being taken, are no matter."""
    with contextlib.closing(Cluster(TEST_DIR).connect()) as there, there.cursor() as cursor:
        others = "SELECT datname FROM pg_database WHERE datname LIKE 'ready\\_%%' AND datname <> %s"
        cursor.execute(others, [name])
        for (old,) in cursor.fetchall():
            with contextlib.suppress(psycopg2.Error):
                cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
        with contextlib.suppress(psycopg2.Error):
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            cursor.execute(statement.format(sql.Identifier(name), sql.Identifier(source)))
