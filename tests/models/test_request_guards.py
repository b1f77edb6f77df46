"""What the database refuses by itself about requests and answers."""

from uuid import uuid4

from django.db import connection

from accounts.models import User
from stories.models import Request
from stories.workflow.claiming import claim
from stories.workflow.coauthoring import leave
from stories.workflow.disclaiming import offered_versions
from stories.workflow.submitting import submit
from tests.models.test_guards import attack, insert_decision
from tests.stories import make_claimed, make_coauthor, make_returned


def test_return_says_what_for(author, editor):
    held = make_claimed(author, editor=editor)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS return_says_what_for IMMEDIATE")

    assert insert_decision(held, note="") == "return_says_what_for"


def insert_request(decision_id: int, text: str = "Name the year.") -> str:
    return attack(
        "INSERT INTO stories_request (decision_id, position, text) VALUES (%s, 9, %s)", decision_id, text
    )


def test_request_is_made_with_its_return_and_stays_as_it_was(author, editor):
    returned = make_returned(author, editor=editor, requests=["Name the year."])
    decision, request = returned.decisions.get(), Request.objects.get()

    assert insert_request(decision.pk) == "request_is_part_of_its_return"
    assert attack("UPDATE stories_request SET text = 'Another' WHERE id = %s", request.pk) == "append_only"
    assert attack("DELETE FROM stories_request WHERE id = %s", request.pk) == "append_only"


def insert_answer(request: Request, by: User, **changed: object) -> str:
    text = "It is said elsewhere." if changed.get("kind") == "waived" else ""
    columns = {"kind": "done", "text": text, "round": 2} | changed
    return attack(
        "INSERT INTO stories_answer (request_id, by_id, kind, text, round, at) VALUES (%s, %s, %s, %s, %s, now())",
        *(request.pk, by.pk, columns["kind"], columns["text"], columns["round"]),
    )


def test_answer_is_from_the_other_side_and_stays(author, editor):
    make_returned(author, editor=editor, requests=["Name the year."])
    request = Request.objects.get()

    assert insert_answer(request, editor) == "answer_is_from_the_other_side"
    assert insert_answer(request, author, kind="waived") == "answer_is_from_the_other_side"
    assert insert_answer(request, author, round=1) == "answer_goes_with_a_later_round"
    assert insert_answer(request, author, kind="disagreed") == "disagreement_says_why"
    assert insert_answer(request, author, kind="perhaps") == "answer_kind_is_known"
    assert insert_answer(request, author) == ""
    assert attack("UPDATE stories_answer SET kind = 'open'") == "append_only"
    assert attack("DELETE FROM stories_answer") == "append_only"


def test_verdict_is_of_who_reads_the_story_and_never_of_who_wrote_it(
    author, other_author, editor, other_editor
):
    returned = make_returned(author, editor=editor, requests=["Name the year."])
    request = Request.objects.get()
    make_coauthor(returned.story, other_author)
    make_coauthor(returned.story, other_editor)
    leave(returned.story, by=other_editor)
    assert insert_answer(request, editor, kind="accepted") == "verdict_has_its_claim"
    submit(returned.story, by=author)
    claim(returned, by=editor, key=uuid4())

    for kind in ("accepted", "waived", "reopened"):
        for wrote in (author, other_author, other_editor):
            assert insert_answer(request, wrote, kind=kind) == "answer_is_from_the_other_side"
    assert insert_answer(request, other_editor) == ""  # who wrote it once may have answered
    assert insert_answer(request, editor, kind="waived", text="") == "waiving_says_why"
    assert insert_answer(request, editor, kind="accepted", round=1) == "verdict_has_its_claim"
    assert insert_answer(request, editor, kind="waived") == ""


def test_text_is_not_approved_while_a_request_is_open(author, editor):
    returned = make_returned(author, editor=editor, requests=["Name the year.", "Name the town."])
    submit(returned.story, by=author)
    held = claim(returned, by=editor, key=uuid4())
    year, town = Request.objects.order_by("pk")
    approval = {"kind": "approve", "round": 2, "disclaimers": [offered_versions("en")[0].pk]}

    assert insert_answer(year, author) == ""
    assert insert_decision(held, **approval) == "approval_leaves_no_request_open"
    assert insert_answer(year, editor, kind="accepted") == ""
    assert insert_answer(town, editor, kind="waived") == ""
    assert insert_answer(year, editor, kind="reopened") == ""
    assert insert_decision(held, **approval) == "approval_leaves_no_request_open"
    assert insert_answer(year, editor, kind="accepted") == ""
    assert insert_decision(held, **approval) == "state_has_its_decision"  # nothing is open any more
