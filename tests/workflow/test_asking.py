"""What a return asks for by name, and how many stories a newcomer may have under way."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from stories.models import Decision, Notice, Request, Submission
from stories.status import Incomplete, NoRoom
from stories.workflow.deciding import return_to_author
from stories.workflow.submitting import submit, withdraw
from tests.stories import (
    change_draft,
    make_claimed,
    make_draft,
    make_published,
    make_returned,
    make_waiting,
    read,
)


def test_return_asks_each_thing_once_and_in_its_order(author, editor):
    asked = ["Name  the year.", "", "Take the link out.\n", "Name the year."]

    submission = make_returned(author, editor=editor, note="", requests=asked)

    requests = Request.objects.made_on(submission)
    assert [(r.position, r.text) for r in requests] == [(1, "Name the year."), (2, "Take the link out.")]
    assert requests[0].decision.note == ""
    assert "1. Name the year.\n2. Take the link out." in Notice.objects.get(kind="return").text


def test_return_without_request_and_note_is_refused(author, editor):
    held = make_claimed(author, editor=editor)

    with pytest.raises(Incomplete) as refused:
        return_to_author(read(held), by=editor, note=" ", requests=[" ", "\n"])

    assert refused.value.field == "note"
    assert not Decision.objects.exists()


@pytest.mark.parametrize("asked", [["x" * 1001], [f"Change {number}." for number in range(31)]])
def test_request_that_does_not_fit_is_refused_at_its_field(author, editor, asked):
    held = make_claimed(author, editor=editor)

    with pytest.raises(Incomplete) as refused:
        return_to_author(read(held), by=editor, requests=asked)

    assert refused.value.field == "requests"
    assert not Request.objects.exists()


def test_newcomer_has_three_stories_under_way_and_not_a_fourth(author, editor, settings):
    settings.STORIES_BEFORE_FIRST = 3
    make_returned(author, editor=editor)
    make_claimed(author, editor=editor)
    waiting = make_waiting(author)
    fourth = make_draft(author)

    with pytest.raises(NoRoom) as refused:
        submit(fourth, by=author)

    assert "at most 3 can be with the editors at once" in refused.value.message
    assert Submission.objects.open().count() == 3
    change_draft(waiting.story, title="A newer title")
    submit(waiting.story, by=author)  # those that are under way go on
    withdraw(waiting.story, by=author)
    assert submit(fourth, by=author).state == "queued"


def test_author_whom_readers_know_has_as_many_as_they_like(author, editor, settings):
    settings.STORIES_BEFORE_FIRST = 1
    make_published(author, editor=editor)

    for _ in range(3):
        make_waiting(author)

    assert Submission.objects.waiting().count() == 3


def test_limit_counts_each_author_by_themselves(author, other_author, settings):
    settings.STORIES_BEFORE_FIRST = 1
    make_waiting(author)

    assert make_waiting(other_author).state == "queued"


@pytest.mark.django_db(transaction=True)
def test_stories_sent_at_the_same_moment_do_not_get_past_the_limit(author, settings):
    settings.STORIES_BEFORE_FIRST = 1
    drafts = [make_draft(author, title=f"Story {number}") for number in range(4)]
    barrier = threading.Barrier(len(drafts))

    def send(story) -> str:
        try:
            barrier.wait(timeout=30)
            return submit(story, by=author).state
        except NoRoom:
            return "no room"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(drafts)) as pool:
        answers = sorted(pool.map(send, drafts))

    assert answers == ["no room", "no room", "no room", "queued"]
