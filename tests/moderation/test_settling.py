"""Settling requests at the desk: with the decision or before it, and nothing that was typed is lost."""

from uuid import uuid4

import pytest

from stories.models import Answer, Claim, Decision, Request
from stories.workflow.claiming import claim
from stories.workflow.submitting import submit
from tests.stories import make_returned


@pytest.fixture
def second(author, editor) -> Claim:
    returned = make_returned(author, editor=editor, requests=["Name the year.", "Take the link out."])
    submit(returned.story, by=author)
    return claim(returned, by=editor, key=uuid4())


def said(*kinds: str, why: str = "") -> dict[str, str]:
    numbers = [request.pk for request in Request.objects.order_by("pk")]
    ticks = {f"settle_{pk}": kind for pk, kind in zip(numbers, kinds, strict=True)}
    return ticks | {f"why_{pk}": why for pk in numbers}


def settle(desk, held: Claim, **data: object):
    text = held.submission.revision
    sent = {"claim": held.pk, "revision": text.pk, "sha256": text.sha256}
    return desk.post("settle", held.submission_id, **{**sent, **data})


def test_page_offers_them_to_who_decides_and_shows_them_to_others(desk, other_desk, second):
    mine, theirs = (who.get("review", second.submission_id).content.decode() for who in (desk, other_desk))

    for request in Request.objects.all():
        assert request.text in mine
        assert request.text in theirs
        assert f'name="settle_{request.pk}"' in mine
        assert f'name="settle_{request.pk}"' not in theirs


def test_text_is_published_with_its_requests_settled_in_one_form(desk, second):
    answer = desk.decide(second, "approve", **said("accepted", "waived", why="It is a good source."))

    assert answer.status_code == 302
    assert Decision.objects.latest("id").kind == "approve"
    assert list(Answer.objects.order_by("request").values_list("kind", "text")) == [
        ("accepted", ""),
        ("waived", "It is a good source."),
    ]


def test_text_is_not_published_while_one_is_open_and_the_page_says_which(desk, second):
    refused = desk.decide(second, "approve", note="Thank you.", **said("accepted", "reopened"))

    assert refused.status_code == 422
    assert refused.context["form"].errors["decision"] == [
        "One request is still open: “Take the link out.”. Accept it or waive it before you publish this text."
    ]
    assert refused.context["form"]["note"].value() == "Thank you."
    assert Decision.objects.count() == 1
    assert [r.verdict and r.verdict.kind for r in Request.objects.order_by("pk").with_answers()] == [
        "accepted",
        None,
    ]


@pytest.mark.parametrize("decision", ["approve", "return"])
def test_waiver_without_its_reason_stops_the_decision_and_is_named(desk, second, decision):
    refused = desk.decide(second, decision, note="Once more.", **said("waived", "accepted"))

    assert refused.status_code == 422
    first = Request.objects.order_by("pk")[0]
    assert list(refused.context["settling"].errors) == [f"why_{first.pk}"]
    assert refused.context["settling"][f"settle_{first.pk}"].value() == "waived"
    assert not Answer.objects.exists()
    assert Decision.objects.count() == 1


def test_they_are_kept_before_the_decision_with_all_that_was_typed(desk, second):
    kept = settle(
        desk, second, note="Half a note", decision="approve", added=["1", "2"], **said("accepted", "reopened")
    )

    assert kept.url == f"/moderation/{second.submission_id}/"
    page = desk.get("review", second.submission_id)
    assert page.context["form"]["note"].value() == "Half a note"
    assert page.context["form"]["added"].value() == ["1", "2"]
    assert [tick.value() for _, tick, _ in page.context["to_settle"]] == ["accepted", "reopened"]
    refused = settle(desk, second, note="Half a note", **said("accepted", "waived"))
    assert refused.status_code == 422
    assert refused.context["form"]["note"].value() == "Half a note"


def test_they_are_refused_under_a_claim_that_is_over_and_still_there(desk, second):
    desk.post("release", second.submission_id, claim=second.pk)

    late = settle(desk, second, **said("waived", "waived", why="It is a good source."))

    assert late.status_code == 409
    assert not Answer.objects.exists()
    claim(second.submission, by=second.editor, key=uuid4())
    rows = desk.get("review", second.submission_id).context["to_settle"]
    assert [why.value() for _, _, why in rows] == ["It is a good source."] * 2


def test_those_of_earlier_rounds_are_put_away_unless_their_text_changed(desk, author, second):
    desk.decide(second, "return", note="The end, please.", **said("accepted", "accepted"))
    submit(second.submission.story, by=author)
    held = claim(second.submission, by=second.editor, key=uuid4())

    page = desk.get("review", held.submission_id)

    assert page.context["to_settle"] == []
    assert "2 settled in earlier rounds" in page.content.decode()
