"""Notes beside an Urdu text: marked with the pointer and by keyboard, answered and taken by the author on a phone."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from stories.models import Note
from stories.workflow.claiming import claim
from stories.workflow.submitting import submit
from tests.browser import press_key
from tests.stories import make_draft

pytestmark = pytest.mark.browser
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
URDU = "<p>میرے دادا کے پاس سات قلم تھے۔</p><h2>چالیس دن</h2><p>الف اکیلا ہے۔</p>"
MARK = """() => {
  const words = document.querySelector('.prose p').firstChild, range = document.createRange()
  range.setStart(words, 17)
  range.setEnd(words, 24)
  getSelection().removeAllRanges()
  getSelection().addRange(range)
}"""


def write(desk: Page, kind: str, text: str) -> None:
    desk.get_by_label(kind).check()
    desk.get_by_label("What you say about it").fill(text)


def test_notes_beside_a_text_from_the_desk_to_the_draft(signed_in, author, editor, quiet, axe):
    story = make_draft(author, title="میرے دادا کا قلم", body=URDU, language="ur")
    submission = submit(story, by=author)
    claim(submission, by=editor, key=uuid4())
    desk = signed_in(editor, viewport={"width": 1280, "height": 900})

    # With the pointer: the marked words are in the form, and other words can be suggested for them.
    desk.goto(f"/moderation/{submission.pk}/")
    desk.evaluate(MARK)
    desk.get_by_role("button", name="Note on these words").click()
    expect(desk.get_by_label("The words it is about")).to_have_value("سات قلم")
    expect(desk.get_by_label("What you say about it")).to_be_focused()
    write(desk, "Other words", "Count them again.")
    desk.get_by_label("What should stand there").fill("آٹھ قلم")
    desk.get_by_role("button", name="Put it beside the text").click()
    expect(desk.get_by_text("The note stands beside the text.")).to_be_visible()
    expect(desk.locator("mark.noted")).to_have_text("سات قلم")

    # By keyboard: to the text, on to its last paragraph, a word and one more, and into the form.
    press_key(desk, "b")
    step = desk.get_by_role("button", name=re.compile("^Note on paragraph"))
    expect(step).to_be_focused()
    for _ in range(2):
        desk.keyboard.press("ArrowDown")
    expect(step).to_have_accessible_name(re.compile("^Note on paragraph 3"))
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Shift+ArrowLeft")
    expect(desk.get_by_role("status").filter(has_text="Marked: الف اکیلا")).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("The words it is about")).to_have_value("الف اکیلا")
    write(desk, "A note", "Beautiful.")
    assert axe(desk) == []
    desk.get_by_role("button", name="Put it beside the text").click()
    expect(desk.locator("mark.noted")).to_have_count(2)
    desk.get_by_role("link", name="To the passage of note 2").click()
    expect(desk).to_have_url(re.compile(r"#at-\d+$"))
    assert axe(desk) == []

    # Sent with the decision; the author has them on a phone, in both directions.
    desk.get_by_text("Send back with requests").click()
    desk.get_by_role("button", name="Send it back").click()
    expect(desk.get_by_text("is back with its author")).to_be_visible()
    asha = signed_in(author, viewport={"width": 360, "height": 740}, color_scheme="dark")
    asha.goto(f"/writing/{story.pk}/submissions/{submission.pk}/")
    asha.get_by_role("link", name="Read the notes beside the text").click()
    expect(asha.locator("mark.noted")).to_have_count(2)
    assert axe(asha) == []
    assert asha.evaluate(OVERFLOW) <= 0
    asha.get_by_role("link", name="Note 2", exact=True).click()
    expect(asha).to_have_url(re.compile(r"#note-\d+$"))
    beautiful = asha.get_by_role("listitem").filter(has_text="Beautiful.").first
    beautiful.get_by_text("Answer").click()
    beautiful.get_by_role("textbox").fill("شکریہ")
    beautiful.get_by_role("button", name="Send").click()
    expect(asha.get_by_text("Your message is with the editors.")).to_be_visible()
    asha.get_by_role("button", name="Take the words of note 1").click()
    expect(asha.get_by_text("The words are in your draft.")).to_be_visible()
    expect(asha.locator(".prose p").first).to_contain_text("آٹھ قلم")
    assert Note.objects.get(kind="suggestion").outcome == "accepted"
