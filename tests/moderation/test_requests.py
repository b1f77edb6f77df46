"""Asking for changes by name at the desk, and reading the answers in the next round."""

from uuid import uuid4

import pytest

from stories.models import Answer, Request
from stories.workflow.answering import Given, answer_requests, reply
from stories.workflow.submitting import submit
from tests.stories import make_claimed, make_returned

ASKED = "Name the year.\r\n\r\nTake the second link out.\r\n"


def test_each_line_of_what_to_change_is_a_request(desk, author, editor):
    held = make_claimed(author, editor=editor)

    assert desk.decide(held, "return", requests=ASKED).status_code == 302

    assert [r.text for r in Request.objects.all()] == ["Name the year.", "Take the second link out."]


def test_requests_that_were_not_sent_are_still_there(desk, author, editor):
    held = make_claimed(author, editor=editor)

    refused = desk.decide(held, "return", requests="x" * 1001)

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["requests"]
    again = desk.get("review", held.submission_id)
    assert again.context["form"]["requests"].value() == "x" * 1001


def test_requests_mean_nothing_to_another_decision(desk, author, editor):
    held = make_claimed(author, editor=editor)

    desk.decide(held, "approve", requests=ASKED)

    assert not Request.objects.exists()


def test_next_round_shows_what_was_asked_with_its_answers_and_the_messages(desk, author, editor):
    submission = make_returned(author, editor=editor, requests=["Name the year.", "Take the link out."])
    first, second = Request.objects.all()
    given = {first.pk: Given(Answer.Kind.DONE), second.pk: Given(Answer.Kind.DISAGREED, "It is my source.")}
    answer_requests(submission, given, by=author)
    reply(submission, "I need a week.", key=uuid4(), by=author)
    submit(submission.story, by=author, note="The year is in.")

    page = desk.get("review", submission.pk)

    html = page.content.decode()
    for words in (
        "Name the year.",
        "The author disagrees",
        "It is my source.",
        "I need a week.",
        "The year is in.",
    ):
        assert words in html
    turns = [(turn.did, [r.state for r in turn.requests]) for r in page.context["rounds"] for turn in r.turns]
    assert ("sent it back", ["done", "disagreed"]) in turns
    assert ("wrote to the editors", []) in turns


@pytest.mark.parametrize("number", [1, 30])
def test_review_of_a_second_round_asks_the_same_queries_however_much_was_asked(
    desk, author, editor, django_assert_num_queries, number
):
    asked = [f"Change the word number {word}." for word in range(number)]
    submission = make_returned(author, editor=editor, requests=asked)
    given = {request.pk: Given(Answer.Kind.DONE) for request in Request.objects.all()}
    answer_requests(submission, given, by=author)
    submit(submission.story, by=author)

    desk.get("review", submission.pk)
    with django_assert_num_queries(24):
        desk.get("review", submission.pk)
