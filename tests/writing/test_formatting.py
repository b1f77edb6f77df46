"""What the editor's tools, keys and panels do to the text, in a browser; opening a story changes nothing of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from stories.models import Picture, Story
from stories.prose.clean import clean
from stories.prose.render import render
from stories.writing.typed import html_to_typed, typed_to_html
from tests.stories import make_draft, make_picture
from tests.writing.test_editor import body_of, text_of
from tests.writing.test_pictures import picture

pytestmark = pytest.mark.browser

# Everything that the sanitiser keeps, as it keeps it.
WHOLE = (
    "<h2>Of flour</h2><p>Plain, <strong>bold</strong>, <em>slanted</em>, <s>struck</s>, H<sub>2</sub>O, x<sup>2</sup>, "
    '<code>f()</code><br>and a <a href="https://example.com/a?b=1&amp;c=2">link</a> ।</p><h3>Rye</h3><h4>Dark</h4>'
    "<ul><li>one</li><li><p>two</p><ol><li>deep</li><li>deeper</li></ol></li></ul>"
    '<ol start="3"><li><p>three</p><p>more</p></li></ol>'
    "<blockquote><p>Said.</p><p>Twice.</p><footer>By <em>somebody</em>, 1990</footer></blockquote>"
    "<pre><code>def f():\n\n    return 1</code></pre><hr>"
    "<table><thead><tr><th>Grain</th><th>Hours</th></tr></thead><tbody><tr><td>Rye</td><td>12</td></tr>"
    '<tr><td colspan="2"><p>a</p><p>b</p></td></tr></tbody></table>'
    '<figure align="wide"><img src="PICTURE" alt="An oven"><figcaption>At <strong>night</strong></figcaption></figure>'
    '<figure><img src="PICTURE" alt=""></figure><p>The end.</p>'
)


DROP_BESIDE = """() => {
  const data = new DataTransfer()
  data.items.add(new File(["%PDF-1.7"], "plan.pdf", { type: "application/pdf" }))
  const init = { bubbles: true, cancelable: true, dataTransfer: data }
  if (document.querySelector(".editor-side").dispatchEvent(new DragEvent("drop", init))) throw new Error("not caught")
}"""


@pytest.fixture
def empty(author) -> Story:
    return Story.objects.get(pk=make_draft(author, body="").pk)


@pytest.fixture
def whole(author) -> Story:
    body = WHOLE.replace("PICTURE", make_picture(author).address)
    assert clean(body) == body
    return Story.objects.get(pk=make_draft(author, body=body).pk)


def assert_kept(page: Page, story: Story, body: str) -> None:
    """The page saves now and not after its pause; when this is through, nothing is under way any more."""
    page.evaluate("dispatchEvent(new Event('online'))")
    for _ in range(300):
        if body_of(story) == body:
            break
        page.wait_for_timeout(50)
    assert body_of(story) == body
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")


def voice(page: Page):
    return page.locator("body > [role=status]")


def tool(page: Page, name: str):
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def test_text_area_without_script_loses_nothing():
    body = WHOLE.replace("PICTURE", "/media/pictures/a.webp")

    assert clean(typed_to_html(html_to_typed(body))) == body


def test_opening_and_saving_a_story_changes_nothing_but_what_was_typed(open_editor, whole, quiet):
    before = whole.draft.body
    page = open_editor(whole)
    words = render(before).words
    expect(page.locator("[data-word-count]")).to_have_text(re.compile(f"^{words} words · 1 min read$"))

    headings = page.get_by_role("navigation", name="Headings").get_by_role("button")
    expect(headings).to_have_text(["Of flour", "Rye", "Dark"])
    text_of(page).press("Control+End")
    page.keyboard.insert_text(" Really.")

    assert_kept(page, whole, before.replace("The end.", "The end. Really."))
    expect(page.locator("[data-word-count]")).to_have_text(f"{words + 1} words · 1 min read")


def test_story_is_written_by_keyboard_alone(open_editor, empty, quiet):
    page = open_editor(empty)
    keys = page.keyboard
    text_of(page).focus()

    keys.type("# Bread\n")
    keys.type("See [here](example.com) and ~~this~~")
    keys.press("Enter")
    keys.press("Control+b")
    expect(voice(page)).to_have_text("Bold on")
    keys.type("bold")
    keys.press("Control+b")
    keys.press("Control+.")
    keys.type("2")
    keys.press("Control+.")
    keys.press("Enter")
    keys.type("१. one\ntwo")
    keys.press("Tab")
    keys.press("Enter")
    keys.type("out")
    keys.press("Shift+Tab")
    keys.press("Enter")
    keys.press("Enter")
    keys.type("> Said")
    keys.press("Control+Alt+q")
    keys.type("My aunt")
    keys.press("Enter")
    keys.type("Last")
    keys.press("Alt+F10")
    expect(tool(page, "Undo")).to_be_focused()
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(page.get_by_label("Kind of text")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(voice(page)).to_have_text("Subheading")
    keys.press("Escape")
    expect(text_of(page)).to_be_focused()

    assert_kept(
        page,
        empty,
        '<h2>Bread</h2><p>See <a href="https://example.com">here</a> and <s>this</s></p>'
        "<p><strong>bold</strong><sup>2</sup></p>"
        "<ol><li><p>one</p><ol><li>two</li></ol></li><li>out</li></ol>"
        "<blockquote><p>Said</p><footer>My aunt</footer></blockquote><h3>Last</h3>",
    )

    # Notes: one at the end of the text, then one that comes before it.
    keys.press("Control+Alt+f")
    keys.type("Written late")
    keys.press("Control+Home")
    keys.press("End")
    page.evaluate("() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    keys.press("Control+Alt+f")
    keys.type("Of rye")
    expect(text_of(page).locator("ol").last).to_have_text("Of ryeWritten late")
    assert_kept(
        page,
        empty,
        '<h2>Bread<sup>1</sup></h2><p>See <a href="https://example.com">here</a> and <s>this</s></p>'
        "<p><strong>bold</strong><sup>2</sup></p>"
        "<ol><li><p>one</p><ol><li>two</li></ol></li><li>out</li></ol>"
        "<blockquote><p>Said</p><footer>My aunt</footer></blockquote><h3>Last<sup>2</sup></h3>"
        "<hr><ol><li>Of rye</li><li>Written late</li></ol>",
    )


def test_quote_is_left_and_undone_with_its_source(open_editor, empty, quiet):
    page = open_editor(empty)
    keys = page.keyboard
    text_of(page).focus()
    keys.type("> One\nTwo")
    keys.press("Control+Alt+q")
    expect(tool(page, "Where the quote is from")).to_have_attribute("aria-pressed", "true")
    keys.type("Mine")
    keys.press("Control+Alt+q")  # back to what is quoted

    keys.press("Enter")
    keys.press("Enter")
    keys.type("Below")
    assert_kept(page, empty, "<blockquote><p>One</p><p>Two</p><footer>Mine</footer></blockquote><p>Below</p>")

    text_of(page).get_by_text("One", exact=True).click()
    expect(tool(page, "Quote")).to_have_attribute("aria-pressed", "true")
    tool(page, "Quote").click()
    assert_kept(page, empty, "<p>One</p><p>Two</p><p>Mine</p><p>Below</p>")


def test_tab_stays_in_a_list_until_escape(open_editor, empty, quiet):
    page = open_editor(empty)
    text_of(page).focus()
    page.keyboard.type("- one")
    page.keyboard.press("Tab")
    expect(text_of(page)).to_be_focused()

    page.keyboard.press("Escape")
    expect(voice(page)).to_have_text("Tab leaves the text now.")
    page.keyboard.press("Tab")

    expect(text_of(page)).not_to_be_focused()
    assert_kept(page, empty, "<ul><li>one</li></ul>")


def test_table_is_put_in_grown_and_taken_out(open_editor, empty, quiet):
    page = open_editor(empty)
    text_of(page).click()
    page.get_by_role("button", name="More tools").click()

    tool(page, "Table").click()
    dialog = page.get_by_role("dialog", name="Put in a table")
    dialog.get_by_label("Columns", exact=True).fill("99")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("A table has 1 to 12 columns.")).to_be_visible()
    dialog.get_by_label("Columns", exact=True).fill("2")
    dialog.get_by_label("Rows", exact=True).fill("2")
    page.keyboard.press("Enter")
    expect(tool(page, "Heading row")).to_have_attribute("aria-pressed", "true")
    for words in ("Grain", "Hours", "Rye", "12", "Spelt"):  # Tab at the end makes a row
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    tool(page, "Remove column").click()
    expect(voice(page)).to_have_text("The column is removed")
    tool(page, "Row above").click()
    assert_kept(
        page,
        empty,
        "<table><thead><tr><th>Grain</th></tr></thead><tbody><tr><td>Rye</td></tr><tr><td></td></tr>"
        "<tr><td>Spelt</td></tr></tbody></table>",
    )

    tool(page, "Heading row").click()
    expect(page.locator(".ProseMirror th")).to_have_count(0)
    tool(page, "Remove table").click()
    expect(page.locator(".ProseMirror table")).to_have_count(0)
    expect(tool(page, "Row below")).to_be_hidden()
    assert_kept(page, empty, "")


def test_find_and_replace_counts_marks_and_can_be_undone(open_editor, author, quiet):
    body = "<p>Ab<strong>c</strong> abc ABC</p><p>क़लम किताब abc</p>"  # the first letter is written with two signs
    story = Story.objects.get(pk=make_draft(author, body=clean(body)).pk)
    before = story.draft.body
    page = open_editor(story)
    text_of(page).press("Control+Home")

    page.keyboard.press("Control+f")
    panel = page.get_by_role("search", name="Find and replace in the story")
    expect(panel.get_by_label("Find", exact=True)).to_be_focused()
    page.keyboard.type("abc")
    expect(panel.get_by_role("status")).to_have_text("1 of 4")
    expect(page.locator(".ProseMirror .found")).to_have_count(5)  # the first is of two looks
    panel.get_by_label("Match capitals").check()
    expect(panel.get_by_role("status")).to_have_text("1 of 2")
    panel.get_by_label("Match capitals").uncheck()
    page.get_by_role("button", name="Next", exact=True).click()
    expect(panel.get_by_role("status")).to_have_text("2 of 4")
    panel.get_by_label("Replace with").fill("xyz")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_have_text("2 of 3")
    page.get_by_role("button", name="Replace all").click()
    expect(panel.get_by_role("status")).to_have_text("3 places replaced · Not found")
    panel.get_by_label("Find", exact=True).fill("\u0958")  # and here with one
    expect(panel.get_by_role("status")).to_have_text("1 of 1")
    page.keyboard.press("Escape")
    expect(text_of(page)).to_be_focused()
    expect(page.locator(".ProseMirror .found")).to_have_count(0)
    assert_kept(page, story, clean("<p>xyz xyz xyz</p><p>क़लम किताब xyz</p>"))

    page.keyboard.press("Control+z")
    expect(text_of(page)).to_contain_text("Abc xyz ABC")
    page.keyboard.press("Control+z")
    expect(text_of(page)).to_contain_text("Abc abc ABC")
    assert_kept(page, story, before)


def test_picture_is_changed_and_a_file_that_is_none_is_refused_by_name(open_editor, author, quiet):
    address = make_picture(author).address
    story = make_draft(author, body=f'<figure><img src="{address}" alt="An oven"></figure><p>x</p>')
    page = open_editor(story)

    page.get_by_role("button", name="Change the picture").click()
    dialog = page.get_by_role("dialog", name="Change the picture")
    dialog.get_by_label("What it shows").fill("An oven at night")
    dialog.get_by_label("Caption").fill("Four in the morning")
    dialog.get_by_label("Let it stand wider").check()
    dialog.get_by_role("button", name="Change the picture").click()
    expect(page.locator(".ProseMirror .figure-wide figcaption")).to_have_text("Four in the morning")
    assert_kept(
        page,
        story,
        f'<figure align="wide"><img src="{address}" alt="An oven at night"><figcaption>Four in the morning</figcaption>'
        "</figure><p>x</p>",
    )

    page.evaluate(DROP_BESIDE)  # the browser would open it in the place of the page
    expect(page.locator(".uploads").get_by_role("alert")).to_contain_text("“plan.pdf” is not a picture")
    assert Picture.objects.count() == 1


def test_picture_that_was_not_taken_is_sent_again(open_editor, empty, quiet):
    page = open_editor(empty)
    answers = iter([{"status": 429, "json": {"message": "That was the last picture for today."}}])

    def answer(route):
        route.fulfill(**said) if (said := next(answers, None)) else route.continue_()

    page.route("**/writing/pictures/", answer)
    text_of(page).click()
    with page.expect_file_chooser() as chooser:
        tool(page, "Picture").click()
    chooser.value.set_files({"name": "oven.png", "mimeType": "image/png", "buffer": picture()})
    uploads = page.get_by_role("list", name="Pictures being sent")
    expect(uploads.get_by_role("alert")).to_have_text("That was the last picture for today.")

    uploads.get_by_role("button", name="Try again").click()
    page.get_by_label("It is only decoration").check()
    page.get_by_role("button", name="Put it in the story").click()
    expect(page.locator(".ProseMirror figure img")).to_have_count(1)

    assert_kept(page, empty, f'<figure><img src="{Picture.objects.get().address}" alt=""></figure>')


def test_headings_keys_and_quiet_are_at_hand(open_editor, whole, axe, quiet):
    page = open_editor(whole, viewport={"width": 360, "height": 740})
    text_of(page).focus()

    page.keyboard.press("Control+Alt+o")
    dialog = page.get_by_role("dialog", name="Headings")
    expect(dialog.get_by_role("button", name="Of flour")).to_be_visible()
    assert axe(page) == []
    dialog.get_by_role("button", name="Dark").click()
    expect(page.get_by_label("Kind of text")).to_have_value("4")
    page.keyboard.press("Control+/")
    expect(page.get_by_role("dialog", name="Keys for writing")).to_contain_text("Ctrl+Alt+2")
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Control+f")
    expect(page.get_by_role("search", name="Find and replace in the story")).to_be_visible()
    page.get_by_role("button", name="More tools").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.keyboard.press("Escape")
    text_of(page).focus()
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator(".masthead")).to_be_hidden()
    page.get_by_role("button", name="Show everything").click()
    expect(page.locator(".masthead")).to_be_visible()
