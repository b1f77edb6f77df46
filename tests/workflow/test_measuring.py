"""How long stories waited of late, and what an author is told to expect from it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from stories.models import Decision, Submission, Wait
from stories.workflow.measuring import measure_waits
from stories.writing.waits import duration, expectation, measured_for
from tests.stories import approve_claimed, make_claimed, make_topic, make_waiting

NOW = timezone.now()
SQL = """
INSERT INTO stories_decision (submission_id, round, kind, revision_id, sha256, claim_id, decided_by_id, decided_at,
                              waiting_since, note, disclaimers)
SELECT submission_id, 100 + n, kind, revision_id, sha256, -n - %(first)s, decided_by_id,
       decided_at, decided_at - n * interval '1 hour', note, disclaimers
  FROM stories_decision, generate_series(1, %(number)s) n WHERE id = %(decision)s
"""


@pytest.fixture
def answered(author, editor):
    """Makes answers that waited 1, 2, 3 ... hours, copied past the guards from one that was given."""

    def make(number: int, **fields: object) -> None:
        decision = approve_claimed(make_claimed(author, editor=editor, at=NOW, **fields), at=NOW)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(SQL, {"number": number - 1, "decision": decision.pk, "first": decision.pk * 1000})
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return make


def figures() -> dict[tuple[str, str], tuple[int, int, int]]:
    return {
        (w.language, w.topic): (w.decisions, w.median, w.ninetieth)
        for w in Wait.objects.order_by("language", "topic")
    }


def said(author, **fields: object) -> str:
    submission = Submission.objects.select_related("revision").get(pk=make_waiting(author, **fields).pk)
    return expectation(submission, measured_for([submission]))


def test_decision_keeps_since_when_its_round_had_waited(author, editor):
    held = make_claimed(author, editor=editor, at=NOW - timedelta(minutes=5))

    decision = approve_claimed(held, at=NOW)

    assert decision.waiting_since == NOW - timedelta(minutes=5)


def test_waits_are_measured_by_language_and_topic(answered):
    make_topic("places", "Places")
    answered(11, topics=("work",))
    answered(3, topics=("places", "work"), language="hi")

    measure_waits(at=NOW)

    hour = 3600
    assert figures() == {
        ("", ""): (14, pytest.approx(3 * hour, abs=hour), pytest.approx(8.5 * hour, abs=hour)),
        ("en", ""): (11, 5 * hour, 9 * hour),
        ("en", "work"): (11, 5 * hour, 9 * hour),
        ("hi", ""): (3, hour, pytest.approx(1.8 * hour)),
        ("hi", "places"): (3, hour, pytest.approx(1.8 * hour)),
        ("hi", "work"): (3, hour, pytest.approx(1.8 * hour)),
    }


def test_waits_are_measured_anew_after_a_quarter_of_an_hour_and_forget_what_is_old(answered):
    answered(2)

    assert measure_waits(at=NOW) == 3
    assert measure_waits(at=NOW + timedelta(minutes=14)) == 0
    assert measure_waits(at=NOW + timedelta(days=31)) == 1
    assert figures() == {("", ""): (0, 0, 0)}


def test_wait_is_said_for_language_and_topic_when_there_are_enough(answered, author):
    answered(11)
    measure_waits(at=NOW)

    assert said(author) == (
        "Of the 11 answers given in the last 30 days to English stories under Work, half came within 5 hours and "
        "nine in ten within 9 hours."
    )


def test_wait_falls_back_to_the_language_then_to_the_site_and_says_so(answered, author):
    make_topic("places", "Places")
    answered(11)
    measure_waits(at=NOW)

    assert said(author, topics=("places",)) == (
        "Too few English stories under Places had an answer in the last 30 days to say how long it takes. Of the 11 "
        "answers given in the last 30 days to English stories on any topic, half came within 5 hours and nine in ten "
        "within 9 hours."
    )
    assert "to stories in any language" in said(author, language="hi")


def test_too_few_answers_are_called_too_few(answered, author):
    answered(9)
    measure_waits(at=NOW)

    assert said(author) == "Too few stories had an answer in the last 30 days to say how long it takes."
    assert Decision.objects.count() == 9


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (20, "an hour"),
        (3601, "2 hours"),
        (36 * 3600, "36 hours"),
        (40 * 3600, "2 days"),
        (7 * 86400 + 1, "8 days"),
    ],
)
def test_times_are_rounded_up(seconds, words):
    assert duration(seconds) == words
