"""Comparing, restoring and settling with keys alone, on a phone and on a desk, in a language from right to left."""

import pytest
from playwright.sync_api import Page, expect

from stories.models import Story
from tests.stories import change_draft, make_waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = "<p>میرے دادا کے پاس سات قلم تھے اور ہر قلم کا ایک نام تھا۔</p><p>الف اکیلا ہے۔</p>"
SECOND = FIRST.replace("سات", "نو")
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def urdu(author) -> Story:
    story = make_waiting(author, title="میرے دادا کا قلم", language="ur", body=FIRST).story
    return Story.objects.select_related("draft").get(pk=story.pk)


def complaints_of(page: Page, axe) -> list[str]:
    """Of axe on a phone and on a desk, and of what sticks out."""
    found = []
    for width, scheme in ((360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += axe(page) + [f"too wide at {width}"] * page.evaluate(TOO_WIDE)
    return found


def tab_to(page: Page, words: str) -> None:
    """With the key alone, as far as a person would go."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith(words):
            return
    raise AssertionError(f"{words} is not reached")


def test_texts_are_compared_and_restored_with_keys_alone(signed_in, author, urdu, axe, quiet):
    change_draft(urdu, body=SECOND)
    page = signed_in(author)

    page.goto(f"/writing/{urdu.pk}/history/")
    expect(page.get_by_role("radio", name="Older: Revision 1")).to_be_checked()
    assert complaints_of(page, axe) == []
    page.locator("main").focus()
    tab_to(page, "Compare the two")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What changed in")).to_be_visible()
    expect(page.locator("ins")).to_contain_text(["Added", "نو"])
    expect(page.locator("del")).to_contain_text(["Removed", "سات"])
    expect(page.locator(".change-edited .block")).to_have_attribute("dir", "rtl")
    assert complaints_of(page, axe) == []

    tab_to(page, "Make the older text my draft again")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The earlier text is your draft again.")).to_be_visible()
    urdu.draft.refresh_from_db()
    assert urdu.draft.body == FIRST


def test_two_texts_are_settled_with_keys_alone(open_editor, urdu, axe, complaints):
    page = open_editor(urdu)
    change_draft(urdu, title="سات قلم", body=SECOND)
    page.get_by_label("Title").fill("ایک قلم")

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Two texts of one story")).to_be_visible()
    expect(page.locator(".settle-one")).to_have_count(2)
    assert complaints_of(page, axe) == []
    page.get_by_role("group", name="The title").get_by_role("radio", name="The one I sent").focus()
    page.keyboard.press("ArrowUp")
    expect(
        page.get_by_role("group", name="The title").get_by_role("radio", name="The saved one")
    ).to_be_checked()
    tab_to(page, "Save what I chose")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your draft is saved. Both texts are in the history too.")).to_be_visible()

    urdu.draft.refresh_from_db()
    assert (urdu.draft.title, urdu.draft.body) == ("سات قلم", FIRST)
    assert set(urdu.saved_texts.values_list("why", "title")) == {
        ("aside", "ایک قلم"),
        ("replaced", "سات قلم"),
    }
