"""A small change that an editor put back: its statement of reasons, and the appeal that brings the very text back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.models import Appeal, AppealAnswer, Figure, LaterLook, Notice, Reason, Statement, Story
from stories.status import AlreadyThere, NotAllowed
from stories.workflow.appealing import appeal, appealable, reject_appeal, uphold_appeal
from stories.workflow.counting import count_figures
from stories.workflow.looking_later import put_back
from stories.workflow.publishing import unlist
from stories.workflow.submitting import submit
from stories.workflow.trusting import approvals_in_row
from tests.models.test_guards import attack
from tests.redress.reports import make_claimed_appeal
from tests.stories import change_draft, make_small_change

NOTE = "It says another year than the archive."


@pytest.fixture
def look(author, editor) -> LaterLook:
    """A small change to the one story of its author, put back by `editor`."""
    look = make_small_change(author, editor=editor)
    return put_back(look, by=editor, reason=Reason.objects.get(code="advertising"), note=NOTE)


@pytest.fixture
def made(look) -> Appeal:
    story = Story.objects.get(submissions__decisions=look.decision_id)
    (found,) = appealable(story)
    return appeal(story, found.removal, "The archive is wrong.", by=story.author, key=uuid4())


def test_author_is_given_the_reasons_and_where_to_appeal(look, author, editor):
    stated = Statement.objects.get()
    story = look.decision.submission.story

    told = Notice.objects.get(recipient=author, kind="put_back").text
    client = Client()
    client.force_login(author)
    shown = client.get(
        reverse("writing:submission", args=[story.pk, look.decision.submission_id])
    ).content.decode()
    page = client.get(reverse("writing:appeals", args=[story.pk])).content.decode()

    assert (stated.restriction, stated.facts, stated.led_by) == ("put_back", NOTE, "own")
    for words in (NOTE, stated.ground.text, stated.scope, f"/writing/{story.pk}/appeals/"):
        assert words in told
    assert NOTE in shown
    assert stated.scope in shown
    assert reverse("writing:appeals", args=[story.pk]) in shown
    assert "Because your small change was put back on" in page
    assert NOTE in page
    form = {"target": f"removal-{stated.event_id}", "key": uuid4(), "text": "The archive is wrong."}
    assert client.post(reverse("writing:appeals", args=[story.pk]), form).status_code == 302
    page = client.get(reverse("writing:appeals", args=[story.pk])).content.decode()
    assert "Your appeal because your small change" in page


def test_upheld_appeal_brings_the_very_change_back_and_the_trust(made, look, author, editor, other_editor):
    story = made.story
    carried = list(story.disclaimers.values_list("version", "text"))
    change_draft(story, body="<p>Written since.</p>")
    assert approvals_in_row(author) == 0

    held = make_claimed_appeal(made, editor=other_editor)
    given = uphold_appeal(held, by=other_editor, answer="The archive is wrong.")

    story.refresh_from_db()
    assert (given.is_restored, story.state) == (True, "published")
    assert story.published_revision_id == look.decision.revision_id == made.revision_id
    assert list(story.disclaimers.values_list("version", "text")) == carried
    assert approvals_in_row(author) == 2  # the first text's, and this one's: it was no breach
    (told,) = Notice.objects.filter(recipient=author, text__contains="The archive is wrong.")
    assert "Your appeal was upheld." in told.text
    with pytest.raises(AlreadyThere):
        appeal(story, made.removal, "Again", by=author, key=uuid4())


def test_rejected_appeal_leaves_the_former_text_and_the_breach(made, look, author, other_editor):
    reject_appeal(make_claimed_appeal(made, editor=other_editor), by=other_editor, answer="It is right.")

    made.story.refresh_from_db()
    assert made.story.published_revision_id == look.before_id
    assert approvals_in_row(author) == 0


@pytest.mark.parametrize("since", ["a newer text", "off the pages"])
def test_upheld_appeal_changes_no_page_where_the_text_has_no_place(made, author, other_editor, since):
    story = made.story
    if since == "off the pages":
        unlist(story, by=author)
    else:
        change_draft(story, title="Another")
        submit(story, by=author)
    shown = Story.objects.values("state", "published_revision").get()

    uphold_appeal(make_claimed_appeal(made, editor=other_editor), by=other_editor, answer="You are right.")

    assert not AppealAnswer.objects.get().is_restored
    assert Story.objects.values("state", "published_revision").get() == shown
    assert "nothing changes on the pages" in Notice.objects.get(kind="uphold_appeal").text


def test_nobody_who_put_it_back_or_wrote_it_answers(made, author, editor, other_editor):
    for member in (author, editor):
        with pytest.raises(NotAllowed):
            make_claimed_appeal(made, editor=member)
        client = Client()
        client.force_login(member)
        assert client.get(reverse("moderation:appeal", args=[made.pk])).status_code == 404
    claim = (
        'INSERT INTO stories_appealclaim (hearing_id, editor_id, key, claimed_at, expires_at, "end")'
        " VALUES (%s, %s, gen_random_uuid(), now(), now() + interval '20 minutes', '')"
    )
    assert attack(claim, made.hearing.pk, editor.pk) == "appeal_claim_is_fair"
    client.force_login(other_editor)
    listed = client.get(reverse("moderation:appeals")).content.decode()
    page = client.get(reverse("moderation:appeal", args=[made.pk])).content.decode()
    assert "Against the putting back of a small change" in listed
    assert "Small change put back by" in page
    assert NOTE in page


APPEAL = (
    "INSERT INTO stories_appeal (story_id, removal_id, revision_id, by_id, text, key, made_at)"
    " VALUES (%s, %s, %s, %s, 'No.', gen_random_uuid(), %s)"
)


def test_database_wants_the_very_text_and_the_reasons(look, author, editor):
    story = look.decision.submission.story
    event, now = story.events.get(action="put_back"), timezone.now()

    assert (
        attack(APPEAL, story.pk, event.pk, look.before_id, author.pk, now) == "appeal_is_against_a_decision"
    )
    assert (
        attack(APPEAL, story.pk, event.pk, look.decision.revision_id, editor.pk, now) == "appeal_is_by_author"
    )
    unsaid = (
        "INSERT INTO stories_event"
        " (story_id, submission_id, action, machine, from_state, to_state, actor_id, note, data, at)"
        " SELECT story_id, submission_id, action, machine, from_state, to_state, actor_id, note, data, at"
        " FROM stories_event WHERE id = %s"
    )
    assert attack(unsaid, event.pk) == "restriction_has_its_statement"


def test_it_is_counted_as_a_restriction_and_as_an_appeal(made, other_editor):
    reject_appeal(make_claimed_appeal(made, editor=other_editor), by=other_editor, answer="It is right.")
    count_figures(at=timezone.now() + timedelta(days=40))

    counted = Figure.objects.filter(kind="put_back").values_list("measure", "detail")
    assert {("cause", "own"), ("appeal", "made"), ("appeal", "rejected")} <= set(counted)
