"""What is typed on a submission's page and not sent: on this device until the site has it."""

from playwright.sync_api import Page, expect

from stories.models import Submission
from tests.stories import make_returned

KEPT = """() => Object.values(localStorage).some((kept) => kept.includes("In 1994."))"""
SENT = """() => Object.keys(localStorage).every((key) => !key.startsWith("draft:"))"""


def open_submission(page: Page, submission: Submission) -> None:
    page.goto(f"/writing/{submission.story_id}/submissions/{submission.pk}/")
    page.locator("[data-unsent=ready]").wait_for()


def test_words_that_were_not_sent_are_there_again_and_forgotten_once_they_are(
    signed_in, author, editor, quiet
):
    submission = make_returned(author, editor=editor, requests=["Name the year.", "Take the link out."])
    first = signed_in(author)
    context = first.context
    open_submission(first, submission)
    asked = first.get_by_role("group", name="Name the year.")
    asked.get_by_label("I disagree, because …").check()
    first.get_by_role("button", name="Keep my answers", exact=True).click()
    expect(first.get_by_role("alert")).to_contain_text("Say why you disagree")
    first.locator("[data-unsent=ready]").wait_for()
    asked.get_by_label("A word to the editor").fill("In 1994.")
    first.get_by_label("Note to the editor").fill("With the year.")
    first.get_by_label("Write to the editors").fill("It took me a week.")
    first.wait_for_function(KEPT)

    page = context.new_page()
    first.close()
    open_submission(page, submission)
    expect(page.locator("[data-kind=unsent]")).to_contain_text("did not send stands in its place again")
    asked = page.get_by_role("group", name="Name the year.")
    expect(asked.get_by_label("I disagree, because …")).to_be_checked()
    expect(asked.get_by_label("A word to the editor")).to_have_value("In 1994.")

    # The message goes first: the answers and the note stay where they are.
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_text("Your message is with the editors.")).to_be_visible()
    expect(page.get_by_label("Note to the editor")).to_have_value("With the year.")
    expect(page.get_by_label("Write to the editors")).to_have_value("")
    page.get_by_role("button", name="Keep my answers and submit for review").click()
    expect(page.get_by_text("Waiting for an editor, first in line").first).to_be_visible()
    page.locator("[data-unsent=ready]").wait_for()

    page.wait_for_function(SENT)
    expect(page.locator("[data-said]")).to_be_empty()
    assert "With the year." in submission.events.latest("id").note
