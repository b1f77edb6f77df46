"""What every test may ask for: a throw-away PostgreSQL, the cast, a browser."""

import contextlib
import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg2 import sql

from mystory.database.addresses import SITE
from mystory.database.cluster import THROW_AWAY, Cluster
from mystory.database.rights import grant_site_rights
from mystory.database.roles import lay_out_roles
from mystory.database.stale import is_alive
from mystory.problem import Problem
from stories.models.record import RECORD_TABLES
from tests.ready import is_ready, make_ready, ready_name
from tests.settings import TEST_DIR

pytest_plugins = ["tests.browser", "tests.cast", "tests.sharing_out"]

closing = contextlib.ExitStack()


def is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def pytest_configure(config: pytest.Config) -> None:
    """One server for a test command and all its workers, and for every other command in this tree meanwhile."""
    if is_worker() or not os.environ.get("MYSTORY_TEST_EMBEDDED") or config.option.collectonly:
        return
    cluster = Cluster(TEST_DIR, options={**THROW_AWAY, "max_connections": "200"})
    try:
        closing.enter_context(cluster.in_use())
    except Problem:
        # Data written without fsync does not outlive the machine: begin anew.
        shutil.rmtree(cluster.data, ignore_errors=True)
        closing.enter_context(cluster.in_use())
    lay_out_roles(cluster)
    drop_databases_of_killed_commands(cluster)


def pytest_collection_finish() -> None:
    """What was imported and collected stays: looking through it again and again took an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_unconfigure() -> None:
    closing.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who needs the browser is marked by what it asks for, and waits until the quick tests are through."""
    for item in items:
        if "playwright" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def drop_databases_of_killed_commands(cluster: Cluster) -> None:
    with contextlib.closing(cluster.connect()) as there, there.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_mystory\\_%'")
        for (name,) in cursor.fetchall():
            if not is_alive(int(name.split("_")[2])):
                cursor.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path: Path) -> Path:
    """What a test uploads lies in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings) -> None:
    """On our own server the tables are copied where they lie ready, and Django finds nothing left to migrate."""
    if os.environ.get("MYSTORY_TEST_EMBEDDED") and is_ready(ready_name()):
        connection.settings_dict["TEST"]["TEMPLATE"] = ready_name()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Transactional tests empty the tables. Here that leaves what the migrations put there, and it gets past
    the record's triggers, which refuse it even to the owner."""
    flush = DatabaseOperations.execute_sql_flush
    with django_db_blocker.unblock():
        if os.environ.get("MYSTORY_TEST_EMBEDDED") and not connection.settings_dict["TEST"].get("TEMPLATE"):
            connection.close()
            make_ready(ready_name(), source=connection.settings_dict["NAME"])
        restore = keep_what_migrations_made()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SITE])
            if not cursor.fetchone():  # on a server of DATABASE_URL
                cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(SITE)))
        grant_site_rights(connection, site=SITE, record_tables=RECORD_TABLES)
    before, after = "SET session_replication_role = replica", "SET session_replication_role = DEFAULT"

    def flush_and_restore(operations: DatabaseOperations, statements: list[str]) -> None:
        flush(operations, [before, *statements, *restore, after])

    def delete(operations: DatabaseOperations, style: object, tables: list[str], **_: object) -> list[str]:
        """A few rows in sixty tables: TRUNCATE would make all their files anew."""
        return [f"DELETE FROM {operations.quote_name(table)}" for table in tables]

    # On the class: where a browser's event loop runs, Django hands out another connection object.
    DatabaseOperations.execute_sql_flush = flush_and_restore
    DatabaseOperations.sql_flush = delete


def keep_what_migrations_made() -> list[str]:
    """Copies of all rows in a schema of their own, and the statements that bring them back."""
    restore = []
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA kept")
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
                " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
                [table],
            )
            (columns,) = cursor.fetchone()
            cursor.execute(f'CREATE TABLE kept."{table}" AS SELECT {columns} FROM public."{table}"')
            if cursor.rowcount and table != "django_migrations":
                restore.append(
                    f'INSERT INTO public."{table}" ({columns}) SELECT {columns} FROM kept."{table}"'
                )
    return restore


@pytest.fixture
def site_role(db) -> Iterator[str]:
    """The rest of the test runs with the rights of the site's own role."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(SITE)))
    yield SITE
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
