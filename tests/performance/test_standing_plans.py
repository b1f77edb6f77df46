"""Where a story stands is said from a few entries of an index, with 10,000 waiting and 100,000 answers given."""

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from stories.models import Draft, Story, Submission, Wait
from stories.workflow.measuring import MOST_MEASURED, measure_waits
from stories.writing.known import places_in_line
from tests.performance.conftest import tell_as_vacuumed

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# A hundred thousand in fifty days, ten for each submission, each of a text of its own.
ANSWERS = """
INSERT INTO stories_decision (submission_id, round, kind, revision_id, sha256, claim_id, decided_by_id, decided_at,
                              waiting_since, note, disclaimers)
SELECT (SELECT min(id) FROM stories_submission) + n / 10, 1 + n % 10, 'return', r.id, r.sha256, n, r.story_id,
       now() - n * interval '43 seconds', now() - n * interval '43 seconds' - n % 100 * interval '1 hour', 'Why.', '{}'
  FROM (SELECT row_number() OVER (ORDER BY id) AS n, * FROM stories_revision LIMIT 100000) r
"""


def give_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(ANSWERS)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE stories_decision")


def test_place_in_line_is_read_from_so_many_entries_and_no_more(plan_of):
    plan = plan_of(places_in_line)

    assert plan.read_whole == set()
    assert "submission_waiting" in plan.indexes
    assert plan.buffers < 500


def test_waits_are_measured_and_said_without_reading_a_table_whole(plan_of):
    last = Submission.objects.waiting().order_by("-queued_at", "-id").select_related("story").first()
    give_answers()
    author = User.objects.get(pk=last.story.author_id)
    mine = Story.objects.written_by(author).values_list("pk", flat=True)
    Draft.objects.bulk_create(Draft(story_id=pk, saved_at=last.queued_at) for pk in mine)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE stories_draft")
        # an author of many stories of whom the statistics know nothing
        cursor.execute("ALTER TABLE stories_authorship ALTER author_id SET STATISTICS 1")
        cursor.execute("ANALYZE stories_authorship")
        tell_as_vacuumed(cursor)
    client = Client()
    client.force_login(author)

    measuring, again = plan_of(measure_waits), plan_of(measure_waits)
    pages = []
    listing = plan_of(lambda: pages.append(client.get("/writing/").content.decode()))

    assert Wait.objects.get(language="", topic="").decisions == MOST_MEASURED
    assert measuring.indexes >= {"decision_of_late", "stories_revision_pkey"}
    assert measuring.read_whole == set()
    assert again.buffers < 20  # what is there is fresh
    assert listing.read_whole == set()
    assert "author_desk" in listing.indexes
    assert listing.buffers < 1500
    assert "answers given in the last 30 days" in pages[0]
