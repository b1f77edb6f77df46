"""From nothing to the queue in a browser, without any script."""

import pytest

from stories.models import Story
from tests.stories import make_topic

pytestmark = pytest.mark.browser


def test_story_is_begun_written_and_submitted_without_scripts(signed_in, author, quiet):
    make_topic("work", "Work")
    page = signed_in(author, java_script_enabled=False)

    page.goto("/writing/")
    page.get_by_role("link", name="Write your first story").click()
    page.get_by_label("Title").fill("Bread at four")
    page.get_by_role("button", name="Begin writing").click()
    page.get_by_label("Story", exact=True).fill(
        "The oven is lit at two.\n\nAt four the first loaves come out."
    )
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Your draft is saved.").wait_for()
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_role("alert").get_by_text("Choose at least one topic").wait_for()
    page.get_by_label("Work").check()
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_text("Waiting for an editor, first in line").wait_for()

    story = Story.objects.get()
    assert story.draft.body == "<p>The oven is lit at two.</p><p>At four the first loaves come out.</p>"
    assert story.submissions.get().state == "queued"
