"""The editor's page in a browser: what somebody types, presses and pastes is what is kept."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def saved(page):
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")
    expect(page.locator("[data-save-state]")).to_have_text(re.compile(r"Saved \d\d:\d\d"))


def body_of(story):
    story.draft.refresh_from_db()
    return story.draft.body


def test_typed_text_is_saved_by_itself(open_editor, story, quiet):
    page = open_editor(story)
    text = page.get_by_role("textbox", name="Story", exact=True)

    text.press("Control+End")
    page.keyboard.type("Then spring came.")
    saved(page)

    assert body_of(story).endswith("<p>It took me two winters.Then spring came.</p>")
