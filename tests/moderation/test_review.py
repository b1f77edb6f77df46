"""Reading a submission: what the page shows, and to whom."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from stories.models import Claim, DisclaimerVersion, Submission
from stories.status import SubmissionState
from stories.workflow.claiming import claim, expire_claims
from stories.workflow.deciding import return_to_author
from stories.workflow.judging import Remedy, uphold
from stories.workflow.submitting import submit
from tests.redress.reports import make_claimed_reports, read_reports
from tests.stories import (
    change_draft,
    make_claimed,
    make_coauthor,
    make_declined,
    make_published,
    make_waiting,
    read,
)

SENTENCE = (
    "This is a user generated content for MyStory, a YourStory initiative to enable its community to contribute "
    "and have their voices heard. The views and writings here reflect that of the author and not of YourStory."
)
LINKED = '<p>Read <a href="https://Shop.Example/x?utm=1">the tools</a> and <a href="mailto:me@home.example">me</a>.</p>'


def test_review_shows_the_story_as_readers_will_see_it(desk, author, editor):
    held = make_claimed(author, editor=editor)

    html = desk.get("review", held.submission_id).content.decode()

    assert html.index(SENTENCE) < html.index("The bakery that would not grow</h1>") < html.index("<h2 id=")
    assert held.submission.revision.rendering.html in html


def test_review_of_an_approved_story_shows_the_disclaimer_it_was_given(desk, author, editor):
    held = make_claimed(author, editor=editor)
    opinion = DisclaimerVersion.objects.get(disclaimer__key="opinion")
    desk.decide(held, "approve", disclaimer=opinion.pk)

    page = desk.get("review", held.submission_id)

    assert [shown.label for shown in page.context["body"].disclaimers] == ["Opinion"]
    assert page.context["form"] is None
    assert "Take this one" not in page.content.decode()


def test_review_lists_the_links_with_their_hosts(desk, author, editor):
    held = make_claimed(author, editor=editor, body=LINKED)

    html = desk.get("review", held.submission_id).content.decode()

    assert "<b>shop.example</b>" in html
    assert "<b>home.example</b>" in html


def test_review_shows_the_conversation_round_by_round(desk, author, editor, other_editor):
    held = make_claimed(author, editor=other_editor)
    return_to_author(read(held), by=other_editor, note="Which words were in the notebook?")
    change_draft(held.submission.story, title="A better title")
    submit(held.submission.story, by=author, note="Flour, salt, wait, fold.")

    response = desk.get("review", held.submission_id)

    rounds = response.context["rounds"]
    assert [[(turn.who, turn.did, turn.note) for turn in r.turns] for r in rounds] == [
        [("Asha Rao", "sent it again", "Flour, salt, wait, fold.")],
        [
            ("Asha Rao", "sent it in", ""),
            ("Farid Ahmed", "sent it back", "Which words were in the notebook?"),
        ],
    ]


def test_review_offers_the_decision_to_the_claimant_alone(desk, other_desk, author, editor):
    submission = make_waiting(author)
    waiting = desk.get("review", submission.pk)
    claim(submission, by=editor, key=uuid4())

    mine, theirs = desk.get("review", submission.pk), other_desk.get("review", submission.pk)

    assert waiting.context["form"] is None
    assert "Take this one" in waiting.content.decode()
    assert mine.context["form"] is not None
    assert "Yours until" in mine.content.decode()
    assert theirs.context["form"] is None
    assert "Esther Thomas</b> is reading since" in theirs.content.decode()
    assert "Take this one" not in theirs.content.decode()


def test_review_of_a_lease_that_ran_out_is_free_to_take(other_desk, author, editor):
    held = make_claimed(author, editor=editor, at=timezone.now() - timedelta(hours=1))

    page = other_desk.get("review", held.submission_id)

    assert "Take this one" in page.content.decode()
    other_desk.post("claim", held.submission_id, key=uuid4())
    assert Claim.objects.live().get().editor.username == "farid-ahmed"


def test_review_of_ones_own_story_is_not_found(desk, other_desk, editor):
    submission = make_waiting(editor)

    assert desk.get("review", submission.pk).status_code == 404
    assert desk.post("claim", submission.pk, key=uuid4()).status_code == 404
    assert other_desk.get("review", submission.pk).status_code == 200


@pytest.mark.parametrize("stories", [1, 3, 30])
def test_review_asks_the_same_queries_however_much_there_is(
    desk, author, editor, other_editor, django_assert_num_queries, stories
):
    for number in range(stories):
        make_published(author, editor=other_editor, title=f"Story {number}", body=f"<p>Words {number}</p>")
    held = make_claimed(author, editor=editor, body="".join(LINKED for _ in range(stories)))
    desk.get("review", held.submission_id)

    with django_assert_num_queries(23):
        desk.get("review", held.submission_id)


def test_claim_takes_this_one_and_tells_the_second_who_was_first(desk, other_desk, author, other_editor):
    submission = make_waiting(author)

    desk.post("claim", submission.pk, key=uuid4())
    late = other_desk.client.post(f"/moderation/{submission.pk}/claim/", {"key": uuid4()}, follow=True)

    assert Claim.objects.get().editor.username == "esther-thomas"
    assert "Esther Thomas took this story a moment before you." in late.content.decode()


def test_renew_lengthens_the_lease_and_says_until_when(desk, author, editor):
    held = make_claimed(author, editor=editor, at=timezone.now() - timedelta(minutes=10))

    answer = desk.client.post(
        f"/moderation/{held.submission_id}/lease/",
        {"claim": held.pk},
        headers={"Accept": "application/json"},
    )

    renewed = Claim.objects.get()
    assert renewed.expires_at > held.expires_at
    assert answer.json() == {
        "until": timezone.localtime(renewed.expires_at).strftime("%H:%M"),
        "moment": renewed.expires_at.isoformat(),
        "seconds": 1200,
    }


def test_renew_of_a_lost_lease_says_so(desk, author, editor):
    held = make_claimed(author, editor=editor, at=timezone.now() - timedelta(hours=1))
    expire_claims()

    answer = desk.client.post(
        f"/moderation/{held.submission_id}/lease/",
        {"claim": held.pk},
        headers={"Accept": "application/json"},
    )

    assert answer.status_code == 409
    assert answer.json()["message"].startswith("Your time with this story ran out")


def test_renew_and_release_of_a_colleagues_claim_are_not_found(other_desk, author, editor):
    held = make_claimed(author, editor=editor)

    assert other_desk.post("renew", held.submission_id, claim=held.pk).status_code == 404
    assert other_desk.post("release", held.submission_id, claim=held.pk).status_code == 404
    assert Claim.objects.live().count() == 1


def test_release_puts_the_story_back_once(desk, author, editor):
    held = make_claimed(author, editor=editor)

    first = desk.post("release", held.submission_id, claim=held.pk)
    second = desk.post("release", held.submission_id, claim=held.pk)

    assert first.url == second.url == "/moderation/"
    assert Submission.objects.get().state == SubmissionState.QUEUED
    assert Submission.objects.get().events.filter(action="release").count() == 1


def test_review_knows_the_record_of_each_author(desk, author, other_author, editor, other_editor, reason):
    reported = make_published(author, editor=other_editor, title="Copied")
    held = make_claimed_reports(reported, other_author, editor=editor)
    uphold(read_reports(held), Remedy("remove", "Page 3 is copied.", reason=reason), by=editor)
    make_declined(author, editor=editor, reason=reason)
    together = make_waiting(author)
    make_coauthor(together.story, other_author)

    page = desk.get("review", together.pk)

    assert [(who.username, record.words) for who, record in page.context["records"]] == [
        ("asha-rao", "nothing published yet, 1 declined, 1 removed, 1 rightly reported"),
        ("bilal-khan", "first story"),
    ]
    assert "<dt>Rightly reported</dt><dd>1</dd>" in page.content.decode()
