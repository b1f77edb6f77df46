"""The editor's page in a browser: what somebody types, presses, pastes and drops is what is kept."""

import contextlib
import re

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from stories.models import Picture, Story
from tests.stories import change_draft, make_draft
from tests.writing.test_pictures import picture

pytestmark = pytest.mark.browser

PASTE = """([html, text]) => {
  const data = new DataTransfer()
  data.setData("text/html", html)
  data.setData("text/plain", text)
  document.querySelector(".ProseMirror").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""
DROP = """async ([bytes, kind]) => {
  const data = new DataTransfer()
  data.items.add(new File([new Uint8Array(bytes)], "oven.png", { type: "image/png" }))
  const target = document.querySelector(".ProseMirror")
  const box = target.querySelector("p").getBoundingClientRect()
  const init = { bubbles: true, cancelable: true, clientX: box.x + 5, clientY: box.y + 5 }
  if (kind === "drop") target.dispatchEvent(new DragEvent("drop", { ...init, dataTransfer: data }))
  else target.dispatchEvent(new ClipboardEvent("paste", { ...init, clipboardData: data }))
}"""
HOSTILE = """<p>Hello</p><img src=x onerror="window.ran=1"><script>window.ran=1</script>
<svg onload="window.ran=1"></svg><iframe srcdoc="<script>parent.ran=1</script>"></iframe>
<a href="javascript:window.ran=1">link</a>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.ran=1&gt;">"""


def text_of(page: Page):
    return page.get_by_role("textbox", name="Story", exact=True)


def wait_saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"), timeout=15_000)


def body_of(story: Story) -> str:
    story.draft.refresh_from_db()
    return story.draft.body


@pytest.fixture
def empty(author) -> Story:
    return Story.objects.get(pk=make_draft(author, body="").pk)


def test_typed_text_is_saved_by_itself(open_editor, story, quiet):
    page = open_editor(story)

    text_of(page).press("Control+End")
    page.keyboard.type(" Then spring came.")
    wait_saved(page)

    assert body_of(story).endswith("<p>It took me two winters. Then spring came.</p>")
    expect(page.locator("[data-word-count]")).to_have_text("16 words · 1 min read")


def test_words_typed_before_the_editor_came_are_kept_with_the_focus(signed_in, empty, quiet):
    page = signed_in(empty.author)
    held = []
    page.route("**/django_prose_editor/editor*.js", lambda route: held.append(route))
    with page.expect_request("**/django_prose_editor/editor*.js"):  # on a busy machine it comes late
        page.goto(f"/writing/{empty.pk}/", wait_until="commit")
    page.locator("textarea[name=body]").press_sequentially("Early < words\n\nand more")

    for route in held:
        route.continue_()
    page.locator("form[data-editor=ready]").wait_for()
    page.keyboard.type(", then late ones")
    wait_saved(page)

    assert body_of(empty) == "<p>Early &lt; words</p><p>and more, then late ones</p>"


def test_short_cuts_make_headings_lists_and_looks(open_editor, empty, quiet):
    page = open_editor(empty)
    text_of(page).click()

    page.keyboard.type("## Flour\n")
    page.keyboard.type("Some **bold** words")
    page.keyboard.press("Enter")
    page.keyboard.type("- one\ntwo")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+i")
    page.keyboard.type("slanted")
    page.keyboard.press("Control+i")
    page.keyboard.press("Enter")
    page.keyboard.type("> said")
    wait_saved(page)

    assert body_of(empty) == (
        "<h2>Flour</h2><p>Some <strong>bold</strong> words</p><ul><li>one</li><li>two</li></ul>"
        "<p><em>slanted</em></p><blockquote><p>said</p></blockquote>"
    )


def test_toolbar_is_one_stop_with_arrow_keys_and_says_what_is_on(open_editor, story, quiet):
    page = open_editor(story)
    text_of(page).press("Control+a")

    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    bold = page.get_by_role("button", name="Bold")
    expect(bold).to_be_focused()
    expect(bold).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Enter")

    expect(bold).to_have_attribute("aria-pressed", "true")
    expect(page.locator("body > [role=status]")).to_have_text("Bold on")
    assert page.locator("[role=toolbar] [tabindex='0']").count() == 1


def test_undo_and_redo_go_back_and_forth(open_editor, story, quiet):
    page = open_editor(story)
    before = text_of(page).inner_text()
    text_of(page).press("Control+End")
    page.keyboard.type("More.")

    page.keyboard.press("Control+z")
    assert text_of(page).inner_text() == before
    page.keyboard.press("Control+Shift+z")
    assert "More." in text_of(page).inner_text()


