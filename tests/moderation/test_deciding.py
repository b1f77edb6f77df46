"""Deciding: once, on the text that was read, and never losing what was typed."""

from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from stories.models import Claim, Decision, Event, Notice, Reason, Story, UnsentDecision
from stories.workflow.claiming import claim, claim_next, expire_claims
from stories.workflow.submitting import submit
from tests.stories import change_draft, make_claimed, make_waiting

NOTE = "Say which words were in the notebook,\nand why."


def test_approve_publishes_the_text_under_the_disclaimer_chosen(desk, author, editor):
    held = make_claimed(author, editor=editor)

    answer = desk.decide(held, "approve", note="Lovely.")

    assert answer.url == "/moderation/?decided"
    story = Story.objects.published().get()
    assert story.published_revision == held.submission.revision
    assert story.disclaimers.get().label == "Community story"
    assert Decision.objects.get().note == "Lovely."


def test_approve_for_later_takes_the_time_in_the_sites_zone(desk, author, editor, settings):
    held = make_claimed(author, editor=editor)
    day = (timezone.localtime() + timedelta(days=30)).date()
    desk.decide(held, "approve", publish_at=f"{day}T09:30")

    story = Story.objects.get()
    assert story.scheduled_for == datetime.combine(day, time(9, 30), tzinfo=ZoneInfo(settings.TIME_ZONE))
    assert not story.is_public


def test_return_sends_the_note_to_the_author(desk, author, editor):
    held = make_claimed(author, editor=editor)

    assert desk.decide(held, "return", note=NOTE).status_code == 302
    assert Decision.objects.get().kind == "return"
    assert NOTE in Notice.objects.get(recipient=author).text


def test_decline_needs_its_reason_and_note(desk, author, editor, reason):
    held = make_claimed(author, editor=editor)

    no_reason = desk.decide(held, "decline", note=NOTE)
    no_note = desk.decide(held, "decline", reason=reason.pk)
    whole = desk.decide(held, "decline", reason=reason.pk, note=NOTE)

    assert (no_reason.status_code, list(no_reason.context["form"].errors)) == (422, ["reason"])
    assert (no_note.status_code, list(no_note.context["form"].errors)) == (422, ["note"])
    assert whole.status_code == 302
    assert Decision.objects.get().reason == reason


@pytest.mark.parametrize(
    ("decision", "data", "field"),
    [
        ("return", {"note": "  \n "}, "note"),
        ("approve", {"publish_at": "2001-01-01T10:00"}, "publish_at"),
        ("approve", {"publish_at": "soon"}, "publish_at"),
        ("approve", {"disclaimer": "999999"}, "disclaimer"),
        ("approve", {"disclaimer": ""}, "disclaimer"),
        ("return", {"note": "x" * 10_001}, "note"),
        ("publish-at-once", {}, "decision"),
        ("", {}, "decision"),
    ],
)
def test_what_is_missing_is_named_at_its_field_and_nothing_is_lost(
    desk, author, editor, decision, data, field
):
    held = make_claimed(author, editor=editor)

    answer = desk.decide(held, decision, **{"note": NOTE, **data})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["note"].value() == data.get("note", NOTE)
    assert not Decision.objects.exists()


def test_decision_sent_twice_is_made_once_and_told_kindly(desk, author, editor):
    held = make_claimed(author, editor=editor)
    desk.decide(held, "approve")

    again = desk.decide(held, "approve")

    assert again.url == "/moderation/?decided"
    assert "You have decided on this story already." in desk.get("queue").content.decode()
    assert Decision.objects.count() == 1
    assert Event.objects.filter(action="approve").count() == 1
    assert Notice.objects.count() == 1


def test_decision_after_a_colleague_took_over_is_409_with_what_happened_and_the_note(
    desk, other_desk, author, editor, other_editor
):
    held = make_claimed(author, editor=editor, at=timezone.now() - timedelta(hours=1))
    claim_next(by=other_editor, key=uuid4())

    late = desk.decide(held, "return", note=NOTE)

    html = late.content.decode()
    assert late.status_code == 409
    assert "Nothing was decided" in html
    assert "Farid Ahmed took the story." in html
    assert "Which" not in html
    assert late.context["unsent"]["note"].replace("\r\n", "\n") == NOTE
    assert "Say which words were in the notebook," in html
    assert not Decision.objects.exists()


