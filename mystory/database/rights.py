"""What the site's own role may do with the tables that the owner made: add to the record, never change it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2 import sql

# Written by migrations only.
READ_ONLY_TABLES = ("django_migrations",)


def grant_site_rights(owner: BaseDatabaseWrapper, *, site: str, record_tables: Iterable[str]) -> None:
    """To be run after each migration, as the owner. All rights are taken first, so a table can also lose some."""
    role = sql.Identifier(site)
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        there = set(owner.introspection.table_names(cursor))
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {role}",
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=role))
        for table in sorted(there.intersection(record_tables)):
            taken = sql.SQL("REVOKE UPDATE, DELETE ON {table} FROM {role}")
            cursor.execute(taken.format(table=sql.Identifier(table), role=role))
        for table in sorted(there.intersection(READ_ONLY_TABLES)):
            taken = sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}")
            cursor.execute(taken.format(table=sql.Identifier(table), role=role))
