"""Somebody who has taken over the site, and so its database role, meets the guards all the same."""

import pytest
from django.db import DatabaseError, connection, transaction

from stories.models import Story
from tests.stories import make_waiting


@pytest.fixture
def sent(site_role):
    """What the site's role sends."""
    with connection.cursor() as sent:
        yield sent


def test_guards_are_not_led_astray_by_a_table_of_the_same_name(author, sent):
    """PostgreSQL looks for a table among the temporary ones first."""
    submission = make_waiting(author)
    sent.execute("CREATE TEMP TABLE stories_decision AS SELECT * FROM public.stories_decision LIMIT 0")
    sent.execute(
        "INSERT INTO pg_temp.stories_decision (id, submission_id, revision_id, sha256, kind, decided_at)"
        " SELECT 1, %s, id, sha256, 'approve', now() FROM stories_revision WHERE id = %s",
        [submission.pk, submission.revision_id],
    )

    with pytest.raises(DatabaseError, match="approved"), transaction.atomic():
        sent.execute(
            "UPDATE stories_story SET state = 'published', slug = 'x', published_revision_id = %s,"
            " published_at = now(), first_published_at = now() WHERE id = %s",
            [submission.revision_id, submission.story_id],
        )

    assert Story.objects.get(pk=submission.story_id).state == "draft"


def test_every_guard_names_the_schema_it_looks_in(db):
    with connection.cursor() as sent:
        sent.execute(
            "SELECT proname FROM pg_proc JOIN pg_language l ON l.oid = prolang WHERE lanname = 'plpgsql'"
            " AND pronamespace = 'public'::regnamespace"
            " AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=public, pg_temp']"
        )
        loose = [name for (name,) in sent.fetchall()]

    assert loose == []
