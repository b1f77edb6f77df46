"""The record in words: narrowed, by pages, for those who may read it."""

import csv
import io
import json
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stories.moderation import record_log
from stories.moderation.record_log import Narrowing, log_page
from stories.sheets import BYTE_ORDER_MARK, cell
from tests.stories import make_claimed, make_declined, make_published, make_returned, make_waiting


def said(response) -> list[tuple[str, str]]:
    return [
        (entry.event.actor.username if entry.event.actor else "", entry.event.action)
        for entry in response.context["entries"]
    ]


def test_log_says_who_did_what_newest_first(desk, author, other_editor):
    make_returned(author, editor=other_editor, note="Say more about the oven.")

    page = desk.get("log")

    assert said(page) == [("farid-ahmed", "return"), ("farid-ahmed", "claim"), ("asha-rao", "submit")]
    assert "Say more about the oven." in page.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"action": "publish"}, ["publish"]),
        ({"editor": "Farid-Ahmed"}, ["publish", "approve", "claim"]),
        ({"author": "bilal-khan"}, ["submit"]),
        (
            {"action": "no-such", "editor": "", "page": "x"},
            ["submit", "publish", "approve", "claim", "submit"],
        ),
        ({"story": "nonsense"}, ["submit", "publish", "approve", "claim", "submit"]),
        ({"story": str(2**63)}, ["submit", "publish", "approve", "claim", "submit"]),
        ({"editor": "nobody-here"}, []),
        ({"editor": "nobody\x00"}, ["submit", "publish", "approve", "claim", "submit"]),
        (
            {"since": "2026-02-30", "until": "0001-01-01", "reason": "no-such"},
            ["submit", "publish", "approve", "claim", "submit"],
        ),
        ({"since": "9999-12-31", "until": "9999-12-31"}, ["submit", "publish", "approve", "claim", "submit"]),
    ],
)
def test_log_is_narrowed(desk, author, other_author, other_editor, query, expected):
    make_published(author, editor=other_editor)
    make_waiting(other_author)

    assert [action for _, action in said(desk.get("log", **query))] == expected


def test_log_of_one_story(desk, author, other_author):
    make_waiting(author)
    story = make_waiting(other_author).story

    assert said(desk.get("log", story=story.pk)) == [("bilal-khan", "submit")]


def test_log_leaves_out_ones_own_stories(desk, other_desk, editor):
    make_waiting(editor)

    assert said(desk.get("log")) == []
    assert said(other_desk.get("log")) == [("esther-thomas", "submit")]


def test_log_is_not_found_without_the_permission(desk, editor):
    group = editor.groups.get()
    group.permissions.remove(group.permissions.get(codename="read_log"))

    assert desk.get("log").status_code == 404


def test_log_pages_hold_every_event_once(desk, author, editor, monkeypatch):
    monkeypatch.setattr(record_log, "ROWS", 2)
    for number in range(3):
        make_claimed(author, editor=editor, title=f"Story {number}")
    seen, cursor = [], ""

    while True:
        page = desk.get("log", page=cursor, author="asha-rao")
        seen += [entry.event.pk for entry in page.context["entries"]]
        cursor = page.context["page"].next_cursor
        if not cursor:
            break

    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 6


@pytest.mark.parametrize("stories", [1, 3, 30])
def test_log_asks_the_same_queries(desk, author, django_assert_num_queries, stories):
    for number in range(stories):
        make_waiting(author, title=f"Story {number}")
    desk.get("log")

    with django_assert_num_queries(7):
        desk.get("log")


def test_log_of_some_days_counts_both_in_the_zone_of_the_site(desk, author):
    wall = ZoneInfo("Asia/Kolkata")
    for day, hour in ((10, 23), (11, 0), (12, 23), (13, 0)):
        make_waiting(author, title=f"Day {day}", at=datetime(2026, 3, day, hour, 30, tzinfo=wall))

    page = desk.get("log", since="2026-03-11", until="2026-03-12")

    assert [entry.title for entry in page.context["entries"]] == ["Day 12", "Day 11"]


def test_log_of_a_reason(desk, author, other_editor, reason):
    make_published(author, editor=other_editor)
    make_declined(author, editor=other_editor, reason=reason, title="Buy this")

    page = desk.get("log", reason=reason.code)

    assert said(page) == [("farid-ahmed", "decline")]
    assert f"Reason: {reason.label}" in page.content.decode()
    assert said(desk.get("log", reason=reason.code, since="2999-01-01")) == []
    assert "Nothing in the log is like this" in desk.get("log", reason="copied").content.decode()


