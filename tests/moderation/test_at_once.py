"""The same form from two windows at the same moment, and two editors at the same story."""

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse

from stories.models import Claim, Decision, Event, Notice
from tests.stories import make_claimed, make_waiting

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], HttpResponse]) -> list[HttpResponse]:
    start = threading.Barrier(len(acts))
    answers: list[HttpResponse] = []

    def run(act: Callable[[], HttpResponse]) -> None:
        try:
            start.wait()
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_one_form_sent_four_times_at_once_decides_once(desk, author, editor):
    held = make_claimed(author, editor=editor)

    answers = at_once(*[lambda: desk.decide(held, "return", note="Once.")] * 4)

    assert [answer.status_code for answer in answers] == [302] * 4
    assert Decision.objects.count() == 1
    assert Event.objects.filter(action="return").count() == 1
    assert Notice.objects.count() == 1


def test_two_answers_at_once_to_one_story_make_one_decision(desk, author, editor, reason):
    held = make_claimed(author, editor=editor)

    answers = at_once(
        lambda: desk.decide(held, "approve"),
        lambda: desk.decide(held, "decline", reason=reason.pk, note="No."),
    )

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Decision.objects.count() == 1


def test_two_editors_who_take_the_next_at_once_get_different_stories(desk, other_desk, author):
    make_waiting(author)
    make_waiting(author, title="Another")

    answers = at_once(lambda: desk.post("next", key=uuid4()), lambda: other_desk.post("next", key=uuid4()))

    assert len({answer.url for answer in answers}) == 2
    assert Claim.objects.live().count() == 2


def test_two_editors_who_take_one_story_at_once_are_told_who_has_it(desk, other_desk, author):
    submission = make_waiting(author)

    at_once(
        lambda: desk.post("claim", submission.pk, key=uuid4()),
        lambda: other_desk.post("claim", submission.pk, key=uuid4()),
    )

    holder = Claim.objects.get().editor
    slower = other_desk if holder.username == "esther-thomas" else desk
    assert (
        f"{holder.name} took this story a moment before you."
        in slower.get("review", submission.pk).content.decode()
    )


def test_one_double_click_on_next_takes_one_story(desk, author):
    make_waiting(author)
    make_waiting(author, title="Another")
    key = uuid4()

    answers = at_once(*[lambda: desk.post("next", key=key)] * 3)

    assert len({answer.url for answer in answers}) == 1
    assert Claim.objects.count() == 1
