"""Django's migrate, run as the role that owns the tables; the site's own role then gets its rights."""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

from mystory.database.rights import grant_site_rights
from mystory.problem import Problem
from stories.models.record import RECORD_TABLES

# Any number that nothing else on the server locks: two starts at once migrate one after the other.
LOCK = 5_281_160_417


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        site = connections[DEFAULT_DB_ALIAS].settings_dict
        owner = connections["owner"].settings_dict
        apart = site["USER"] != owner["USER"] and options["database"] == DEFAULT_DB_ALIAS
        with owner_as_default() if apart else contextlib.nullcontext(), one_at_a_time(options["database"]):
            refuse_what_stopped_halfway(options["database"])
            super().handle(*args, **options)
            call_command("createcachetable", database=options["database"], verbosity=0)
            if apart:
                grant_site_rights(
                    connections[DEFAULT_DB_ALIAS], site=site["USER"], record_tables=RECORD_TABLES
                )


@contextlib.contextmanager
def owner_as_default() -> Iterator[None]:
    """Both names lead to one connection, so that a migration which names none is the owner's too."""
    site = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections["owner"]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = site
        connections["owner"].close()


@contextlib.contextmanager
def one_at_a_time(database: str) -> Iterator[None]:
    with connections[database].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connections[database].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def refuse_what_stopped_halfway(database: str) -> None:
    """A file that stands for several older ones does nothing where they all ran, and cannot do a part of them."""
    loader = MigrationLoader(connections[database])
    there = loader.applied_migrations
    missing = [
        target for file in loader.replacements.values() for target in file.replaces if target not in there
    ]
    if any(
        0 < len(set(file.replaces) - set(there)) < len(file.replaces) for file in loader.replacements.values()
    ):
        raise Problem(
            "This database is older than what this release can bring up to date, and nothing was changed: run "
            f"`manage.py migrate` of the release that has the migration {'.'.join(max(missing))}, then this one's."
        )
