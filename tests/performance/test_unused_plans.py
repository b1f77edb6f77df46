"""With 100,000 pictures, looking for the unused ones and mapping what was published before read no table whole."""

import pytest
from django.db import connection
from django.utils import timezone

from stories.models import Picture
from stories.workflow.unused import KEPT_UNUSED, look_for_unused_pictures, throw_unused_pictures_away
from tests.performance.test_plans import get

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

PICTURES = """
INSERT INTO stories_picture (owner_id, name, sha256, mime, width, height, size, colour, created_at, recipe, widths,
                             kinds, variants_tries, looked_at)
SELECT 1 + n % 10000, 'pictures/' || n || '.webp', md5(n::text) || md5(n::text), 'image/webp', 1600, 900, 1234,
       '#aa8866', now(), 1, '{}', '{}', 0, now() - n * interval '1 minute'
  FROM generate_series(1, 100000) n
"""
# One in fifty members has one beside the name, and one in fifty texts shows one and was somewhere before.
OF_MEMBERS = "UPDATE accounts_user SET picture = 'pictures/' || 90001 + id || '.webp' WHERE id % 50 = 0"
OF_TEXTS = """
UPDATE stories_revision SET cover = '/media/pictures/' || id || '.webp', disclosures = '{before=https://old.example/}'
 WHERE id % 50 = 0
"""


def fill(*statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")
        for index in ("revision_pictures_shown", "saved_text_pictures_shown", "draft_pictures_shown"):
            cursor.execute("SELECT gin_clean_pending_list(%s)", [index])
        cursor.execute("ANALYZE stories_picture, stories_revision, accounts_user")


def test_looking_reads_a_few_entries_of_each_index(plan_of):
    fill(PICTURES, OF_MEMBERS, OF_TEXTS)
    at = timezone.now()

    looking = plan_of(lambda: look_for_unused_pictures(at=at))
    looked_at = Picture.objects.filter(looked_at=at)
    found = (looked_at.count(), looked_at.filter(unused_since=None).count())
    looked_at.update(unused_since=at - KEPT_UNUSED)
    throwing = plan_of(lambda: throw_unused_pictures_away(at=at, at_most=10))

    assert found == (200, 8)  # four of members and four of texts
    assert Picture.objects.filter(unused_since__isnull=False).count() == 190
    assert looking.indexes >= {"picture_to_look_at", "revision_pictures_shown", "user_with_picture"}
    assert (looking.read_whole, throwing.read_whole) == (set(), set())
    assert looking.buffers < 3000
    assert throwing.buffers < 1000


def test_map_reads_only_the_texts_that_disclose_something(plan_of):
    fill(OF_TEXTS)
    pages = []

    plan = plan_of(lambda: pages.append(get("/sitemap-3.xml")().content))

    assert pages[0].count(b"<url>") == 20_000 - 400
    assert plan.read_whole == set()
    assert "revision_that_discloses" in plan.indexes
