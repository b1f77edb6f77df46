"""The desk in a browser: take, read, decide, next."""

import pytest

from stories.models import Decision, Story
from tests.stories import make_waiting

pytestmark = pytest.mark.browser


def test_editor_takes_reads_and_publishes_by_keyboard(signed_in, author, editor, quiet, axe):
    make_waiting(author)
    page = signed_in(editor)
    page.goto("/moderation/")
    assert axe(page) == []

    page.keyboard.press("n")
    page.wait_for_url("**/moderation/*/")
    assert axe(page) == []
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.textContent") == "Publish this text"
    assert axe(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/moderation/?decided")

    assert page.get_by_text("“The bakery that would not grow” is published.").is_visible()
    assert page.evaluate("document.activeElement.textContent").startswith("Read the next one")
    assert Story.objects.published().count() == 1
    assert Decision.objects.get().decided_by == editor
