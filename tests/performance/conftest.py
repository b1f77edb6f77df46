"""A hundred thousand public stories and ten thousand that wait, in a transaction that is taken back at the end."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from bench.fill import Size, fill
from tests.cast import make_member

STORIES = 100_000
WAITING = 10_000
A_FEW = 500
BIG = {
    "stories_story",
    "stories_revision",
    "stories_rendering",
    "stories_topiclisting",
    "stories_taglisting",
    "stories_carrieddisclaimer",
    "stories_searchentry",
    "stories_submission",
    "stories_decision",
    "stories_reportgroup",
    "stories_report",
    "stories_appeal",
    "stories_hearing",
    "stories_notice",
    "stories_savedtext",
    "stories_picture",
    "accounts_user",
}


@pytest.fixture(scope="package")
def many_stories(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        leave_nothing_behind()
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            fill(cursor, Size(stories=STORIES, words=12, waiting=WAITING, authors=10_000))
            tell_as_vacuumed(cursor)
        make_member("esther-thomas", "Esther Thomas", role=Role.EDITOR)
        yield
        transaction.set_rollback(True)


def leave_nothing_behind() -> None:
    """Of what the tests before wrote: dead rows fill pages, and whoever reads a small table reads those too."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")


def tell_as_vacuumed(cursor: CursorWrapper) -> None:
    """As autovacuum would: it cannot see rows of an open transaction, so the planner would take an index that
    answers alone for one that has to look at each row."""
    cursor.execute(
        "UPDATE pg_class SET relallvisible = relpages"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )


@pytest.fixture(autouse=True)
def on_many_stories(many_stories: None) -> None:
    """What a test changes is taken back by its own transaction, inside the one of the many stories."""


@dataclass(frozen=True)
class Plan:
    read_whole: frozenset[str]  # big tables that a statement read from end to end
    indexes: frozenset[str]
    buffers: int


@pytest.fixture
def plan_of() -> Callable[[Callable[[], object]], Plan]:
    """Runs something, then asks PostgreSQL how it answered each of its SELECTs."""

    def plan(run: Callable[[], object]) -> Plan:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            run()
        nodes: list[dict] = []
        buffers = 0
        for query in asked.captured_queries:
            sql = query["sql"].lstrip(" (\n")
            if sql.startswith(("SELECT", "EXECUTE", "WITH")) and "set_config" not in sql:
                root = _explain(query["sql"])
                buffers += root["Shared Hit Blocks"] + root["Shared Read Blocks"]
                nodes += _walk(root)
        whole = {
            node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan" and _rows(node) > A_FEW
        }
        return Plan(
            read_whole=frozenset(whole & BIG),
            indexes=frozenset(node["Index Name"] for node in nodes if "Index Name" in node),
            buffers=buffers,
        )

    return plan


def _explain(sql: str) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}".replace("%", "%%"), [])
        (found,) = cursor.fetchone()
    explained = json.loads(found) if isinstance(found, str) else found
    return explained[0]["Plan"]


def _rows(node: dict) -> int:
    """Rows that were looked at: a LIMIT above may have stopped the reading early."""
    return (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]


def _walk(node: dict) -> list[dict]:
    return [node, *(inner for child in node.get("Plans", []) for inner in _walk(child))]
