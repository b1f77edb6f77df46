"""The second time round: what changed is above the text, and what was asked is settled one by one."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from stories.models import Answer, Request
from stories.workflow.answering import Given, answer_requests
from stories.workflow.claiming import claim
from stories.workflow.submitting import submit
from tests.stories import change_draft, make_returned

pytestmark = pytest.mark.browser
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BEFORE = '<p>My grandmother never wrote a recipe down.</p><p>Ask <a href="https://bakers.example/">the bakers</a>.</p>'
AFTER = '<p>Ask <a href="https://shop.example/">the bakers</a>.</p><p>My grandmother wrote one recipe down in 1994.</p>'


def second_round(author, editor):
    submission = make_returned(
        author, editor=editor, body=BEFORE, requests=["Name the year.", "Say who the bakers are."]
    )
    year, bakers = Request.objects.made_on(submission)
    given = {
        year.pk: Given(Answer.Kind.DONE),
        bakers.pk: Given(Answer.Kind.DISAGREED, "They asked me not to."),
    }
    answer_requests(submission, given, by=author)
    change_draft(submission.story, body=AFTER)
    submit(submission.story, by=author)
    claim(submission, by=editor, key=uuid4())
    return submission


def test_editor_sees_what_changed_and_settles_what_was_asked(signed_in, author, editor, quiet, axe):
    submission = second_round(author, editor)
    desk = signed_in(editor, viewport={"width": 1280, "height": 900})

    # Above the text: links first, then the words, each change named for who cannot see it.
    desk.goto(f"/moderation/{submission.pk}/")
    since = desk.get_by_role("region", name="Since you sent it back on")
    expect(since.get_by_role("term").first).to_have_text("Where links lead")
    expect(since.get_by_role("insertion").filter(has_text="https://shop.example/")).to_be_visible()
    expect(since.get_by_role("deletion").filter(has_text="https://bakers.example/")).to_be_visible()

    # A text that still has open requests is not published, and the page says which; what was typed stays.
    year = desk.get_by_role("group", name="Name the year.")
    bakers = desk.get_by_role("group", name="Say who the bakers are.")
    expect(bakers.get_by_text("They asked me not to.")).to_be_visible()
    year.get_by_label("Accept").check()
    desk.get_by_text("Publish P").click()
    desk.get_by_label("Note to the author").fill("Thank you for the year.")
    desk.get_by_role("button", name="Publish this text").click()
    problem = desk.get_by_role("alert").filter(has_text="Nothing was decided yet")
    expect(problem).to_contain_text("One request is still open: “Say who the bakers are.”.")
    expect(year.get_by_label("Accept")).to_be_checked()
    expect(desk.get_by_label("Note to the author")).to_have_value("Thank you for the year.")
    assert axe(desk) == []
    phone = signed_in(editor, viewport={"width": 360, "height": 740}, color_scheme="dark")
    phone.goto(f"/moderation/{submission.pk}/")
    expect(phone.get_by_role("group", name="Name the year.").get_by_label("Accept")).to_be_checked()
    assert axe(phone) == []
    assert phone.evaluate(OVERFLOW) <= 0

    # Waived with its reason, the text goes out.
    bakers.get_by_label("Waive").check()
    bakers.get_by_label("Why you no longer ask for it").fill("Their wish counts.")
    desk.get_by_role("button", name="Publish this text").click()
    expect(desk.get_by_text("is published.")).to_be_visible()

    asha = signed_in(author, viewport={"width": 360, "height": 740})
    asha.goto(f"/writing/{submission.story_id}/submissions/{submission.pk}/")
    expect(asha.get_by_text("Their wish counts.")).to_be_visible()
    assert asha.evaluate(OVERFLOW) <= 0


def test_requests_are_settled_without_scripts_on_a_phone(signed_in, author, editor, quiet, axe):
    submission = second_round(author, editor)
    desk = signed_in(editor, viewport={"width": 360, "height": 740}, java_script_enabled=False)

    desk.goto(f"/moderation/{submission.pk}/")
    desk.get_by_text("Send back").click()
    desk.get_by_label("Note to the author").fill("Thank you for the year.")
    bakers = desk.get_by_role("group", name="Say who the bakers are.")
    bakers.get_by_label("Waive").check()
    desk.get_by_role("button", name="Keep these answers").click()
    expect(desk.get_by_role("alert")).to_contain_text("Say why you no longer ask for it")
    bakers.get_by_label("Why you no longer ask for it").fill("Their wish counts.")
    desk.get_by_role("button", name="Keep these answers").click()

    expect(desk.get_by_text("Your answers to what was asked are kept.")).to_be_visible()
    expect(desk).to_have_url(re.compile(rf"/moderation/{submission.pk}/$"))
    expect(bakers.get_by_text("No longer asked for")).to_be_visible()
    expect(desk.get_by_label("Note to the author")).to_have_value("Thank you for the year.")
