"""A prepared reply into the note, the message before it goes out, and several disclaimers, in a browser."""

import pytest
from playwright.sync_api import expect

from stories.models import Decision, Story
from tests.browser import press_key
from tests.stories import make_claimed, make_reply

pytestmark = pytest.mark.browser


def test_editor_inserts_a_reply_sees_the_message_and_publishes_under_two_disclaimers(
    signed_in, author, editor, chief_editor, quiet, axe
):
    held = make_claimed(author, editor=editor)
    make_reply(chief_editor)
    page = signed_in(editor)
    page.goto(f"/moderation/{held.submission_id}/")

    press_key(page, "p")
    page.get_by_label("Prepared reply").select_option(label="Thanks")
    page.get_by_role("button", name="Put it into the note").click()
    expect(page.get_by_label("Note to the author")).to_have_value("Dear Asha Rao, thank you. Esther Thomas")
    page.get_by_text("Other disclaimers besides (optional)").click()
    page.get_by_role("checkbox", name="Opinion").check()
    expect(page.locator(".desk-text .disclaimer")).to_have_count(2)
    page.get_by_role("button", name="See the message first").click()
    expect(page.get_by_role("heading", name="This is what would be sent")).to_be_visible()
    expect(page.locator(".preview-text")).to_contain_text("Dear Asha Rao, thank you.")
    expect(page.get_by_role("checkbox", name="Opinion")).to_be_checked()
    assert axe(page) == []
    assert not Decision.objects.exists()

    page.get_by_role("button", name="Publish this text").click()
    expect(page.get_by_text("“The bakery that would not grow” is published.")).to_be_visible()
    assert Story.objects.published().get().disclaimers.count() == 2
    page.goto("/moderation/replies/")
    expect(page.get_by_role("heading", name="Prepared replies")).to_be_visible()
    assert axe(page) == []
    page.goto("/moderation/reasons/")
    expect(page.get_by_role("heading", name="Reasons")).to_be_visible()
    assert axe(page) == []
