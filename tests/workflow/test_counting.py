"""What the desk did, counted by the clock: each number once, of the right time, and none that leads to anybody."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from stories.days import duration
from stories.figures import kept_large
from stories.models import Figure, PublicLine, Reason
from stories.moderation.desk_figures import interval, overturned
from stories.workflow.appealing import appeal, appealable, reject_appeal
from stories.workflow.claiming import claim
from stories.workflow.counting import count_figures
from stories.workflow.deciding import decline
from tests.redress.reports import make_claimed_appeal, make_report
from tests.stories import (
    approve_claimed,
    make_claimed,
    make_declined,
    make_published,
    make_waiting,
    read,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 14, 6, tzinfo=UTC)
SQL = """
INSERT INTO stories_publicline (event_id, at, kind, family, reason, led_by, language, topics, waited)
SELECT -%s - n, %s, %s, %s, %s, 'own', 'en', '{}', n * 3600 FROM generate_series(1, %s) n
"""


@pytest.fixture
def reason(db) -> Reason:
    return Reason.objects.get(code="advertising")


def make_lines(number: int, *, kind: str, at: datetime = OCTOBER, family: str = "", reason: str = "") -> None:
    """Lines past the guards, without their events."""
    first = PublicLine.objects.count() * 1000 + 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(SQL, [first, at, kind, family, reason, number])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def counted(span: str, measure: str, **narrowed: object) -> list[tuple[object, ...]]:
    found = Figure.objects.filter(span=span, measure=measure, **narrowed)
    return sorted(found.values_list("begins", "kind", "detail", "number"))


def test_months_that_are_over_are_counted_by_year_and_over_twelve_months(author, editor, reason):
    for at in (
        OCTOBER,
        OCTOBER,
        datetime(2025, 10, 31, 18, 29, tzinfo=UTC),
        datetime(2025, 6, 1, tzinfo=UTC),
    ):
        make_declined_at(author, editor, reason, at=at)
    make_declined_at(author, editor, reason, at=NOW)  # this month is not over

    made = count_figures(at=NOW)

    assert made == Figure.objects.count()
    year, last, twelve = date(2026, 1, 1), date(2025, 1, 1), date(2025, 11, 1)
    assert counted("year", "decision") == [
        (last, "decline", "advertising", 2),
        (year, "decline", "advertising", 2),
    ]
    assert counted("twelve", "decision") == [(twelve, "decline", "advertising", 2)]
    assert counted("year", "cause") == [(last, "decline", "own", 2), (year, "decline", "own", 2)]
    assert set(Figure.objects.filter(span="year").values_list("begins", "ends")) == {
        (last, year), (year, date(2026, 11, 1)),
    }  # fmt: skip


def test_closed_month_is_counted_once_and_a_week_each_hour(author, editor, reason):
    make_declined_at(author, editor, reason, at=OCTOBER)
    count_figures(at=NOW)
    before = set(Figure.objects.exclude(span="week").values_list("pk", flat=True))

    assert count_figures(at=NOW + timedelta(minutes=59)) == 0
    make_waiting(author, at=NOW)
    assert count_figures(at=NOW + timedelta(minutes=61)) > 0

    assert set(Figure.objects.exclude(span="week").values_list("pk", flat=True)) == before
    assert (date(2026, 11, 16), "submit", "", 1) in counted("week", "arrival")
    count_figures(at=NOW + timedelta(days=30))
    assert counted("year", "answer") == [(date(2026, 1, 1), "", "", 1)]
    assert Figure.objects.filter(span="twelve").values_list("ends").distinct().get() == (date(2026, 12, 1),)


def test_weeks_begin_on_monday_in_the_zone_of_the_site(author, editor):
    """Sunday 18:29 in UTC is one minute to midnight in Kolkata."""
    for at in (datetime(2026, 11, 15, 18, 29, tzinfo=UTC), datetime(2026, 11, 15, 18, 31, tzinfo=UTC)):
        waiting = make_waiting(author, at=at - timedelta(hours=3))
        approve_claimed(claim(waiting, by=editor, key=uuid4(), at=at), at=at)

    count_figures(at=NOW)

    answers = Figure.objects.filter(span="week", measure="answer").order_by("begins")
    assert [(f.begins, f.ends, f.number, f.median, f.ninetieth) for f in answers] == [
        (date(2026, 11, 9), date(2026, 11, 16), 1, 3 * 3600, 3 * 3600),
        (date(2026, 11, 16), date(2026, 11, 23), 1, 3 * 3600, 3 * 3600),
    ]
    load = Figure.objects.filter(measure="load").values_list("editor__username", "kind", "number")
    assert set(load) == {("esther-thomas", "approve", 1)}


def test_appeals_and_reports_are_counted_when_they_came_and_when_they_were_answered(
    author, reader, editor, chief_editor, reason
):
    story = make_declined(author, editor=editor, reason=reason).story
    (first,) = appealable(story)
    objection = appeal(story, first.decision, "It is no advertisement.", by=author, key=uuid4())
    held = make_claimed_appeal(objection, editor=chief_editor)
    reject_appeal(held, by=chief_editor, answer="It is one.")
    make_report(make_published(author, editor=editor), reader)
    at = timezone.now() + timedelta(days=40)

    count_figures(at=at)

    kinds = Figure.objects.filter(span="twelve").values_list("measure", "kind", "detail", "number")
    assert set(kinds.filter(measure="appeal")) == {
        ("appeal", "decline", "made", 1), ("appeal", "decline", "rejected", 1),
    }  # fmt: skip
    assert set(kinds.filter(measure="report")) == {("report", "copied", "received", 1)}


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ({"a": 9, "b": 7}, [("a", 9), ("b", 7)]),
        ({"a": 9, "b": 2, "c": 2}, [("", 13)]),
        ({"a": 9, "b": 7, "c": 3}, [("a", 9), ("", 10)]),
        ({"a": 9, "b": 3, "c": 3}, [("a", 9), ("", 6)]),
        ({"a": 4}, [("", None)]),
        ({"a": 0}, []),
    ],
)
def test_no_small_number_is_kept_or_can_be_had_by_taking_away(cells, kept):
    found = kept_large(((key,), number) for key, number in cells.items())

    assert [(cell.keys[0] if cell.keys else "", cell.number) for cell in found] == kept


def test_public_page_shows_no_number_below_five(author, editor):
    make_lines(30, kind="approve")
    make_lines(9, kind="decline", family="rules", reason="advertising")
    make_lines(6, kind="decline", family="law", reason="unlawful")
    make_lines(7, kind="decline", family="editorial", reason="not-for-us")
    make_lines(2, kind="decline", family="rules", reason="copied")
    make_lines(3, kind="remove", family="law", reason="unlawful")
    count_figures(at=NOW)

    answer = Client().get("/about/moderation/")
    year = next(period for period in answer.context["periods"] if period.span == "year")

    assert [(row.codes[0], row.number) for row in year.decisions] == [("approve", 30), ("other", 27)]
    assert year.reasons == []
    text = answer.content.decode()
    answers = Figure.objects.get(span="year", measure="answer")
    half, nine_in_ten = duration(answers.median), duration(answers.ninetieth)
    assert f"Half of 54 answers were given within {half}, nine in ten within {nine_in_ten}" in text
    assert answer.cookies == {}
    assert "s-maxage" in answer["Cache-Control"]


def test_public_page_names_reasons_in_their_newest_words(author, editor, django_assert_num_queries):
    make_lines(9, kind="decline", family="rules", reason="advertising")
    make_lines(6, kind="decline", family="rules", reason="copied")
    count_figures(at=NOW)
    reason = Reason.objects.get(code="advertising")
    reason.versions.create(
        language="en", number=9, label="Advertises", text="It does.", remedy="Stop.", made_at=NOW
    )

    with django_assert_num_queries(3):
        page = Client().get("/about/moderation/")

    year = next(period for period in page.context["periods"] if period.span == "year")
    ((_, rows),) = year.reasons
    assert [(row.label, row.family, row.number) for row in rows] == [
        ("Advertises", "House rules", 9), ("Copied from elsewhere", "House rules", 6),
    ]  # fmt: skip
    assert "The year 2026 so far" in page.content.decode()
    assert "too few to say how long" in page.content.decode()


def test_figures_are_taken_away_as_a_file(author, editor):
    make_lines(30, kind="approve")
    make_lines(9, kind="decline", family="rules", reason="advertising")
    count_figures(at=NOW)

    answer = Client().get("/about/moderation/figures.csv")
    lines = answer.content.decode().splitlines()

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.cookies == {}
    assert "twelve,2025-11-01,2026-10-31,decision,approve,,,Approved,30,," in lines
    assert "year,2026-01-01,2026-10-31,reason,decline,rules,advertising,Advertising,9,," in lines
    made = Figure.objects.get(span="year", measure="answer")
    assert (
        f"year,2026-01-01,2026-10-31,answer,,,,Answers to what was sent in,39,{made.median},{made.ninetieth}"
        in lines
    )


def test_page_without_figures_says_when_there_will_be_some(db):
    assert "There are no figures yet" in Client().get("/about/moderation/").content.decode()


def test_desk_is_shown_its_own_load_and_the_others_together(
    author, editor, other_editor, chief_editor, reason
):
    now = timezone.now()
    for each in (editor, editor, other_editor, chief_editor):
        make_declined_at(author, each, reason, at=now)
    count_figures(at=now)

    def load(reader):
        client = Client()
        client.force_login(reader)
        page = client.get("/moderation/figures/")
        return [(row.label, row.number) for row in page.context["load"]], page.content.decode()

    rows, text = load(editor)
    assert rows == [("Esther Thomas (you)", 2), ("All your colleagues together", 2)]
    assert "Farid" not in text
    rows, _ = load(chief_editor)
    assert sorted(rows) == [("Charu Sen (you)", 1), ("Esther Thomas", 2), ("Farid Ahmed", 1)]


@pytest.mark.parametrize("stories", [1, 30])
def test_desk_figures_ask_the_same_queries(author, editor, reason, django_assert_num_queries, stories):
    make_lines(stories, kind="decline", family="rules", reason="advertising", at=timezone.now())
    make_waiting(author)
    count_figures()
    client = Client()
    client.force_login(editor)
    client.get("/moderation/figures/")

    with django_assert_num_queries(8):
        page = client.get("/moderation/figures/").content.decode()

    assert page.count('<svg class="chart-bars"') == 2  # no appeal was answered
    assert f"<td>{stories}</td>" in page


def test_rate_of_reversals_comes_with_its_interval():
    assert overturned(0, 0) == "No appeal was answered in this time."
    low, high = interval(4, 20)
    assert (round(low, 2), round(high, 2)) == (0.08, 0.42)
    assert overturned(4, 20).startswith("4 of 20 answered appeals were upheld: 20%.")


def make_declined_at(author, editor, reason, *, at):
    held = make_claimed(author, editor=editor, at=at)
    return decline(read(held), by=editor, reason=reason, note="No.", at=at)