def test_decision_on_an_older_text_is_409_and_names_what_differs(desk, author, editor):
    held = make_claimed(author, editor=editor, at=timezone.now() - timedelta(hours=1))
    expire_claims()
    read_revision = held.submission.revision
    change_draft(
        held.submission.story,
        title="Changed",
        body='<p>Now with <a href="https://labelbox.example/">annotation tools</a>.</p>',
    )
    submit(held.submission.story, by=author)
    again = claim(held.submission, by=editor, key=uuid4())

    late = desk.post(
        "decide",
        held.submission_id,
        claim=again.pk,
        revision=read_revision.pk,
        sha256=read_revision.sha256,
        decision="return",
        note=NOTE,
    )

    html = late.content.decode()
    assert late.status_code == 409
    since = late.context["changed"]["since"]
    assert [fact.label for fact in since.comparison.facts] == ["Where links lead", "The title"]
    assert "[added: </span>" in html
    assert "labelbox.example" in html
    assert late.context["form"]["note"].value() == NOTE
    assert late.context["form"]["revision"].value() != read_revision.pk
    assert not Decision.objects.exists()


def test_note_comes_back_when_the_story_is_taken_again(desk, author, editor):
    held = make_claimed(author, editor=editor, at=timezone.now() - timedelta(hours=1))
    expire_claims()
    desk.decide(held, "return", note=NOTE)

    desk.post("claim", held.submission_id, key=uuid4())
    page = desk.get("review", held.submission_id)

    assert page.context["form"]["note"].value() == NOTE
    assert page.context["form"]["decision"].value() == "return"


def test_note_is_forgotten_once_it_was_sent(desk, author, editor):
    held = make_claimed(author, editor=editor)
    desk.decide(held, "return", note=NOTE, decision="")
    desk.decide(held, "return", note=NOTE)

    assert not UnsentDecision.objects.exists()


def test_decision_by_another_editor_is_not_found(other_desk, author, editor):
    held = make_claimed(author, editor=editor)

    assert other_desk.decide(held, "approve").status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["claim", "revision", "sha256"])
def test_decision_that_does_not_say_what_was_read_decides_nothing(desk, author, editor, name):
    held = make_claimed(author, editor=editor)

    answer = desk.decide(held, "approve", **{name: ""})

    assert answer.url == f"/moderation/{held.submission_id}/"
    assert not Decision.objects.exists()


def test_form_that_lacks_something_decides_nothing_after_its_claim_is_over(
    desk, author, editor, other_editor
):
    held = make_claimed(author, editor=editor, at=timezone.now() - timedelta(hours=1))
    expire_claims()

    late = desk.decide(held, "", note=NOTE)

    assert late.status_code == 409
    assert late.context["unsent"]["note"].replace("\r\n", "\n") == NOTE
    assert not Decision.objects.exists()


@pytest.mark.parametrize("number", ["0", "-1", str(2**63), "9" * 40])
def test_numbers_that_nobody_gave_out_decide_nothing(desk, author, editor, number):
    held = make_claimed(author, editor=editor)

    assert desk.decide(held, "approve", claim=number).status_code == 404
    assert desk.decide(held, "approve", revision=number).status_code == 409
    assert desk.client.get(f"/moderation/{number}/").status_code == 404
    assert not Decision.objects.exists()


def test_decision_on_another_fingerprint_is_refused(desk, author, editor):
    held = make_claimed(author, editor=editor)

    assert desk.decide(held, "approve", sha256="0" * 64).status_code == 409
    assert not Story.objects.published().exists()


def test_decision_with_a_claim_of_another_submission_is_not_found(desk, author, editor):
    held = make_claimed(author, editor=editor)
    other = make_claimed(author, editor=editor, title="Another")

    assert desk.decide(held, "approve", claim=other.pk).status_code == 404
    assert not Decision.objects.exists()


def test_reason_that_is_not_offered_any_more_is_refused(desk, author, editor, reason):
    held = make_claimed(author, editor=editor)
    Reason.objects.filter(pk=reason.pk).update(is_open=False)

    answer = desk.decide(held, "decline", reason=reason.pk, note=NOTE)

    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_author_who_becomes_an_editor_cannot_decide_on_their_own(desk, editor, other_editor):
    submission = make_waiting(editor)
    held = claim(submission, by=other_editor, key=uuid4())

    assert desk.decide(held, "approve").status_code == 404
    assert Claim.objects.live().get() == held
