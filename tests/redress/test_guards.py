"""What the database refuses about reports by itself, and that its table of moves is the one in the code."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from stories.redress import REPORT_MOVES, ReportState
from tests.models.test_guards import attack
from tests.redress.reports import make_report
from tests.stories import make_coauthor, make_published


def test_database_and_code_allow_the_same_moves(db):
    states = ["", *(state.value for state in ReportState)]
    legal = {(source, move.target) for move in REPORT_MOVES.values() for source in move.sources}

    with connection.cursor() as cursor:
        for source in states:
            for target in states[1:]:
                cursor.execute("SELECT stories_report_move_is_legal(%s, %s)", [source, target])
                (allowed,) = cursor.fetchone()
                assert allowed is (source == target or (source, target) in legal), (source, target)


def test_report_is_a_record_that_only_time_makes_forget(author, editor):
    report = make_report(make_published(author, editor=editor), email="greta@secret.example")

    assert attack("UPDATE stories_report SET email = '' WHERE id = %s", report.pk) == "append_only"
    assert attack("DELETE FROM stories_report WHERE id = %s", report.pk) == "append_only"
    assert attack("SELECT stories_forget_reporters(%s)", report.group_id) == "append_only"


def test_reports_move_only_with_an_event_and_a_claim(author, editor):
    group = make_report(make_published(author, editor=editor)).group

    moved = attack(
        "UPDATE stories_reportgroup SET state = 'upheld', ended_at = now() WHERE id = %s", group.pk
    )
    lapsed = attack(
        "UPDATE stories_reportgroup SET state = 'lapsed', ended_at = now() WHERE id = %s", group.pk
    )
    later = attack(
        "UPDATE stories_reportgroup SET due_at = now() + interval '1 year' WHERE id = %s", group.pk
    )

    assert moved == "report_move_is_legal"
    assert lapsed == "report_move_has_its_event"
    assert later == "reports_stay"


CLAIM = """INSERT INTO stories_reportclaim (group_id, editor_id, key, claimed_at, expires_at, "end")
VALUES (%s, %s, gen_random_uuid(), now(), %s, '')"""


def test_nobody_reads_reports_about_their_own_story_nor_their_own(author, editor, other_editor, chief_editor):
    story = make_published(author, editor=editor)
    make_coauthor(story, other_editor)
    group = make_report(story, chief_editor).group
    until = timezone.now() + timedelta(minutes=20)

    refused = {attack(CLAIM, group.pk, member.pk, until) for member in (author, other_editor, chief_editor)}

    assert refused == {"report_claim_is_fair"}
    assert attack(CLAIM, group.pk, editor.pk, until) == "report_review_has_its_claim"