def test_link_is_set_changed_and_removed_by_its_dialog(open_editor, empty, quiet):
    page = open_editor(empty)
    text_of(page).click()
    page.keyboard.type("See ")

    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Set a link")
    dialog.get_by_role("button", name="Set the link").click()
    expect(dialog.get_by_text("Write the address of a page")).to_be_visible()
    dialog.get_by_label("Address").fill("example.com/bread")
    dialog.get_by_label("Words of the link").fill("the bakery")
    page.keyboard.press("Enter")
    wait_saved(page)
    assert body_of(empty) == '<p>See <a href="https://example.com/bread">the bakery</a></p>'

    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Link").click()
    dialog = page.get_by_role("dialog", name="Change the link")
    expect(dialog.get_by_label("Address")).to_have_value("https://example.com/bread")
    expect(dialog.get_by_role("link", name="Open it in a new tab")).to_have_attribute(
        "href", "https://example.com/bread"
    )
    dialog.get_by_role("button", name="Remove the link").click()
    wait_saved(page)
    expect(page.locator(".ProseMirror a")).to_have_count(0)


def test_link_to_a_script_is_refused(open_editor, story, quiet):
    page = open_editor(story)
    text_of(page).press("Control+a")

    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_label("Address").fill("javascript:alert(1)")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Write the address of a page")).to_be_visible()


def test_picture_is_sent_described_and_put_in(open_editor, empty, quiet):
    page = open_editor(empty)
    text_of(page).click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Picture", exact=True).click()
    chooser.value.set_files({"name": "oven.png", "mimeType": "image/png", "buffer": picture()})

    dialog = page.get_by_role("dialog", name="Describe the picture")
    dialog.get_by_role("button", name="Put it in the story").click()
    expect(dialog.get_by_text("Say what it shows, or tick")).to_be_visible()
    dialog.get_by_label("What it shows").fill("An oven at night")
    dialog.get_by_label("Caption").fill("Four in the morning")
    dialog.get_by_role("button", name="Put it in the story").click()
    wait_saved(page)

    address = Picture.objects.get().address
    assert body_of(empty) == (
        f'<figure><img src="{address}" alt="An oven at night"><figcaption>Four in the morning</figcaption></figure>'
    )


def test_picture_that_is_pasted_or_dropped_is_put_in(open_editor, empty, quiet):
    page = open_editor(empty)

    for count, way in enumerate(("paste", "drop"), start=1):
        text_of(page).click()
        page.evaluate(DROP, [list(picture()), way])
        dialog = page.get_by_role("dialog", name="Describe the picture")
        dialog.get_by_label("What it shows").fill("An oven at night")
        dialog.get_by_role("button", name="Put it in the story").click()
        expect(text_of(page).locator("figure img")).to_have_count(count)
    wait_saved(page)

    address = Picture.objects.get().address  # the same file is kept once
    assert body_of(empty).count(f'<figure><img src="{address}" alt="An oven at night"></figure>') == 2


