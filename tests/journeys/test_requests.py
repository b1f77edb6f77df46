"""Asked for two changes, an author answers each; the editor has the answers beside the newer text."""

import re

import pytest
from playwright.sync_api import expect

from stories.models import Request
from tests.browser import press_key
from tests.stories import make_waiting

pytestmark = pytest.mark.browser
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_author_answers_what_was_asked_and_the_editor_sees_it(signed_in, author, editor, quiet, axe):
    submission = make_waiting(author)
    page_of_it = f"/writing/{submission.story_id}/submissions/{submission.pk}/"

    # Returned from the keyboard, each line a request.
    desk = signed_in(editor)
    desk.goto("/moderation/")
    press_key(desk, "n")
    desk.wait_for_url(re.compile(r"/moderation/\d+/$"))
    press_key(desk, "r")
    expect(desk.get_by_label("What to change")).to_be_focused()
    desk.keyboard.type("Name the year.")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Take the second link out.")
    assert axe(desk) == []
    desk.get_by_role("button", name="Send it back").click()
    expect(desk.get_by_text("is back with its author")).to_be_visible()

    # Its author reads them on the list, and answers on a phone.
    asha = signed_in(author, viewport={"width": 360, "height": 740})
    asha.goto("/writing/")
    expect(asha.get_by_text("Sent back to you with 2 requests")).to_be_visible()
    asha.get_by_role("link", name="See what is asked, and answer").click()
    expect(asha).to_have_url(re.compile(page_of_it))
    first = asha.get_by_role("group", name="Name the year.")
    second = asha.get_by_role("group", name="Take the second link out.")
    first.get_by_label("Done").check()
    second.get_by_label("I disagree, because …").check()
    asha.get_by_role("button", name="Keep my answers", exact=True).click()
    expect(asha.get_by_role("alert")).to_contain_text("Say why you disagree")
    expect(first.get_by_label("Done")).to_be_checked()
    assert axe(asha) == []
    assert asha.evaluate(OVERFLOW) <= 0
    second.get_by_label("A word to the editor").fill("It leads to my source.")
    asha.get_by_role("button", name="Keep my answers", exact=True).click()
    expect(asha.get_by_text("You have answered all 2.")).to_be_visible()
    assert axe(asha) == []
    assert asha.evaluate(OVERFLOW) <= 0

    # A message, then the next round with a note.
    asha.get_by_label("Write to the editors").fill("The year was hard to find.")
    asha.get_by_role("button", name="Send the message").click()
    expect(asha.get_by_text("Your message is with the editors.")).to_be_visible()
    asha.get_by_label("Note to the editor").fill("Now with the year.")
    asha.get_by_role("button", name="Keep my answers and submit for review").click()
    expect(asha.get_by_text("Waiting for an editor, first in line").first).to_be_visible()

    # The editor sees what was asked with its answers, the message and the note.
    desk.goto(f"/moderation/{submission.pk}/")
    panel = desk.get_by_role("complementary", name="What to know before deciding")
    for words in (
        "The author disagrees",
        "It leads to my source.",
        "The year was hard to find.",
        "Now with the year.",
    ):
        expect(panel.get_by_text(words)).to_be_visible()
    assert axe(desk) == []
    assert [request.state for request in Request.objects.made_on(submission).with_answers()] == [
        "done",
        "disagreed",
    ]


def test_submission_is_answered_without_scripts_and_reads_from_the_right(signed_in, author, editor, quiet):
    title = "میرے دادا کا قلم"
    submission = make_waiting(author, title=title, body="<p>الف اکیلا ہے۔</p>", language="ur")
    desk = signed_in(editor, java_script_enabled=False)
    desk.goto("/moderation/")
    desk.get_by_role("button", name="Read the next one").click()
    desk.get_by_text("Send back").click()
    desk.get_by_label("What to change").fill("دوسرا خط کس نے لکھا تھا؟")
    desk.get_by_role("button", name="Send it back").click()
    expect(desk.get_by_text("is back with its author")).to_be_visible()

    asha = signed_in(author, java_script_enabled=False)
    asha.goto(f"/writing/{submission.story_id}/submissions/{submission.pk}/")
    heading = asha.get_by_role("heading", level=1)
    expect(heading).to_have_text(title)
    expect(heading).to_have_css("direction", "rtl")
    asha.get_by_label("Done").check()
    asha.get_by_role("button", name="Keep my answers", exact=True).click()
    expect(asha.get_by_text("You have answered it.")).to_be_visible()
