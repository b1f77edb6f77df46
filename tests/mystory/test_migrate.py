"""What `migrate` does with a database of an older release, and what every function of ours says."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mystory.management.commands.migrate import refuse_what_stopped_halfway
from mystory.problem import Problem


def forget(names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'stories' AND name ~ %s", [names])
        assert cursor.rowcount


def test_database_with_all_older_migrations_has_nothing_to_run(db):
    forget(
        "^00(0[1-6]_(texts|shelves|desk|conversation|redress|members)|[01][0-9]_guards_of_|13_what_a_site)"
    )

    executor = MigrationExecutor(connection)
    refuse_what_stopped_halfway("default")

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.parametrize(
    "last",
    ["0001_stories", "0037_due_times_and_shelves", "0030_note_guards", "0038_taking_over_and_presence"],
)
def test_database_that_stopped_among_older_migrations_is_refused(db, last):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'stories' AND name > %s", [last])

    with pytest.raises(Problem) as refused:
        refuse_what_stopped_halfway("default")

    assert "stories.0039_neither_shelf_nor_second_words" in str(refused.value)


def test_functions_look_in_their_own_schema(db):
    """But for those that only reckon, which an index or another function calls."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND provolatile <> 'i'"
            " AND proname ~ '^(stories|accounts)_'"
            " AND NOT coalesce('search_path=public, pg_temp' = ANY (proconfig), false)"
        )
        assert cursor.fetchall() == []
