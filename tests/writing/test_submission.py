"""The page of a submission: what is asked, what its author answers and says, and how it went."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.models import Answer, Notice, Reason, Request, Story, Submission
from stories.workflow.claiming import claim
from stories.workflow.deciding import return_to_author
from stories.workflow.settling import Verdict, settle_requests
from stories.workflow.submitting import Wish, submit
from tests.stories import (
    make_claimed,
    make_coauthor,
    make_declined,
    make_draft,
    make_published,
    make_returned,
    make_waiting,
    read,
)

ASKED = ["Name the year.", "Take the second link out."]


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


@pytest.fixture
def returned(author, editor) -> Submission:
    return make_returned(author, editor=editor, requests=ASKED)


def address(name: str, submission: Submission) -> str:
    return reverse(f"writing:{name}", args=[submission.story_id, submission.pk])


def ticks(kind: str, **because: str) -> dict[str, str]:
    found = {f"tick_{request.pk}": kind for request in Request.objects.all()}
    return found | {f"because_{request.pk}": because.get("text", "") for request in Request.objects.all()}


def states() -> list[str]:
    return [request.state for request in Request.objects.order_by("pk").with_answers()]


def test_page_shows_what_is_asked_with_the_note_and_a_place_to_answer(desk, returned):
    page = desk.get(address("submission", returned)).content.decode()

    assert "Sent back to you with 2 requests" in page
    for words in (
        *ASKED,
        "Say more about the oven.",
        "0 of 2 answered.",
        "Keep my answers",
        "Submit it again",
    ):
        assert words in page


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_the_same_queries_for_one_request_and_for_thirty(
    desk, author, editor, number, django_assert_num_queries
):
    asked = [f"Change the word number {word}." for word in range(number)]
    submission = make_returned(author, editor=editor, requests=asked)
    desk.post(address("answer", submission), ticks("done"))

    desk.get(address("submission", submission))  # what was said of the answers is read
    with django_assert_num_queries(
        22
    ):  # 4 who asks, story, submission, 8 standing, 5 rounds, 2 notes, notices
        desk.get(address("submission", submission))


def test_answers_are_kept_and_go_with_the_next_round(desk, author, returned):
    desk.post(address("answer", returned), ticks("done"))
    kept = desk.post(
        address("answer", returned), ticks("disagreed", text="It was never one year."), follow=True
    )

    assert "Your answers are kept." in kept.content.decode()
    assert states() == ["disagreed", "disagreed"]
    assert set(Answer.objects.values_list("round", flat=True)) == {2}
    assert Answer.objects.count() == 4
    assert list(returned.events.filter(action="answer").values_list("actor", flat=True)) == [author.pk] * 2


def test_answers_sent_twice_are_kept_once(desk, returned):
    desk.post(address("answer", returned), ticks("done"))
    again = desk.post(address("answer", returned), ticks("done"), follow=True)

    assert "Your answers are as they were." in again.content.decode()
    assert Answer.objects.count() == 2
    assert returned.events.filter(action="answer").count() == 1


def test_disagreement_without_its_reason_is_named_and_nothing_is_lost(desk, returned):
    first, second = Request.objects.order_by("pk")
    data = ticks("done") | {f"tick_{second.pk}": "disagreed", f"because_{first.pk}": "In 1994."}

    answer = desk.post(address("answer", returned), data)

    assert answer.status_code == 400
    assert list(answer.context["answers"].errors) == [f"because_{second.pk}"]
    assert "In 1994." in answer.content.decode()
    assert states() == ["open", "open"]


def test_what_an_earlier_round_left_open_is_answered_with_the_rest(desk, author, editor, returned):
    submit(returned.story, by=author)
    held = claim(returned, by=editor, key=uuid4())
    year, _ = Request.objects.order_by("pk")
    settle_requests(read(held), {year.pk: Verdict(Answer.Kind.ACCEPTED)}, by=editor)
    return_to_author(read(held), by=editor, requests=["Name the town."])

    page = desk.get(address("submission", returned))

    answers = page.context["answers"].rows
    assert [request.text for request, _, _ in answers] == ["Take the second link out.", "Name the town."]
    html = page.content.decode()
    assert "Sent back to you with 2 requests" in html
    assert "0 of 2 answered." in html
    assert "Asked in round 1, and not accepted yet" in html
    assert "Accepted</strong>" in html
    desk.post(address("answer", returned), ticks("done"))
    assert states() == ["open", "done", "done"]


def test_answers_while_an_editor_reads_are_refused_and_still_there(desk, author, editor, returned):
    submit(returned.story, by=author)
    returned.refresh_from_db()
    claim(returned, by=editor, key=uuid4())

    answer = desk.post(address("answer", returned), ticks("disagreed", text="It was never one year."))

    assert answer.status_code == 409
    assert "It was never one year." in answer.content.decode()
    assert not Answer.objects.exists()


def test_message_reaches_who_decided_and_is_said_once(desk, editor, returned):
    data = {"key": uuid4(), "text": "I need a week for this."}

    desk.post(address("reply", returned), data)
    again = desk.post(address("reply", returned), data, follow=True)

    assert "It was not sent twice." in again.content.decode()
    assert again.content.decode().count("I need a week for this.") == 1
    told = Notice.objects.get(kind="reply")
    assert (told.recipient, told.link) == (editor, f"/moderation/{returned.pk}/")
    assert "I need a week for this." in told.text


def test_message_reaches_who_is_reading(desk, author, editor, other_editor):
    held = make_claimed(author, editor=other_editor)

    desk.post(address("reply", held.submission), {"key": uuid4(), "text": "One more thing."})

    assert Notice.objects.get(kind="reply").recipient == other_editor


@pytest.mark.parametrize(("text", "status"), [("  \n ", 400), ("x" * 5001, 400)])
def test_message_that_does_not_fit_is_refused_at_its_field(desk, returned, text, status):
    answer = desk.post(address("reply", returned), {"key": uuid4(), "text": text})

    assert answer.status_code == status
    assert list(answer.context["reply"].errors) == ["text"]
    assert not returned.events.filter(action="reply").exists()


def test_too_many_messages_wait_and_are_not_lost(desk, returned, monkeypatch):
    monkeypatch.setattr("stories.writing.limits.REPLIES_AN_HOUR", 1)
    desk.post(address("reply", returned), {"key": uuid4(), "text": "First."})

    second = desk.post(address("reply", returned), {"key": uuid4(), "text": "Second."})

    assert second.status_code == 429
    assert int(second["Retry-After"]) > 0
    assert "Second." in second.content.decode()
    assert returned.events.filter(action="reply").count() == 1


def test_declined_submission_says_why_and_how_to_appeal(desk, author, editor, settings):
    reason = Reason.objects.first()
    submission = make_declined(author, editor=editor, reason=reason, note="It was sold to you.")

    page = desk.get(address("submission", submission)).content.decode()

    for words in (
        reason.label,
        "It was sold to you.",
        "You can appeal for half a year.",
        settings.EDITORS_MAIL,
    ):
        assert words in page
    assert "Send the message" not in page
    refused = desk.post(address("reply", submission), {"key": uuid4(), "text": "Why?"})
    assert refused.status_code == 409
    assert "Why?" in refused.content.decode()


def test_each_state_has_its_page(desk, author, editor):
    waiting = make_waiting(author)
    published = make_published(author, editor=editor)

    for submission in (waiting, published.submissions.get()):
        assert desk.get(address("submission", submission)).status_code == 200


def test_earlier_submission_leads_to_the_one_after_it(desk, author, editor):
    declined = make_declined(author, editor=editor, reason=Reason.objects.first())
    newer = submit(declined.story, by=author)

    page = desk.get(address("submission", declined)).content.decode()

    assert "The story was submitted anew after it." in page
    assert address("submission", newer) in page


def test_strangers_and_other_stories_find_nothing(client, desk, author, other_author, editor, returned):
    elsewhere = make_draft(author)
    mixed = reverse("writing:submission", args=[elsewhere.pk, returned.pk])
    assert desk.get(mixed).status_code == 404
    for stranger in (other_author, editor):
        client.force_login(stranger)
        assert client.get(address("submission", returned)).status_code == 404
        assert client.post(address("answer", returned), ticks("done")).status_code == 404
        assert client.post(address("reply", returned), {"key": uuid4(), "text": "Hello."}).status_code == 404
    client.logout()
    assert client.get(address("submission", returned)).status_code == 302
    assert not Answer.objects.exists()


def test_answers_and_the_next_round_are_sent_with_one_button(desk, author, returned):
    desk.post(address("answer", returned), ticks("done") | {"action": "submit", "cover_note": "All done."})

    returned.refresh_from_db()
    assert (returned.state, returned.round, states()) == ("queued", 2, ["done", "done"])
    assert cover(returned) == "All done."


def cover(submission: Submission) -> str:
    return submission.events.latest("id").note


def test_cover_note_goes_with_a_submission_from_either_form(desk, author, editor, returned):
    desk.post(reverse("writing:submit", args=[returned.story_id]), {"cover_note": "The year is in."})
    assert cover(returned) == "The year is in."

    story = Story.objects.select_related("draft").get(pk=make_draft(author).pk)
    data = {
        "version": story.draft.version, "markup": "html", "title": "A title", "body": story.draft.body,
        "language": "en", "topics": "work", "action": "submit", "cover_note": "My first one here.",
    }  # fmt: skip
    desk.post(reverse("writing:edit", args=[story.pk]), data)
    assert cover(story.submissions.get()) == "My first one here."


def test_cover_note_of_a_refused_submission_is_still_there(desk, author):
    story = make_draft(author, topics=())

    desk.post(reverse("writing:submit", args=[story.pk]), {"cover_note": "Please be kind."})

    page = desk.get(reverse("writing:edit", args=[story.pk])).content.decode()
    assert "Please be kind." in page
    assert not story.submissions.exists()


def test_cover_note_that_is_too_long_is_refused_with_the_draft_saved(desk, author):
    story = Story.objects.select_related("draft").get(pk=make_draft(author).pk)
    data = {
        "version": story.draft.version, "markup": "html", "title": "A newer title", "body": story.draft.body,
        "language": "en", "topics": "work", "action": "submit", "cover_note": "x" * 2001,
    }  # fmt: skip

    answer = desk.post(reverse("writing:edit", args=[story.pk]), data)

    story.draft.refresh_from_db()
    assert (answer.status_code, story.draft.title) == (400, "A newer title")
    assert "x" * 2001 in answer.content.decode()
    assert not story.submissions.exists()


def test_co_author_answers_too(client, other_author, returned):
    make_coauthor(returned.story, other_author)
    client.force_login(other_author)

    assert client.post(address("answer", returned), ticks("done")).status_code == 302
    assert states() == ["done", "done"]
    assert set(Answer.objects.values_list("by", flat=True)) == {other_author.pk}


def test_wished_publishing_time_is_shown_while_the_submission_is_open(desk, author):
    wished = timezone.localtime(timezone.now() + timedelta(days=3)).replace(hour=9, minute=30)
    submission = submit(make_draft(author), by=author, wish=Wish(wished))

    page = desk.get(address("submission", submission)).content.decode()

    assert "You wish to be published on" in page
    assert f"{wished:%H:%M}</time>" in page