def test_picture_that_cannot_be_taken_says_why_and_can_be_left(open_editor, story, complaints):
    page = open_editor(story)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Picture", exact=True).click()

    chooser.value.set_files({"name": "oven.png", "mimeType": "image/png", "buffer": b"not a picture"})

    expect(page.locator(".uploads").get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Leave it").click()
    expect(page.locator(".uploads li")).to_have_count(0)


def test_cover_is_sent_at_once_and_saved(open_editor, story, quiet):
    page = open_editor(story)

    page.get_by_label("Cover picture (optional)").set_input_files(
        {"name": "c.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(page.get_by_label("What the cover shows")).to_be_focused()
    page.keyboard.type("A teal wall")
    wait_saved(page)

    story.draft.refresh_from_db()
    assert (story.draft.cover, story.draft.cover_alt) == (Picture.objects.get().address, "A teal wall")


def test_hostile_paste_runs_nothing(open_editor, empty, quiet):
    page = open_editor(empty)
    text_of(page).click()

    page.evaluate(PASTE, [HOSTILE, "plain"])
    wait_saved(page)

    assert page.evaluate("window.ran") is None
    assert body_of(empty) == "<p>Hello</p><p>link</p>"


def test_language_turns_the_text_around(open_editor, story, quiet):
    page = open_editor(story)

    page.get_by_label("Language").select_option("ur")

    expect(text_of(page)).to_have_attribute("dir", "rtl")
    expect(text_of(page)).to_have_attribute("lang", "ur")
    expect(page.get_by_label("Title")).to_have_attribute("dir", "rtl")
    assert page.evaluate("getComputedStyle(document.querySelector('.ProseMirror p')).direction") == "rtl"
    assert text_of(page).get_attribute("spellcheck") == "true"


def test_axe_finds_nothing_in_the_dialog_of_a_link(open_editor, story, axe, quiet):
    page = open_editor(story)
    page.get_by_role("button", name="Link").click()

    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_second_tab_is_told_and_shown_both_texts(open_editor, story, complaints):
    first, second = open_editor(story), None
    second = first.context.new_page()
    second.goto(first.url)
    second.locator("form[data-editor=ready]").wait_for()
    first.get_by_label("Title").fill("From the first tab")
    wait_saved(first)

    second.get_by_label("Title").fill("From the second tab")
    expect(second.locator("[data-save-state]")).to_have_attribute("data-state", "conflict", timeout=15_000)
    second.get_by_role("button", name="See both texts").click()
    second.get_by_role("heading", name="Two texts of one story").wait_for()
    expect(second.get_by_text("From the first tab")).to_be_visible()
    second.get_by_role("button", name="Save what I sent instead").click()
    second.locator("form[data-editor=ready]").wait_for()

    story.draft.refresh_from_db()
    assert story.draft.title == "From the second tab"
    expect(second.get_by_text("that was not saved")).to_have_count(0)


def test_tab_offers_nothing_of_a_tab_that_lives(open_editor, story, complaints):
    first = open_editor(story)
    first.route(
        "**/writing/*/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    first.get_by_label("Title").fill("Being typed in the first tab")
    first.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('draft:'))")

    second = first.context.new_page()
    second.goto(first.url)
    second.locator("form[data-editor=ready]").wait_for()

    expect(second.get_by_text("that was not saved")).to_have_count(0)
    second.get_by_label("Title").fill("Saved from the second tab")
    wait_saved(second)
    assert first.evaluate("JSON.stringify(localStorage)").count("Being typed in the first tab") == 1


def test_offline_text_is_kept_and_saved_when_the_line_is_back(open_editor, story, complaints):
    page = open_editor(story)
    page.context.set_offline(True)

    page.get_by_label("Title").fill("Written on the train")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "offline", timeout=15_000)
    page.context.set_offline(False)
    wait_saved(page)

    story.draft.refresh_from_db()
    assert story.draft.title == "Written on the train"


def after_the_death_of(page):
    """A new tab, when the first one's process was ended: a tab that is closed may still get its last save through."""
    page.evaluate(
        "() => { window.fetch = () => new Promise(() => {}) }"
    )  # what it says as it goes must not arrive
    with contextlib.suppress(PlaywrightError):
        page.goto("chrome://crash", timeout=5_000)
    return page.context.new_page()


def test_text_of_a_dead_tab_is_offered_and_used(open_editor, story, complaints):
    page = open_editor(story)
    page.route(
        "**/writing/*/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.get_by_label("Title").fill("Typed before it died")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('draft:'))")
    again = after_the_death_of(page)

    again.goto(f"/writing/{story.pk}/")
    again.get_by_role("button", name="Use it").click()
    expect(again.get_by_label("Title")).to_have_value("Typed before it died")
    wait_saved(again)

    story.draft.refresh_from_db()
    assert story.draft.title == "Typed before it died"


def test_older_text_of_this_device_is_compared_before_it_replaces_anything(open_editor, story, complaints):
    page = open_editor(story)
    page.route(
        "**/writing/*/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.get_by_label("Title").fill("Older, from this device")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('draft:'))")
    again = after_the_death_of(page)
    change_draft(story, title="Newer, from another device")

    again.goto(f"/writing/{story.pk}/")
    again.get_by_role("button", name="Use it").click()
    expect(again.locator("[data-save-state]")).to_have_attribute("data-state", "conflict", timeout=15_000)

    story.draft.refresh_from_db()
    assert story.draft.title == "Newer, from another device"


def test_ended_session_keeps_the_text_and_saves_it_after_signing_in(
    open_editor, story, signed_in, complaints
):
    page = open_editor(story)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="session")

    page.get_by_label("Title").fill("Typed after the session ended")
    expect(page.get_by_text("You are signed out. Your text is kept")).to_be_visible(timeout=15_000)
    page.context.add_cookies(cookies)
    page.evaluate("dispatchEvent(new Event('focus'))")
    wait_saved(page)

    story.draft.refresh_from_db()
    assert story.draft.title == "Typed after the session ended"


def test_old_token_is_renewed_and_the_text_saved(open_editor, story, complaints):
    page = open_editor(story)
    page.context.clear_cookies(name="csrf")
    page.get_by_label("Title").fill("Typed with an old token")
    wait_saved(page)

    story.draft.refresh_from_db()
    assert story.draft.title == "Typed with an old token"


def test_submitting_in_the_middle_of_a_save_does_not_overtake_itself(open_editor, story, quiet):
    page = open_editor(story)
    page.get_by_label("Title").fill("Handed in at once")
    page.get_by_role("button", name="Submit for review").click()

    expect(page.get_by_text("Waiting for an editor, first in line")).to_be_visible()
    story.draft.refresh_from_db()
    assert story.draft.title == story.submissions.get().revision.title == "Handed in at once"
