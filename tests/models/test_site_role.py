"""The site's own database role: it adds to the record and reads it, and that is all."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from mystory.database.addresses import SITE
from mystory.database.rights import grant_site_rights
from stories.models import RECORD_TABLES, Disclaimer, Event
from stories.workflow.claiming import claim_next
from stories.workflow.disclaiming import offered_versions, write_version
from stories.workflow.rewording import order_rewording, reword_batch
from stories.workflow.taking_back import Meant, carry_out_due, hold, take_back
from tests.stories import approve_claimed, make_claimed, make_published, make_waiting, read


@pytest.fixture
def as_site(db) -> Iterator[None]:
    """This test's connection, with the rights of the role that the site runs as."""
    grant_site_rights(connection, site=SITE, record_tables=RECORD_TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {SITE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def refusal(statement: str) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return str(error)
    return ""


def test_site_role_makes_the_whole_trip(author, editor, as_site):
    make_waiting(author)
    approve_claimed(claim_next(by=editor, key=uuid4()))

    assert Event.objects.count() == 4


def test_site_role_holds_decisions_and_words_disclaimers_anew(
    author, editor, chief_editor, as_site, settings
):
    settings.TAKE_BACK_SECONDS = 30
    taken = make_claimed(author, editor=editor)
    answer = Meant("approve", disclaimers=offered_versions("en")[:1])
    take_back(hold(read(taken), answer, by=editor), by=editor)
    carry_out_due(at=hold(read(taken), answer, by=editor).due_at)
    community = Disclaimer.objects.get(key="community")
    newest = write_version(community, by=chief_editor, language="en", label="Ours", text="By {site}.")

    assert reword_batch(order_rewording(newest, by=chief_editor, note="Clearer.")) == 1


@pytest.mark.parametrize("table", RECORD_TABLES)
def test_site_role_cannot_rewrite_the_record(author, editor, as_site, table):
    make_published(author, editor=editor)

    assert refusal(f"SELECT * FROM {table}") == ""
    assert "permission denied" in refusal(f"UPDATE {table} SET id = id")
    assert "permission denied" in refusal(f"DELETE FROM {table}")
    assert "permission denied" in refusal(f"TRUNCATE {table} CASCADE")
    assert "must be owner" in refusal(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    assert "must be owner" in refusal(f"DROP TABLE {table}")


@pytest.mark.parametrize("table", ["stories_story", "stories_submission", "stories_claim"])
def test_site_role_cannot_switch_a_guard_off(as_site, table):
    assert "must be owner" in refusal(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    assert "permission denied" in refusal("SET session_replication_role = replica")
    assert "must be owner" in refusal("DROP FUNCTION stories_refuse_unapproved() CASCADE")
