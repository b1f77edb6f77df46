"""What six sources put into the clipboard, pasted in a real browser: what is saved is clean."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from stories.models import Picture, Story
from tests.stories import make_draft
from tests.writing.test_editor import PASTE, body_of, text_of, wait_saved

pytestmark = pytest.mark.browser

CLIPBOARD = Path(__file__).with_name("clipboard")
LEFT_OUT = ".notice[data-kind=pasted]"
PASTE_TEXT = """(text) => {
  const data = new DataTransfer()
  data.setData("text/plain", text)
  document.querySelector(".ProseMirror").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""


@pytest.fixture
def empty(author) -> Story:
    return Story.objects.get(pk=make_draft(author, body="").pk)


def clipboard(name: str) -> str:
    return (CLIPBOARD / name).read_text(encoding="utf-8")


LEAVES_OUT = {"word": 1, "google": 1, "libreoffice": 0, "pages": 1, "page": 1, "markdown": 1}


def test_paste_is_kept_clean(open_editor, author, quiet):
    page = None
    for source, pictures_left_out in LEAVES_OUT.items():
        empty = Story.objects.get(pk=make_draft(author, body="").pk)
        if page is None:
            page = open_editor(empty)
        else:
            page.goto(f"/writing/{empty.pk}/")
            page.locator("form[data-editor=ready]").wait_for()
        paste(page, source, pictures_left_out)

        wanted = clipboard(f"{source}.clean.html").rstrip("\n")
        if source == "libreoffice":
            wanted = wanted.replace("PICTURE", Picture.objects.get().address)
        assert body_of(empty) == wanted


def paste(page: Page, source: str, pictures_left_out: int) -> None:
    text_of(page).click()

    if source == "markdown":
        page.evaluate(PASTE_TEXT, clipboard("markdown.md"))
    else:
        page.evaluate(PASTE, [clipboard(f"{source}.html"), "plain"])
    if source == "libreoffice":
        dialog = page.get_by_role("dialog", name="Describe the picture")
        dialog.get_by_label("What it shows").fill("The oven at four in the morning")
        dialog.get_by_role("button", name="Put it in the story").click()
        expect(text_of(page).locator("figure img")).to_have_count(1)
    if pictures_left_out:
        expect(page.locator(LEFT_OUT)).to_contain_text("1 picture of what you pasted lies elsewhere")
    wait_saved(page)


def test_pasted_address_of_a_video_stands_alone_as_a_link(open_editor, empty, quiet):
    page = open_editor(empty)
    text_of(page).click()

    page.evaluate(PASTE_TEXT, "https://youtu.be/dQw4w9WgXcQ?utm_source=share&si=abc")
    wait_saved(page)

    assert body_of(empty) == (
        '<p><a href="https://youtu.be/dQw4w9WgXcQ?si=abc">https://youtu.be/dQw4w9WgXcQ?si=abc</a></p>'
    )