def taken_away(answer) -> list[list[str]]:
    text = answer.getvalue().decode()
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text[1:])))


def test_log_is_taken_away_by_who_answers_for_the_site(
    desk, chief_desk, author, other_editor, caplog, monkeypatch
):
    monkeypatch.setattr(record_log, "ROWS_AT_ONCE", 2)
    make_returned(author, editor=other_editor, note="=cmd|' /C calc'!A0")

    answer = chief_desk.get("export_log", author="asha-rao")
    rows = taken_away(answer)

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert [row[2] for row in rows] == ["what", "return", "claim", "submit"]
    assert rows[1][-1] == "'=cmd|' /C calc'!A0"
    assert "charu-sen takes the desk's log away" in caplog.text
    assert [row[2] for row in taken_away(chief_desk.get("export_log", action="claim"))] == ["what", "claim"]
    assert desk.get("export_log").status_code == 404
    assert "log.csv" not in desk.get("log").content.decode()
    assert "log.csv?author=asha-rao" in chief_desk.get("log", author="asha-rao").content.decode()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"), (" =1", "' =1"),
        ("1=1", "1=1"), (-1, "-1"), (None, ""), ("नमस्ते", "नमस्ते"),
    ],
)  # fmt: skip
def test_cell_is_never_a_formula(value, written):
    assert cell(value) == written


@pytest.fixture
def a_long_record(author, other_author, editor, reason):
    """Copies of what really happened, backwards through three years: 100,000 events of 400 actors and six actions."""
    make_declined(author, editor=editor, reason=reason)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "INSERT INTO accounts_user (username, email, password, is_superuser, display_name, bio, picture, links,"
            " languages, terms_version, date_joined, is_active, is_staff) SELECT 'crowd-' || n, n || '@crowd.example',"
            " '', false, '', '', '', '[]', '{}', '', now(), true, false FROM generate_series(1, 400) n"
        )
        cursor.execute(
            "INSERT INTO stories_event (id, story_id, submission_id, action, machine, from_state, to_state, actor_id,"
            " note, data, at, xact) SELECT 1000000 + n, e.story_id, e.submission_id,"
            " (ARRAY['submit', 'claim', 'approve', 'return', 'decline', 'warn'])[1 + n %% 6], '', '', '',"
            " u.first + n %% 400, '', '{}', now() - n * interval '15 minutes', 0"
            " FROM (SELECT * FROM stories_event WHERE action = 'decline') e,"
            " (SELECT min(id) AS first FROM accounts_user WHERE username LIKE 'crowd-%%') u,"
            " generate_series(1, 100000) n",
            [],
        )
        cursor.execute(
            "INSERT INTO stories_publicline (event_id, at, kind, family, reason, led_by, language, topics)"
            " SELECT id, at, action, 'rules', 'kind-' || mod(id, 20), 'own', 'en', '{}' FROM stories_event"
            " WHERE id > 1000000 AND action IN ('decline', 'approve')"
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        for table in ("accounts_user", "stories_event", "stories_publicline"):
            cursor.execute(f"ANALYZE {table}")


def plan_of(run) -> tuple[set[str], set[str], int]:
    """The indexes that were used, the growing tables that were read whole, and how many rows were looked at."""
    with CaptureQueriesContext(connection) as asked:
        run()
    nodes, indexes, whole, rows = [], set(), set(), 0
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + query["sql"].replace("%", "%%"), [])
            (found,) = cursor.fetchone()
        nodes.append((found if isinstance(found, list) else json.loads(found))[0]["Plan"])
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        rows += node["Actual Rows"] * node["Actual Loops"]
        if "Index Name" in node:
            indexes.add(node["Index Name"])
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in (
            "stories_event",
            "stories_publicline",
        ):
            whole.add(node["Relation Name"])
    return indexes, whole, rows


def test_log_of_a_hundred_thousand_events_is_read_from_its_indexes(a_long_record, chief_editor):
    narrowed = {
        Narrowing(): "event_log",
        Narrowing(action="decline"): "event_log_of_action",
        Narrowing(editor="crowd-7"): "event_log_of_actor",
        Narrowing(reason="kind-4"): "public_line_of_reason",
        Narrowing(until=date(2025, 6, 1)): "event_log",
    }
    for narrowing, expected in narrowed.items():
        first = log_page(chief_editor, narrowing, cursor="")
        for cursor in ("", first.next_cursor):
            indexes, whole, rows = plan_of(partial(log_page, chief_editor, narrowing, cursor=cursor))
            assert expected in indexes, narrowing
            assert whole == set(), narrowing
            assert rows < 1000, narrowing
