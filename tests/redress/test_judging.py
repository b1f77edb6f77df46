"""Editors read the reports of a story under a lease and answer them once; the story and the reporters follow."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from stories.models import Event, LedBy, Notice, Reason, Report, ReportDecision, ReportGroup, Statement, Story
from stories.redress import REPORT_MOVES, ReportAction, ReportState, check_redress_move
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale, WrongState
from stories.workflow.deleting import erase
from stories.workflow.disclaiming import offered_versions
from stories.workflow.judging import LED_TO_IT, Remedy, answered_before, dismiss, uphold
from stories.workflow.publishing import unlist
from stories.workflow.report_claiming import (
    claim_reports,
    expire_report_claims,
    release_reports,
    renew_reports,
)
from stories.workflow.report_keeping import escalate_reports, forget_reporters, lapse_reports
from stories.workflow.submitting import submit
from stories.workflow.weighing import accuracy
from tests.redress.reports import ILLEGAL, make_claimed_reports, make_report, read_reports
from tests.stories import change_draft, make_coauthor, make_published


@pytest.fixture
def story(author, editor):
    return make_published(author, editor=editor)


def removal(**changes: object) -> Remedy:
    return Remedy(**{"measure": "remove", "note": "Page 3 is copied.", "reason": Reason.objects.get(code="copied"),
                     **changes})  # fmt: skip


def test_every_move_of_reports_is_legal_only_where_the_table_says(db):
    for action, move in REPORT_MOVES.items():
        for state in ["", *ReportState]:
            if state in move.sources:
                assert check_redress_move(REPORT_MOVES, action, state) == move.target
            else:
                with pytest.raises(AlreadyThere if state == move.target else WrongState):
                    check_redress_move(REPORT_MOVES, action, state)
    assert set(REPORT_MOVES) == set(ReportAction)


def test_upheld_report_removes_the_story_and_tells_everybody_but_not_who(story, author, editor, reader):
    make_report(story, told=ILLEGAL)
    held = make_claimed_reports(story, reader, editor=editor)

    decision = uphold(read_reports(held), removal(), by=editor, answer="Thank you.")

    group = ReportGroup.objects.get()
    assert (group.state, Story.objects.get().state) == ("upheld", "removed")
    assert Event.objects.filter(action__in=["uphold_report", "remove"], actor=editor).count() == 2
    told_author = Notice.objects.get(recipient=author, kind="remove")
    assert "Page 3 is copied." in told_author.text
    assert Statement.objects.get().led_by == LedBy.NOTICE
    told = Notice.objects.filter(kind="uphold_report").order_by("id")
    assert [(each.address, each.recipient) for each in told] == [("greta@secret.example", None), ("", reader)]
    for each in told:
        assert "took the story off the public pages" in each.text
        assert "Thank you." in each.text
        assert "If you think this is wrong" in each.text
    status = Client().get(Report.objects.get(reporter=reader).status_path).content.decode()
    assert "took the story off the public pages" in status
    with pytest.raises(AlreadyThere):
        uphold(read_reports(held), removal(), by=editor)
    assert ReportDecision.objects.get() == decision


def test_other_measures_go_through_the_verbs_for_them(author, editor):
    given, returned, mended = (
        make_published(author, editor=editor, title=name) for name in ("One", "Two", "Three")
    )
    advice = next(each for each in offered_versions("en") if each.disclaimer.key == "advice")
    change_draft(returned, body="<p>Something newer.</p>")
    submission = submit(returned, by=author)
    held = {story: make_claimed_reports(story, editor=editor) for story in (given, returned, mended)}

    uphold(read_reports(held[given]), Remedy("disclaimer", "It is advice.", disclaimers=[advice]), by=editor)
    uphold(read_reports(held[returned]), Remedy("return", "Leave the name out."), by=editor)
    with pytest.raises(WrongState):
        uphold(read_reports(held[mended]), Remedy("done"), by=editor)
    unlist(mended, by=author)
    uphold(read_reports(held[mended]), Remedy("done"), by=editor)

    submission.refresh_from_db()
    assert [words.version_id for words in given.disclaimers.all()] == [advice.pk]
    assert submission.state == "returned"
    assert submission.decisions.get().note == f"Leave the name out.\n\n{LED_TO_IT}"
    assert set(ReportGroup.objects.values_list("state", flat=True)) == {"upheld"}


def test_nothing_is_done_when_part_of_an_answer_is_missing(story, editor):
    held = make_claimed_reports(story, editor=editor)
    read = read_reports(held)

    for refused, field in (
        (lambda: uphold(read, removal(reason=None), by=editor), "reason"),
        (lambda: uphold(read, removal(note=" "), by=editor), "note"),
        (lambda: uphold(read, Remedy("burn"), by=editor), "decision"),
        (lambda: uphold(read, Remedy("disclaimer", "Why."), by=editor), "disclaimer"),
        (lambda: dismiss(read, by=editor, answer=" "), "answer"),
        (lambda: answered_before(read, None, by=editor), "earlier"),
    ):
        with pytest.raises(Incomplete) as missing:
            refused()
        assert missing.value.field == field
    assert (ReportGroup.objects.get().state, Story.objects.get().state) == ("in_review", "published")


def test_dismissed_report_leaves_the_story_and_a_second_one_is_told_the_same(story, editor, other_editor):
    first = make_claimed_reports(story, editor=editor, email="greta@secret.example")
    dismiss(read_reports(first), by=editor, answer="It is quoted, and says so.")
    again = make_claimed_reports(story, editor=other_editor, email="hans@secret.example")

    answered_before(read_reports(again), first.group, by=other_editor)

    assert Story.objects.get().state == "published"
    texts = Notice.objects.filter(kind__in=["dismiss_report", "duplicate_report"]).values_list(
        "address", "text"
    )
    for address, text in texts:
        assert "It is quoted, and says so." in text, address
        assert "the story stays as it is" in text
    assert len(texts) == 2


@pytest.fixture
def far_numbers(db) -> Iterator[int]:
    """Reports are numbered from here on as long as a test lasts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM stories_report_id_seq")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT setval('stories_report_id_seq', 10000000)")
        yield 10_000_000
        cursor.execute("SELECT setval('stories_report_id_seq', %s)", [before])


