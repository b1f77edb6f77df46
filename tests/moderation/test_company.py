"""Several editors at one desk: taking over, who has what open, what changed meanwhile, what was typed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from stories.models import Claim, Decision, Event, Presence, UnsentDecision
from stories.moderation.news import WINDOW, Seen
from stories.workflow.attending import attend
from stories.workflow.claiming import claim, claim_next, release
from stories.workflow.submitting import submit
from stories.workflow.taking_over import take_over
from tests.stories import approve_claimed, change_draft, make_claimed, make_topic, make_waiting

WHY = "You are ill, get well soon."


def shown(desk, submission) -> dict[str, object]:
    """What the page, as it stands now, will ask with."""
    context = desk.get("review", submission.pk).context
    review = context["review"]
    return {
        "version": context["submission"].version,
        "revision": context["text"].pk,
        "held": review.claim.pk if review.is_mine else 0,
    }


def test_story_is_taken_over_from_its_page_with_a_reason(desk, other_desk, author, editor):
    held = make_claimed(author, editor=editor)
    page = other_desk.get("review", held.submission_id).content.decode()
    assert "Take it over" in page
    assert "Take it over" not in desk.get("review", held.submission_id).content.decode()

    answer = other_desk.post("take_over", held.submission_id, claim=held.pk, key=uuid4(), note=WHY)

    assert answer.url == f"/moderation/{held.submission_id}/"
    assert Claim.objects.live().get().editor.username == "farid-ahmed"


def test_taking_over_without_a_reason_asks_for_it_and_takes_nothing(other_desk, author, editor):
    held = make_claimed(author, editor=editor)

    answer = other_desk.post("take_over", held.submission_id, claim=held.pk, key=uuid4(), note=" ")

    assert answer.status_code == 422
    assert "Say why you take it over." in answer.content.decode()
    assert Claim.objects.live().get() == held


def test_taking_over_too_late_says_who_has_it_and_keeps_the_reason(
    desk, other_desk, chief_desk, author, editor
):
    held = make_claimed(author, editor=editor)
    other_desk.post("take_over", held.submission_id, claim=held.pk, key=uuid4(), note=WHY)

    answer = chief_desk.post("take_over", held.submission_id, claim=held.pk, key=uuid4(), note="I know it.")

    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Farid Ahmed has this story by now" in html
    assert 'value="I know it."' in html


def test_open_page_is_told_nothing_while_nothing_changed_and_then_nothing_twice(
    desk, author, editor, django_assert_num_queries
):
    submission = make_waiting(author)
    asked = shown(desk, submission)
    address = f"/moderation/{submission.pk}/news/"

    first = desk.client.get(address, asked)
    with django_assert_num_queries(7):  # who asks (four), the submission (two), who else is there
        again = desk.client.get(address, asked, headers={"If-None-Match": first["ETag"]})

    assert first.json() == {"news": "", "present": ""}
    assert (again.status_code, again.content) == (304, b"")
    change_draft(submission.story, title="A newer title")
    submit(submission.story, by=author)
    changed = desk.client.get(address, asked, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "Asha Rao, its author, sent a newer text." in changed.json()["news"]
    assert "Show the newer text" in changed.json()["news"]


def test_open_page_of_who_lost_the_story_says_who_took_it_why_and_what_to_do(
    desk, author, editor, other_editor
):
    held = make_claimed(author, editor=editor)
    asked = shown(desk, held.submission)
    assert asked["held"] == held.pk
    taken = take_over(held, by=other_editor, key=uuid4(), note=WHY)

    news = desk.get("review_news", held.submission_id, **asked).json()["news"]
    assert f"Farid Ahmed took this story over from you: “{WHY}”" in news
    assert "What you typed is kept" in news
    assert "Take it over" in news

    release(taken, by=other_editor)
    assert "Take it again" in desk.get("review_news", held.submission_id, **asked).json()["news"]
    again = claim(held.submission, by=editor, key=uuid4())
    assert "Go on reading" in desk.get("review_news", held.submission_id, **asked).json()["news"]
    approve_claimed(again)
    news = desk.get("review_news", held.submission_id, **asked).json()["news"]
    assert "Esther Thomas approved it." in news
    assert "Take it" not in news


def test_open_page_of_who_let_the_lease_run_out_offers_the_story_again(desk, author, editor):
    held = make_claimed(author, editor=editor)
    asked = shown(desk, held.submission)
    Claim.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    desk.post("renew", held.submission_id, claim=held.pk)
    claim_of_nobody = make_waiting(author, title="Another")
    claim(claim_of_nobody, by=editor, key=uuid4())

    news = desk.get("review_news", held.submission_id, **asked).json()["news"]

    assert "Your time with this story ran out, and it went back to the queue." in news
    assert "Take it again" in news


def test_who_has_a_story_open_is_named_to_colleagues_and_not_to_themselves(
    desk, other_desk, author, editor, other_editor
):
    submission = make_waiting(author)
    assert other_desk.post("presence", submission.pk).status_code == 204

    assert shown_present(desk, submission) == "Farid Ahmed has it open too"
    assert "Farid Ahmed has it open too" in desk.get("review", submission.pk).content.decode()
    assert shown_present(other_desk, submission) == ""
    assert "Farid Ahmed has it open too" in desk.get("queue").content.decode()
    assert "Farid Ahmed has it open too" not in other_desk.get("queue").content.decode()
    queue = desk.get("queue_news", seen=str(Seen.now())).json()
    assert queue["present"] == {str(submission.pk): "Farid Ahmed has it open too"}

    other_desk.post("presence", submission.pk, gone="1")
    assert shown_present(desk, submission) == ""
    attend(submission, by=other_editor, at=timezone.now() - timedelta(seconds=90))
    assert shown_present(desk, submission) == ""


def shown_present(desk, submission) -> object:
    return desk.get("review_news", submission.pk, version=99, revision=1, held=0).json()["present"]


def test_open_queue_hears_what_came_was_taken_and_was_decided_and_nothing_of_ones_own(
    desk, author, editor, other_editor, django_assert_num_queries
):
    submission = make_waiting(author)
    seen = desk.get("queue").context["seen"]
    with django_assert_num_queries(6):  # who asks (four), what happened, who is where
        quiet = desk.get("queue_news", seen=str(seen))
    assert quiet.json() == {
        "seen": str(seen),
        "rows": {},
        "arrived": [],
        "too_much": False,
        "present": {},
    }
    address = "/moderation/news/"
    known = desk.client.get(address, {"seen": str(seen)}, headers={"If-None-Match": quiet["ETag"]})
    assert known.status_code == 304

    held = claim_next(by=other_editor, key=uuid4())
    new = make_waiting(author, title="Another")
    make_waiting(editor, title="By who asks")
    news = desk.get("queue_news", seen=str(seen)).json()
    assert news["arrived"] == [new.pk]
    assert set(news["rows"]) == {str(submission.pk), str(new.pk)}
    assert "Farid Ahmed</span> is reading" in news["rows"][str(submission.pk)]

    approve_claimed(held)
    later = desk.get("queue_news", seen=news["seen"]).json()
    assert "Approved" in later["rows"][str(submission.pk)]
    assert later["arrived"] == []


def test_event_of_a_slower_transaction_is_heard_once_it_is_there():
    seen = Seen(10, frozenset({8}))

    assert str(seen.and_then([12])) == "12.8.11"
    assert seen.and_then([8, 11, 12]) == Seen(12)
    much_later = Seen(12, frozenset({8, 11})).and_then([12 + WINDOW])
    assert min(much_later.gaps) == 13


def test_queue_page_begins_at_the_newest_event(desk, author):
    make_waiting(author)

    assert str(Seen.now()).split(".")[0] == str(Event.objects.latest("id").pk)
    assert desk.get("queue_news", seen="no number").status_code == 400
    assert desk.get("queue_news", seen="1.x").status_code == 400


def test_what_is_typed_is_kept_by_the_site_and_comes_back_into_the_form(desk, other_desk, author, editor):
    held = make_claimed(author, editor=editor)
    answer = desk.post("keep", held.submission_id, decision="return", note="Half a sen", other="x")
    assert answer.status_code == 204

    assert UnsentDecision.objects.get().fields == {"decision": "return", "note": "Half a sen"}
    assert desk.get("review", held.submission_id).context["form"]["note"].value() == "Half a sen"
    other_desk.post("take_over", held.submission_id, claim=held.pk, key=uuid4(), note=WHY)
    assert "Half a sen" in desk.get("review", held.submission_id).content.decode()
    assert "Half a sen" not in other_desk.get("review", held.submission_id).content.decode()

    taken = Claim.objects.live().get()
    take_over(taken, by=editor, key=uuid4(), note="I am well again.")
    desk.decide(Claim.objects.live().get(), "return", note="Half a sentence.")
    assert Decision.objects.get().note == "Half a sentence."
    assert not UnsentDecision.objects.exists()


@pytest.mark.parametrize("name", ["presence", "keep", "take_over"])
def test_ones_own_story_is_not_found(desk, editor, name):
    submission = make_waiting(editor)

    assert desk.post(name, submission.pk, key=uuid4(), claim=1, note="x").status_code == 404
    assert not Presence.objects.exists()
    assert not UnsentDecision.objects.exists()


def test_next_one_is_taken_from_the_view_that_is_shown(desk, author):
    now = timezone.now()
    make_waiting(author, at=now - timedelta(hours=2), title="In English")
    hindi = make_waiting(author, at=now - timedelta(hours=1), title="In Hindi", language="hi")
    page = desk.get("queue", language="hi").content.decode()
    assert 'action="/moderation/next/?language=hi"' in page

    assert take_next(desk, "language=hi").url == f"/moderation/{hindi.pk}/?language=hi"
    assert take_next(desk, "language=hi").url == "/moderation/?language=hi"


def take_next(desk, view: str):
    return desk.client.post(f"/moderation/next/?{view}", {"key": uuid4()})


def test_what_came_in_is_counted_only_where_it_stands_in_the_view(desk, author, django_assert_num_queries):
    make_topic("garden", "Gardens")
    seen = str(desk.get("queue", topic="garden").context["seen"])
    make_waiting(author, title="On work")
    planted = make_waiting(author, title="On plants", topics=("garden",))

    with django_assert_num_queries(
        9
    ):  # who asks (four), what happened, what it happened to (two), where, who is there
        news = desk.get("queue_news", seen=seen, topic="garden").json()

    assert news["arrived"] == [planted.pk]
    assert len(news["rows"]) == 2
    assert desk.get("queue_news", seen=seen, state="returned").json()["arrived"] == []
    assert len(desk.get("queue_news", seen=seen).json()["arrived"]) == 2
