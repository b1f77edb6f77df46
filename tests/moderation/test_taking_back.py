"""Taking a decision back, at the desk: the button on the page that follows, and what it does there."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from stories.models import Decision, HeldDecision, HeldEnd, Notice, Submission, UnsentDecision
from stories.workflow.claiming import claim
from stories.workflow.taking_back import carry_out_due
from stories.workflow.taking_over import take_over
from tests.moderation.conftest import Desk
from tests.stories import make_claimed, make_waiting

NOTE = "Say which words were in the notebook."


@pytest.fixture(autouse=True)
def window(settings) -> None:
    settings.TAKE_BACK_SECONDS = 30


def taken_back(desk: Desk, held: HeldDecision) -> str:
    answer = desk.post("take_back", held.submission_id, held=held.pk)
    assert answer.url == reverse("moderation:review", args=[held.submission_id])
    return desk.get("review", held.submission_id).content.decode()


def test_the_page_that_follows_offers_it_and_the_story_comes_back_as_it_was(desk, author, editor):
    held_claim = make_claimed(author, editor=editor, title="The bakery")

    answer = desk.decide(held_claim, "return", note=NOTE, requests="Name it.")

    queue = desk.client.get(answer.url).content.decode()
    assert "You decided to send “The bakery” back to its author." in queue
    assert "Take it back" in queue
    assert "With you now" not in queue
    next_one = claim(make_waiting(author), by=editor, key=uuid4())
    assert "Take it back" in desk.get("review", next_one.submission_id).content.decode()
    held = HeldDecision.objects.get()
    before = desk.get("review", held.submission_id)
    assert (before.context["form"], before.context["unsent"]) == (None, {})

    page = taken_back(desk, held)

    assert "Your decision is taken back. Nothing was sent" in page
    form = desk.get("review", held.submission_id).context["form"]
    assert (form["note"].value(), form["requests"].value()) == (NOTE, "Name it.")
    assert form["decision"].value() == "return"
    assert "Take it back" not in page
    assert "taken this decision back already" in taken_back(desk, held)
    assert not Notice.objects.exists()


def test_too_late_is_said_kindly(desk, author, editor):
    desk.decide(make_claimed(author, editor=editor), "approve")
    held = HeldDecision.objects.get()
    carry_out_due(at=held.due_at)

    page = taken_back(desk, held)

    assert "It was too late to take this decision back: it has been sent." in page
    assert HeldEnd.objects.get().kind == "carried_out"
    assert not UnsentDecision.objects.exists()


def test_sent_twice_it_is_held_once_and_the_words_are_kept(desk, author, editor):
    held_claim = make_claimed(author, editor=editor)
    desk.decide(held_claim, "return", note=NOTE)

    again = desk.decide(held_claim, "return", note=NOTE)
    unfinished = desk.decide(held_claim, "")

    assert again.url == unfinished.url == "/moderation/?decided"
    assert HeldDecision.objects.count() == 1
    assert "You have decided on this story already." in desk.get("queue").content.decode()
    assert UnsentDecision.objects.exists()


def test_colleagues_see_that_it_is_decided_and_cannot_take_it_back(desk, other_desk, author, editor):
    desk.decide(make_claimed(author, editor=editor), "approve")
    held = HeldDecision.objects.get()

    page = other_desk.get("review", held.submission_id).content.decode()
    queue = other_desk.get("queue").content.decode()

    assert "Esther Thomas decided to publish" in page
    assert "Take it over" not in page
    assert "Take it back" not in page + queue
    assert "has decided" in queue
    assert other_desk.post("take_back", held.submission_id, held=held.pk).status_code == 404
    assert HeldDecision.objects.standing().count() == 1


def test_what_was_typed_stays_on_the_page_when_a_colleague_took_it_over_and_decided(
    desk, other_desk, author, editor, other_editor
):
    lost = make_claimed(author, editor=editor)
    taken = take_over(lost, by=other_editor, key=uuid4(), note="You are away.")
    other_desk.decide(taken, "approve")

    late = desk.decide(lost, "return", note=NOTE)

    assert late.status_code == 409
    assert NOTE in late.content.decode()
    assert HeldDecision.objects.get().decided_by == other_editor


def test_authors_see_a_story_that_is_being_read(desk, author, editor):
    held_claim = make_claimed(author, editor=editor)
    client = Client()
    client.force_login(author)
    story = held_claim.submission.story_id
    paths = [reverse(f"writing:{name}", args=[story]) for name in ("edit", "history")]
    paths += [reverse("writing:stories"), reverse("writing:notices")]
    before = [client.get(path).content.decode() for path in paths]

    desk.decide(held_claim, "decline", note=NOTE, reason=1)

    assert Submission.objects.get().state == "in_review"
    assert NOTE not in "".join(client.get(path).content.decode() for path in paths)
    assert ["being read" in page for page in before] == [
        "being read" in client.get(path).content.decode() for path in paths
    ]
    assert not Decision.objects.exists()
