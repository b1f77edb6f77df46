"""With 100,000 reported stories and as many appeals, the desk's lists and the clock read their indexes."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from stories.models import Hearing, ReportGroup
from stories.models.keyset import _number
from stories.workflow.appeal_claiming import expire_appeal_claims
from stories.workflow.appeal_keeping import escalate_appeals, warn_of_appeals
from stories.workflow.report_claiming import expire_report_claims
from stories.workflow.report_keeping import escalate_reports

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

MANY = 100_000
# Most are over, as after years; every tenth waits, a minute after the one before.
FILL = (
    """
    INSERT INTO stories_reportgroup (id, story_id, state, opened_at, weight, look_by, due_at, ended_at)
    SELECT n, n, CASE WHEN n %% 10 = 0 THEN 'waiting' ELSE 'dismissed' END, now(), 0.4,
           now() + n * interval '1 minute', now() + interval '10 days' + n * interval '1 minute',
           CASE WHEN n %% 10 <> 0 THEN now() END
      FROM generate_series(1, %(many)s) n
    """,
    """
    INSERT INTO stories_report (group_id, revision_id, kind, passage, address, explanation, is_about_minors,
        in_good_faith, reporter_id, name, email, key, token_sha256, made_at)
    SELECT n, n, 'copied', '', '', 'It stands in my book.', false, true, 1 + n %% 200, '', '', gen_random_uuid(),
           md5(n::text) || md5(n::text), now()
      FROM generate_series(1, %(many)s) n
    """,
    """
    INSERT INTO stories_appeal (id, story_id, removal_id, revision_id, by_id, text, key, made_at)
    SELECT n, n, n, n, 1, 'I wrote that book.', gen_random_uuid(), now() FROM generate_series(1, %(many)s) n
    """,
    """
    INSERT INTO stories_hearing (id, appeal_id, state, due_at, ended_at)
    SELECT n, n, CASE WHEN n %% 10 = 0 THEN 'open' ELSE 'rejected' END,
           now() + interval '10 days' + n * interval '1 minute', CASE WHEN n %% 10 <> 0 THEN now() END
      FROM generate_series(1, %(many)s) n
    """,
)


@pytest.fixture(scope="module")
def desk(many_stories: None, django_db_blocker) -> Iterator[Client]:
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in FILL:
                cursor.execute(statement, {"many": MANY})
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
            for table in ("reportgroup", "report", "appeal", "hearing"):
                cursor.execute(f"ANALYZE stories_{table}")
        client = Client()
        client.force_login(User.objects.get(username="esther-thomas"))
        yield client
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("path", "index", "deep"),
    [
        ("/moderation/reports/", "reports_to_look_at", lambda: ReportGroup.objects.get(pk=90_000)),
        ("/moderation/appeals/", "appeals_to_answer", lambda: Hearing.objects.get(pk=90_000)),
    ],
)
def test_list_is_read_from_its_index_however_deep(plan_of, desk, path, index, deep):
    row = deep()
    moment = row.look_by if isinstance(row, ReportGroup) else row.due_at

    first = plan_of(lambda: desk.get(path))
    later = plan_of(lambda: desk.get(f"{path}?page=o{_number(moment):x}.{row.pk:x}"))

    for plan in (first, later):
        assert plan.read_whole == set()
        assert index in plan.indexes
    assert later.buffers <= first.buffers * 1.3 + 20


@pytest.mark.parametrize(
    "due", [escalate_reports, expire_report_claims, warn_of_appeals, escalate_appeals, expire_appeal_claims]
)
def test_clock_reads_no_table_whole(plan_of, desk, due):
    plan = plan_of(due)

    assert plan.read_whole == set()
    assert plan.buffers < 100


@pytest.mark.parametrize("page", ["reports/90000/"])
def test_page_reads_no_table_whole(plan_of, desk, page):
    plan = plan_of(lambda: desk.get(f"/moderation/{page}"))

    assert plan.read_whole == set()
