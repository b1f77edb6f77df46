"""Proposals on the desk's pages: deciding makes one, a colleague reads it and answers, and queries stay as they are."""

import pytest
from django.test import Client

from stories.models import Proposal, Reason, Story
from stories.status import StoryState, SubmissionState
from stories.workflow.proposing import propose_removal
from tests.redress.reports import make_claimed_reports
from tests.stories import make_claimed, make_published

WORDS = "The second paragraph gives a stranger's address."


@pytest.fixture(autouse=True)
def two_editors(settings) -> None:
    settings.SECOND_AGREEMENT = frozenset({"law", "removals"})


@pytest.fixture
def law(db) -> Reason:
    return Reason.objects.filter(family="law").first()


def test_declining_by_law_proposes_and_a_colleague_agrees(desk, other_desk, author, editor, law):
    held = make_claimed(author, editor=editor)

    shown = desk.post(
        "preview_decision",
        held.submission_id,
        claim=held.pk,
        revision=held.submission.revision_id,
        sha256=held.submission.revision.sha256,
        decision="decline",
        reason=law.pk,
        note=WORDS,
    )
    answer = desk.decide(held, "decline", reason=law.pk, note=WORDS)

    assert "proposes to decline" in shown.context["mail"].subject
    assert answer.status_code == 302
    proposal = Proposal.objects.get()
    assert "Nothing is sent before a second editor agrees" in desk.get("queue").content.decode()
    assert "asks for your word" not in desk.get("queue").content.decode()
    assert "asks for your word" in other_desk.get("queue").content.decode()
    assert "proposes to decline it" in other_desk.get("review", held.submission_id).content.decode()
    page = other_desk.get("proposal", proposal.pk).content.decode()
    assert "gives a stranger&#x27;s address" in page

    missing = other_desk.post("answer_proposal", proposal.pk, decision="refuse", words="")
    done = other_desk.post("answer_proposal", proposal.pk, decision="agree", words="Yes.")
    again = other_desk.post("answer_proposal", proposal.pk, decision="agree", words="Yes.")

    assert (missing.status_code, list(missing.context["form"].errors)) == (422, ["words"])
    assert (done.status_code, again.status_code) == (302, 409)
    held.submission.refresh_from_db()
    assert held.submission.state == SubmissionState.DECLINED


def test_removing_proposes_and_can_be_taken_back(desk, other_desk, author, editor, other_editor, law):
    story = make_published(author, editor=editor)

    desk.post("remove", story.pk, reason=law.pk, note=WORDS, led_by="own")

    proposal = Proposal.objects.get()
    page = desk.get("published", story.pk)
    assert "removal_form" not in page.context
    assert "Proposed to be removed" in page.content.decode()
    other_desk.post("take_back_proposal", proposal.pk)
    proposal.refresh_from_db()
    assert proposal.is_standing
    desk.post("take_back_proposal", proposal.pk)
    proposal.refresh_from_db()
    assert (proposal.end, Story.objects.get(pk=story.pk).state) == ("taken_back", StoryState.PUBLISHED)


def test_removing_for_reports_proposes_and_the_reports_wait(desk, author, editor, other_editor, law):
    held = make_claimed_reports(make_published(author, editor=editor), editor=editor)

    answer = desk.post(
        "decide_reports",
        held.group_id,
        claim=held.pk,
        up_to=held.group.reports.latest("pk").pk,
        decision="remove",
        reason=law.pk,
        note=WORDS,
    )

    assert answer.status_code == 302
    held.group.refresh_from_db()
    assert (held.group.state, Proposal.objects.get().led_by) == ("waiting", "notice")


def test_proposal_about_ones_own_story_is_not_found(author, editor, law):
    proposal = propose_removal(make_published(author, editor=editor), by=editor, reason=law, note=WORDS)
    client = Client()
    client.force_login(author)

    assert client.get(f"/moderation/proposals/{proposal.pk}/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_proposals_asks_the_same_whatever_it_holds(
    other_desk, author, editor, law, number, django_assert_num_queries
):
    for each in range(number):
        story = make_published(author, editor=editor, title=f"Story {each}")
        propose_removal(story, by=editor, reason=law, note=WORDS)
    other_desk.get("proposals")

    with django_assert_num_queries(7):
        page = other_desk.get("proposals")

    assert len(page.context["rows"]) == number
