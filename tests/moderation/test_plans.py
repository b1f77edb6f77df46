"""With many waiting the desk's pages read their indexes: no table that grows is read from end to end."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from stories.models import Answer, Note, Request
from stories.workflow.answering import Given, answer_requests
from stories.workflow.submitting import submit
from tests.stories import change_draft, make_claimed, make_returned

WAITING = 6000
AUTHORS = 2000
GROWING = {
    "stories_submission",
    "stories_story",
    "stories_revision",
    "stories_rendering",
    "stories_event",
    "stories_claim",
    "stories_decision",
    "stories_request",
    "stories_answer",
}


@pytest.fixture
def crowd(author, other_author, editor, other_editor):
    """One story that was really sent in, and its row copied as often as it takes."""
    make_claimed(author, editor=editor)
    make_claimed(author, editor=other_editor)
    first = make_returned(other_author, editor=other_editor, requests=["Name the year."])
    (asked,) = Request.objects.all()
    answer_requests(first, {asked.pk: Given(Answer.Kind.DONE)}, by=other_author)
    change_draft(first.story, title="With the year")
    submit(first.story, by=other_author)
    first.refresh_from_db()
    crowd = User.objects.bulk_create(
        User(username=f"crowd-{number}", email=f"crowd-{number}@mystory.example") for number in range(AUTHORS)
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "INSERT INTO stories_story (id, author_id, key, state, created_at)"
            " SELECT 100000 + n, %s + n %% %s, gen_random_uuid(), 'draft', now() FROM generate_series(1, %s) n",
            [crowd[0].pk, AUTHORS, WAITING],
        )
        cursor.execute(
            "INSERT INTO stories_revision (id, story_id, number, title, summary, body, language, topics, tags, cover,"
            " cover_alt, disclosures, pictures, sha256, draft_version, frozen_at)"
            " SELECT 100000 + n, 100000 + n, 1, 'Story ' || n, '', body, 'en', topics, tags, '', '', disclosures,"
            " pictures, sha256, 1, now() FROM stories_revision, generate_series(1, %s) n WHERE id = %s",
            [WAITING, first.revision_id],
        )
        cursor.execute(
            "INSERT INTO stories_rendering (revision_id, renderer_version, html, text, contents, links, words, minutes,"
            " excerpt, cover) SELECT 100000 + n, renderer_version, html, text, contents, links, words, minutes,"
            " excerpt, cover FROM stories_rendering, generate_series(1, %s) n WHERE revision_id = %s",
            [WAITING, first.revision_id],
        )
        cursor.execute(
            "INSERT INTO stories_submission (id, story_id, state, round, revision_id, version, opened_at, queued_at,"
            " due_at, language, topics)"
            " SELECT 100000 + n, 100000 + n, 'queued', 1, 100000 + n, 1, now(), now() + n * interval '1 second',"
            " now() + interval '30 days' + n * interval '1 minute', 'en', ARRAY['work'] FROM generate_series(1, %s) n",
            [WAITING],
        )
        cursor.execute(
            "INSERT INTO stories_event (story_id, submission_id, action, machine, from_state, to_state, actor_id, note,"
            " data, at, xact) SELECT 100000 + n, 100000 + n, 'submit', 'submission', '', 'queued', %s, '', '{}', now(),"
            " txid_current() FROM generate_series(1, %s) n",
            [other_author.pk, WAITING],
        )
        cursor.execute(
            'INSERT INTO stories_claim (id, submission_id, editor_id, key, claimed_at, expires_at, ended_at, "end")'
            " SELECT 100000 + n, 100000 + n, %s, gen_random_uuid(), now(), now(), now(), 'decided'"
            " FROM generate_series(1, %s) n",
            [other_editor.pk, WAITING],
        )
        cursor.execute(
            "INSERT INTO stories_decision (id, submission_id, round, kind, revision_id, sha256, claim_id,"
            " decided_by_id, decided_at, note, disclaimers) SELECT 100000 + n, 100000 + n, 1, 'return', 100000 + n, '',"
            " 100000 + n, %s, now(), 'More.', '{}' FROM generate_series(1, %s) n",
            [other_editor.pk, WAITING],
        )
        cursor.execute(
            "INSERT INTO stories_request (id, decision_id, position, text)"
            " SELECT 100000 + n, 100000 + n, 1, 'The year.' FROM generate_series(1, %s) n",
            [WAITING],
        )
        cursor.execute(
            "INSERT INTO stories_answer (request_id, kind, text, round, by_id, at)"
            " SELECT 100000 + n, 'done', '', 2, %s, now() FROM generate_series(1, %s) n",
            [other_author.pk, WAITING],
        )
        Note.objects.bulk_create(
            Note(submission_id=100001 + number, round=1, revision_id=100001 + number, kind="note", text="Here.",
                 by=other_editor, at=first.queued_at, key=uuid4())
            for number in range(WAITING)
        )  # fmt: skip
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")
    return first


def read_from_end_to_end(sql: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql)
        (plan,) = cursor.fetchone()
    nodes = [(plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]]
    found = set()
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in GROWING:
            found.add(node["Relation Name"])
    return found


def test_desk_reads_its_indexes(desk, crowd):
    deep = desk.get("queue").context["queue"].page.next_cursor
    pages = {
        "queue": lambda: desk.get("queue"),
        "deep in the queue": lambda: desk.get("queue", page=deep),
        "log": lambda: desk.get("log"),
        "log of an author": lambda: desk.get("log", author="asha-rao"),
        "review": lambda: desk.get("review", crowd.pk),
        "review beside what a colleague read": lambda: desk.get("review", crowd.pk, against="last"),
        "next": lambda: desk.post("next", key=uuid4()),
    }
    slow = {}

    for page, ask in pages.items():
        with CaptureQueriesContext(connection) as captured:
            ask()
        for sql in (query["sql"] for query in captured.captured_queries):
            if sql.startswith("SELECT") and (tables := read_from_end_to_end(sql)):
                slow[page, sql[:200]] = tables

    assert slow == {}
