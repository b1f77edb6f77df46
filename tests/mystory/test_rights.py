"""What the site's own role may do: everything to the site's tables, nothing but add to the record."""

import contextlib
from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from mystory import checks
from mystory.database.addresses import OWNER, SITE
from mystory.database.rights import grant_site_rights
from mystory.management.commands.migrate import owner_as_default
from stories.models.record import RECORD_TABLES

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


@pytest.fixture
def rights(db):
    grant_site_rights(connection, site=SITE, record_tables=RECORD_TABLES)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, array(SELECT wanted FROM unnest(%s) AS wanted"
            " WHERE has_table_privilege(%s, oid, wanted)) FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')",
            [list(RIGHTS), SITE],
        )
        return {table: tuple(held) for table, held in cursor.fetchall()}


def test_record_tables_exist_and_can_only_be_added_to(rights):
    assert {table: rights[table] for table in RECORD_TABLES} == dict.fromkeys(
        RECORD_TABLES, ("SELECT", "INSERT")
    )


def test_every_other_table_can_be_used_but_not_truncated_nor_given_triggers(rights):
    others = {held for table, held in rights.items() if table not in {*RECORD_TABLES, "django_migrations"}}

    assert others == {("SELECT", "INSERT", "UPDATE", "DELETE")}
    assert rights["django_migrations"] == ("SELECT",)


def refusal_of(statement: str) -> str:
    """What the database answers; the test's own transaction goes on."""
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(refused.value)


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE {} SET id = id",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "DROP TABLE {}",
        "CREATE TRIGGER mine AFTER INSERT ON {} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "ALTER TABLE {} OWNER TO mystory_site",
    ],
)
@pytest.mark.parametrize("table", RECORD_TABLES)
def test_site_role_cannot_change_the_record(rights, site_role, attempt, table):
    refusal = refusal_of(attempt.format(table))

    assert "permission denied" in refusal or "must be owner" in refusal


@pytest.mark.parametrize("attempt", ["SET session_replication_role = replica", "CREATE TABLE mine (id int)"])
def test_site_role_cannot_switch_triggers_off_nor_make_tables(rights, site_role, attempt):
    assert "permission denied" in refusal_of(attempt)


def test_rights_can_be_given_twice(rights):
    grant_site_rights(connection, site=SITE, record_tables=RECORD_TABLES)


def test_both_names_lead_to_the_owner_while_it_migrates(db):
    site, owner = connections["default"], connections["owner"]

    with owner_as_default():
        assert connections["default"] is owner

    assert connections["default"] is site


def test_one_role_for_everything_is_warned_of(monkeypatch):
    one = {"USER": "somebody", "HOST": "", "PORT": "", "NAME": "mystory"}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": one, "owner": one}))
    assert [warning.id for warning in checks.one_role()] == ["mystory.W001"]

    two = {"default": {**one, "USER": SITE}, "owner": {**one, "USER": OWNER}}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES=two))
    assert checks.one_role() == []


def test_database_that_knows_its_letters_is_not_complained_of(db):
    assert checks.letters(databases=["default"]) == []


def test_database_without_letters_is_refused(db):
    name = f"{connection.settings_dict['NAME']}_plain"
    beside = connection.copy()
    beside.settings_dict = {**connection.settings_dict, "NAME": "postgres"}
    plain = connection.copy()
    plain.settings_dict = {**connection.settings_dict, "NAME": name}
    with contextlib.closing(beside), beside.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'")
        known, connections["default"] = connections["default"], plain
        try:
            found = checks.letters(databases=["default"])
        finally:
            connections["default"] = known
            plain.close()
            cursor.execute(f"DROP DATABASE {name}")

    assert [error.id for error in found] == ["mystory.E001"]
