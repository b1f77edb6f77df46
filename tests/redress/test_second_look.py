"""A reader who disagrees with an answer gets another editor, once; whoever answered first cannot take it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from stories.models import Event, Notice, Reason, Report, ReportGroup, SecondLook
from stories.permissions import may_judge
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale, WrongState
from stories.workflow.judging import Remedy, ReportsRead, dismiss, uphold
from stories.workflow.looking_again import look_again
from stories.workflow.report_claiming import claim_reports
from stories.workflow.report_keeping import forget_reporters
from stories.workflow.weighing import answers_to
from tests.models.test_guards import attack
from tests.redress.reports import make_claimed_reports, make_report, read_reports
from tests.stories import make_published


@pytest.fixture
def dismissed(author, editor, reader) -> Report:
    """Reported by a member and by somebody without an account, and dismissed by `editor`."""
    story = make_published(author, editor=editor)
    make_report(story, email="greta@secret.example")
    held = make_claimed_reports(story, reader, editor=editor)
    dismiss(read_reports(held), by=editor, answer="It is their own.")
    return Report.objects.select_related("group__story").get(reporter=reader)


def take(asked: SecondLook, editor) -> ReportsRead:
    held = claim_reports(asked.group, by=editor, key=uuid4())
    return ReportsRead(claim=held, up_to=asked.group.second_looks.latest("pk").pk)


def test_somebody_else_answers_and_only_who_asked_is_told(dismissed, editor, other_editor, reader):
    asked = look_again(dismissed, "Page 3 is mine, see the scan.")
    again = asked.group

    assert look_again(dismissed, "Again.") == asked
    assert ReportGroup.objects.count() == 2
    assert not may_judge(editor, again)
    assert again not in ReportGroup.objects.not_by(editor)
    with pytest.raises(NotAllowed):
        claim_reports(again, by=editor, key=uuid4())
    assert attack(CLAIM, again.pk, editor.pk) == "report_claim_is_fair"
    assert answers_to([reader.pk]) == {reader.pk: (0, 1)}
    dismiss(take(asked, other_editor), by=other_editor, answer="The scan shows another book.")

    told = Notice.objects.get(event__data__group=again.pk, kind="dismiss_report")
    assert told.recipient == reader
    assert "Somebody else than who answered first looked at it anew." in told.text
    assert "The scan shows another book." in told.text
    with pytest.raises(WrongState):
        look_again(Report.objects.get(email="greta@secret.example"), "I think so too.")
    assert Event.objects.get(action="report_again").actor is None


CLAIM = """INSERT INTO stories_reportclaim (group_id, editor_id, key, claimed_at, expires_at, "end")
VALUES (%s, %s, gen_random_uuid(), now(), now() + interval '20 minutes', '')"""


def test_upheld_second_look_acts_and_makes_the_reporter_right(dismissed, other_editor, reader):
    other = Report.objects.get(email="greta@secret.example")
    asked = look_again(dismissed, "Page 3 is mine.")
    read = take(asked, other_editor)
    look_again(other, "It is in my copy too.")

    with pytest.raises(Stale):
        dismiss(read, by=other_editor, answer="No.")
    read = ReportsRead(claim=read.claim, up_to=asked.group.second_looks.latest("pk").pk)
    with pytest.raises(WrongState):  # readers still see the very text
        uphold(read, Remedy("done"), by=other_editor)
    reason = Reason.objects.get(code="copied")
    uphold(read, Remedy("remove", "Page 3.", reason), by=other_editor)

    dismissed.group.story.refresh_from_db()
    assert dismissed.group.story.state == "removed"
    assert answers_to([reader.pk]) == {reader.pk: (1, 1)}
    assert Notice.objects.filter(event__data__group=asked.group_id, kind="uphold_report").count() == 2


def test_second_look_needs_reasons_an_answer_that_did_nothing_and_half_a_year(
    dismissed, author, editor, other_editor, reader
):
    ended = dismissed.group.ended_at
    for text in (" ", "x" * 5001):
        with pytest.raises(Incomplete):
            look_again(dismissed, text)
    with pytest.raises(WrongState):
        look_again(dismissed, "Late.", at=ended + timedelta(days=185))
    open_one = make_report(make_published(author, editor=editor), reader)
    with pytest.raises(WrongState):
        look_again(open_one, "Early.")

    asked = look_again(dismissed, "Page 3 is mine.", at=ended + timedelta(days=183))

    # New reports of the story form their own, and nothing is forgotten before this has its answer and half a year.
    assert make_report(dismissed.group.story).group != asked.group
    assert forget_reporters(at=ended + timedelta(days=190)) == 0
    assert attack("UPDATE stories_secondlook SET text = 'x' WHERE id = %s", asked.pk) == "append_only"
    assert attack("DELETE FROM stories_secondlook WHERE id = %s", asked.pk) == "append_only"


def test_reader_asks_on_the_page_of_the_report_and_sees_the_second_answer(dismissed, other_editor, editor):
    cache.clear()
    path = dismissed.status_path
    reader, desk, first = Client(), Client(), Client()
    desk.force_login(other_editor)
    first.force_login(editor)

    assert "Ask for a second look" in reader.get(path).content.decode()
    empty = reader.post(f"{path}second-look/", {"text": ""})
    sent = [reader.post(f"{path}second-look/", {"text": "Page <b>3</b> is mine."}) for _ in range(2)]
    page = reader.get(path).content.decode()

    assert (empty.status_code, [each.status_code for each in sent]) == (422, [302, 302])
    assert reader.post("/reports/no-such-token/second-look/", {"text": "x"}).status_code == 404
    assert "Page &lt;b&gt;3&lt;/b&gt; is mine." in page
    assert "It waits for an editor who had not decided before." in page
    assert "Ask for a second look" not in page
    again = SecondLook.objects.get().group
    listed = desk.get("/moderation/reports/").content.decode()
    assert "A second look" in listed
    assert "Asked for by 1 reader<" in listed
    assert first.get(f"/moderation/reports/{again.pk}/").status_code == 404
    desk.post(f"/moderation/reports/{again.pk}/claim/", {"key": uuid4()})
    shown = desk.get(f"/moderation/reports/{again.pk}/").content.decode()
    for words in ("It stands in my book.", "It is their own.", "Page &lt;b&gt;3&lt;/b&gt; is mine."):
        assert words in shown
    answer = {
        "claim": again.claims.get().pk, "up_to": SecondLook.objects.get().pk, "decision": "dismiss",
        "answer": "The scan shows another book.",
    }  # fmt: skip
    assert desk.post(f"/moderation/reports/{again.pk}/decision/", answer).status_code == 302
    page = reader.get(path).content.decode()
    assert "The scan shows another book." in page
    assert "the site’s last word" in page


def test_late_words_of_a_second_look_are_forgotten_with_the_reporter(dismissed, other_editor):
    long_ago = timezone.now() - timedelta(days=400)
    assert forget_reporters(at=long_ago) == 0
    asked = look_again(dismissed, "Page 3 is mine.")
    dismiss(take(asked, other_editor), by=other_editor, answer="No.")

    SecondLook.objects.filter(pk=asked.pk).update(text="")

    asked.refresh_from_db()
    assert asked.text == ""
    with pytest.raises(AlreadyThere):
        dismiss(
            ReportsRead(claim=asked.group.claims.get(), up_to=asked.pk), by=other_editor, answer="Once more."
        )