def test_report_by_nobody_takes_no_members_answer_though_their_numbers_are_the_same(
    story, editor, far_numbers
):
    member = User.objects.create(pk=far_numbers + 2, username="late", email="late@mystory.example")
    make_report(story, member)
    held = make_claimed_reports(story, editor=editor)
    assert held.group.reports.latest("pk").pk == member.pk

    dismiss(read_reports(held), by=editor, answer="It is theirs.")

    assert Notice.objects.get(kind="dismiss_report").recipient == member


def test_report_that_came_meanwhile_is_read_before_the_answer(story, editor):
    held = make_claimed_reports(story, editor=editor)
    read = read_reports(held)
    make_report(story)

    with pytest.raises(Stale):
        dismiss(read, by=editor, answer="No.")
    dismiss(read_reports(held), by=editor, answer="No.")


def test_one_live_claim_and_only_its_editor_answers(story, editor, other_editor):
    now, key = timezone.now(), uuid4()
    held = claim_reports(make_report(story).group, by=editor, key=key, at=now)

    assert claim_reports(held.group, by=editor, key=key, at=now) == held
    with pytest.raises(AlreadyThere):
        claim_reports(held.group, by=editor, key=uuid4(), at=now)
    with pytest.raises(Stale) as refused:
        claim_reports(held.group, by=other_editor, key=uuid4(), at=now)
    with pytest.raises(NotAllowed):
        dismiss(read_reports(held), by=other_editor, answer="Mine.", at=now)
    assert "Esther Thomas" in refused.value.message
    renew_reports(held, by=editor, at=now + timedelta(minutes=15))
    assert expire_report_claims(at=now + timedelta(minutes=21)) == 0
    assert expire_report_claims(at=now + timedelta(minutes=36)) == 1
    with pytest.raises(Stale):
        dismiss(read_reports(held), by=editor, answer="Late.", at=now + timedelta(minutes=37))
    theirs = claim_reports(held.group, by=other_editor, key=uuid4(), at=now + timedelta(minutes=37))
    release_reports(theirs, by=other_editor)
    assert ReportGroup.objects.get().state == "waiting"


def test_nobody_answers_reports_about_their_own_story_nor_their_own(
    author, editor, other_editor, chief_editor
):
    story = make_published(author, editor=editor)
    make_coauthor(story, other_editor)
    group = make_report(story, chief_editor).group

    for member in (author, other_editor, chief_editor):
        with pytest.raises(NotAllowed):
            claim_reports(group, by=member, key=uuid4())
        client = Client()
        client.force_login(member)
        assert client.get(f"/moderation/reports/{group.pk}/").status_code == 404
    client.force_login(other_editor)
    assert story.published_revision.title not in client.get("/moderation/reports/").content.decode()


def test_right_reports_make_the_next_one_weigh_more(author, editor, reader, other_author):
    for by, is_right in ((reader, True), (reader, True), (other_author, False), (other_author, False)):
        held = make_claimed_reports(make_published(author, editor=editor), by, editor=editor)
        if is_right:
            uphold(read_reports(held), removal(), by=editor)
        else:
            dismiss(read_reports(held), by=editor, answer="No.")

    trusted = make_report(make_published(author, editor=editor), reader).group
    doubted = make_report(make_published(author, editor=editor), other_author).group

    assert trusted.weight == pytest.approx(accuracy(2, 2), abs=1e-4) == pytest.approx(4 / 7, abs=1e-4)
    assert doubted.weight == pytest.approx(accuracy(0, 2), abs=1e-4) == pytest.approx(2 / 7, abs=1e-4)
    assert trusted.look_by < doubted.look_by
    assert 0 < accuracy(0, 1000) < accuracy(0, 0) < accuracy(1000, 1000) < 1


