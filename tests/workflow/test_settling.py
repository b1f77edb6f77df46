"""Requests over several rounds: answered, accepted or waived one by one, and none left open by an approval."""

from uuid import uuid4

import pytest

from stories.models import Answer, Claim, Decision, Notice, Request
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale
from stories.workflow.answering import Given, answer_requests, open_requests
from stories.workflow.claiming import claim, release
from stories.workflow.coauthoring import leave
from stories.workflow.deciding import Read, return_to_author
from stories.workflow.settling import Verdict, settle_requests
from stories.workflow.submitting import submit
from tests.stories import approve_claimed, change_draft, make_coauthor, make_returned, read

ACCEPTED, REOPENED = Verdict(Answer.Kind.ACCEPTED), Verdict(Answer.Kind.REOPENED)
WAIVED = Verdict(Answer.Kind.WAIVED, "The archive has it.")
ASKED = ["Name the year.", "Take the link out."]


@pytest.fixture
def second(author, editor) -> Claim:
    """Two things were asked, and the editor has the next text before them."""
    returned = make_returned(author, editor=editor, requests=ASKED)
    submit(returned.story, by=author)
    return claim(returned, by=editor, key=uuid4())


def asked() -> list[Request]:
    return list(Request.objects.order_by("pk").with_answers())


def verdicts() -> list[str]:
    return [str(request.verdict.kind) if request.verdict else "open" for request in asked()]


def test_each_request_is_accepted_or_waived_by_itself_and_can_be_asked_again(second, editor):
    year, link = asked()

    settle_requests(read(second), {year.pk: ACCEPTED}, by=editor)
    assert verdicts() == ["accepted", "open"]
    settle_requests(read(second), {year.pk: REOPENED, link.pk: WAIVED}, by=editor)

    assert verdicts() == ["open", "waived"]
    assert asked()[1].verdict.text == "The archive has it."
    events = second.submission.events.filter(action="settle").order_by("id")
    assert [event.data["answers"] for event in events] == [
        {str(year.pk): "accepted"},
        {str(year.pk): "reopened", str(link.pk): "waived"},
    ]


def test_what_was_said_already_is_not_written_twice(second, editor):
    given = {request.pk: ACCEPTED for request in asked()}
    settle_requests(read(second), given, by=editor)

    assert settle_requests(read(second), given, by=editor) == []
    assert settle_requests(read(second), {asked()[0].pk: ACCEPTED}, by=editor) == []
    assert Answer.objects.count() == 2
    assert second.submission.events.filter(action="settle").count() == 1


def test_waiver_says_why(second, editor):
    year, _ = asked()

    with pytest.raises(Incomplete) as refused:
        settle_requests(read(second), {year.pk: Verdict(Answer.Kind.WAIVED, " \n")}, by=editor)

    assert refused.value.field == str(year.pk)
    assert verdicts() == ["open", "open"]


def test_approval_waits_until_every_request_is_settled(second, editor):
    year, link = asked()
    settle_requests(read(second), {year.pk: ACCEPTED}, by=editor)

    with pytest.raises(Incomplete) as refused:
        approve_claimed(second)

    assert refused.value.message == (
        "One request is still open: “Take the link out.”. Accept it or waive it before you publish this text."
    )
    assert Decision.objects.count() == 1
    settle_requests(read(second), {link.pk: WAIVED}, by=editor)
    assert approve_claimed(second).kind == "approve"


def test_requests_of_all_returns_stay_until_they_are_settled(second, author, editor, other_editor):
    year, link = asked()
    settle_requests(read(second), {year.pk: ACCEPTED}, by=editor)
    returned = return_to_author(read(second), by=editor, requests=["Name the town."]).submission

    told = Notice.objects.filter(kind="return").latest("id")
    assert told.subject.endswith("came back with 2 requests")
    assert "What to change:\n1. Name the town." in told.text
    assert "Still asked from before:\n1. Take the link out." in told.text
    assert [request.text for request in open_requests(returned)] == ["Take the link out.", "Name the town."]
    answer_requests(returned, {link.pk: Given(Answer.Kind.DONE)}, by=author)
    with pytest.raises(NotAllowed):
        answer_requests(returned, {year.pk: Given(Answer.Kind.DONE)}, by=author)
    change_draft(returned.story, title="A better title")
    submit(returned.story, by=author)
    third = claim(returned, by=other_editor, key=uuid4())
    with pytest.raises(Incomplete) as refused:
        approve_claimed(third)
    assert "“Take the link out.”, “Name the town.”" in refused.value.message
    settle_requests(read(third), {r.pk: ACCEPTED for r in asked()[1:]}, by=other_editor)
    approve_claimed(third)
    assert verdicts() == ["accepted"] * 3


def test_nobody_settles_what_they_wrote_at_or_do_not_read(second, author, editor, other_editor):
    year, _ = asked()
    make_coauthor(second.submission.story, other_editor)
    leave(second.submission.story, by=other_editor)

    for other in (author, other_editor):
        with pytest.raises(NotAllowed):
            settle_requests(read(second), {year.pk: WAIVED}, by=other)
    with pytest.raises(NotAllowed):
        settle_requests(read(second), {0: ACCEPTED}, by=editor)
    with pytest.raises(NotAllowed):
        settle_requests(read(second), {year.pk: Verdict(Answer.Kind.DONE)}, by=editor)
    release(second, by=editor)
    with pytest.raises(Stale):
        settle_requests(read(second), {year.pk: WAIVED}, by=editor)
    assert verdicts() == ["open", "open"]


def test_nothing_is_settled_on_another_text_or_after_the_decision(second, editor):
    year, _ = asked()
    looked_at = read(second)

    with pytest.raises(Stale):
        settle_requests(Read(second, looked_at.revision_id, "0" * 64), {year.pk: ACCEPTED}, by=editor)
    return_to_author(looked_at, by=editor, note="More.")
    with pytest.raises(AlreadyThere):
        settle_requests(looked_at, {year.pk: ACCEPTED}, by=editor)
    assert not Answer.objects.exists()


def test_author_is_told_of_a_verdict_with_the_decision(second, editor):
    year, link = asked()
    settle_requests(read(second), {year.pk: ACCEPTED, link.pk: WAIVED}, by=editor)
    submission = second.submission
    submission.refresh_from_db()

    assert [request.verdict for request in _told(submission)] == [None, None]
    returned = return_to_author(read(second), by=editor, note="One more look at the end, please.").submission
    assert [request.verdict.kind for request in _told(returned)] == ["accepted", "waived"]
    assert open_requests(returned) == []


def _told(submission) -> list[Request]:
    return list(Request.objects.made_on(submission).with_answers_told(submission))