def test_desk_shows_the_time_for_receipt_and_answer_and_what_a_reporter_weighs(
    author, editor, reader, other_editor
):
    now = timezone.now()
    answered = make_claimed_reports(make_published(author, editor=editor), reader, editor=editor)
    uphold(read_reports(answered), removal(), by=editor)
    Notice.objects.update(mail="sent")
    late = make_report(
        make_published(author, editor=editor), reader, at=now - timedelta(days=12, hours=1)
    ).group
    make_report(make_published(author, editor=editor))
    desk = Client()
    desk.force_login(other_editor)

    listed = desk.get("/moderation/reports/").content.decode()
    page = desk.get(f"/moderation/reports/{late.pk}/").content.decode()

    for words in (
        "Due soon: 3 days left",
        "15 days left",
        "Receipts sent",
        "Receipt not sent yet: overdue by 11 days",
    ):
        assert words in listed
    for words in ("right in 1 of 1 answered reports (weight 0.50)", "Due soon: 3 days left"):
        assert words in page


def test_chief_editors_are_told_once_before_the_time_is_over(story, chief_editor, editor):
    now = timezone.now()
    make_report(story, at=now)

    assert escalate_reports(at=now + timedelta(days=11)) == 0
    assert [escalate_reports(at=now + timedelta(days=11, hours=7)) for _ in range(2)] == [1, 0]

    notice = Notice.objects.get(kind="escalate_report")
    assert notice.recipient == chief_editor
    assert notice.link == f"/moderation/reports/{ReportGroup.objects.get().pk}/"


def test_reports_of_a_deleted_story_are_over(story, author):
    report = make_report(story)
    unlist(story, by=author)
    erase(story, by=author)

    assert [lapse_reports() for _ in range(2)] == [1, 0]
    assert "deleted the story" in Client().get(report.status_path).content.decode()


def test_reporters_are_forgotten_half_a_year_after_the_answer(story, editor, reader):
    long_ago = timezone.now() - timedelta(days=186)
    make_report(story, told=ILLEGAL, at=long_ago)
    held = make_claimed_reports(story, reader, editor=editor, at=long_ago)
    dismiss(read_reports(held), by=editor, answer="No.", at=long_ago)
    paths = [report.status_path for report in Report.objects.all()]

    assert forget_reporters(at=timezone.now() - timedelta(days=10)) == 0
    assert [forget_reporters() for _ in range(2)] == [1, 0]

    for report in Report.objects.all():
        assert (report.name, report.email, report.reporter, report.explanation, report.passage) == (
            "",
            "",
            None,
            "",
            "",
        )
    assert not Notice.objects.filter(kind__contains="report").exists()
    assert [Client().get(path).status_code for path in paths] == [404, 404]
    assert ReportDecision.objects.get().answer == "No."


def test_desk_answers_a_report_from_list_to_message(story, editor, other_editor, django_assert_num_queries):
    make_report(story, told=ILLEGAL)
    client = Client()
    client.force_login(editor)
    group = ReportGroup.objects.get()
    path = f"/moderation/reports/{group.pk}/"

    listed = client.get("/moderation/reports/").content.decode()
    client.post(f"{path}claim/", {"key": str(uuid4())})
    page = client.get(path).content.decode()
    held = group.claims.get()
    sent = {"claim": held.pk, "up_to": Report.objects.get().pk, "decision": "dismiss"}
    missing = client.post(f"{path}decision/", {**sent, "note": "Kept words"})
    make_report(story)
    stale = client.post(f"{path}decision/", {**sent, "answer": "Kept answer"})
    colleague = Client()
    colleague.force_login(other_editor)
    theirs = colleague.post(f"{path}decision/", sent)
    late = client.post(
        f"{path}decision/", {**sent, "up_to": Report.objects.latest("pk").pk, "answer": "It is legal."}
    )
    twice = client.post(f"{path}decision/", {**sent, "answer": "It is legal."})

    assert "Against the law" in listed
    assert "Greta Quiet" in page
    assert "Send the answer" in page
    assert (missing.status_code, stale.status_code, theirs.status_code) == (422, 409, 404)
    assert "Kept words" in missing.content.decode()
    assert "Kept answer" in stale.content.decode()
    assert "Another report" in stale.content.decode()
    assert [late["Location"], twice["Location"]] == ["/moderation/reports/"] * 2
    assert ReportGroup.objects.get().state == "dismissed"
    assert ReportDecision.objects.count() == 1


def test_list_of_reports_asks_the_same_for_one_and_for_many(
    author, editor, other_editor, django_assert_num_queries
):
    client = Client()
    client.force_login(other_editor)

    for number in (1, 3):
        while ReportGroup.objects.count() < number:
            make_report(make_published(author, editor=editor))
        with django_assert_num_queries(10):
            client.get("/moderation/reports/")
