"""In a browser: a reader reports a passage, an editor removes the story, its author appeals, and it is back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from stories.reading import report_forms
from tests.stories import make_published

pytestmark = pytest.mark.browser

PASSAGE = "It took me two winters."
SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector("article.story .prose"), NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const start = walker.currentNode.data.indexOf(words)
    if (start < 0) continue
    const range = document.createRange()
    range.setStart(walker.currentNode, start)
    range.setEnd(walker.currentNode, start + words.length)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
    return
  }
}"""


@pytest.mark.usefixtures("quiet")
def test_report_removal_appeal_and_back(
    author: User,
    editor: User,
    other_editor: User,
    page: Page,
    signed_in: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(report_forms, "QUICKEST", 0)
    story = make_published(author, editor=editor)

    # A reader without an account reports what is selected.
    page.goto(story.path)
    page.evaluate(SELECT, PASSAGE)
    page.get_by_role("link", name="Report this story").click()
    expect(page.get_by_label("The passage")).to_have_value(PASSAGE)
    expect(page.get_by_label("Your name")).to_be_hidden()
    page.get_by_label("Against the law").check()
    expect(page.get_by_label("Your name")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Copied from elsewhere").check()
    page.get_by_label("What is wrong with it").fill("It stands in my book.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Your report number")).to_be_visible()
    expect(page.get_by_text("It waits for an editor.")).to_be_visible()
    receipt = page.url
    assert axe(page) == []

    # An editor upholds it.
    desk = signed_in(editor)
    desk.goto("/moderation/reports/")
    desk.get_by_role("link", name=story.published_revision.title).click()
    desk.get_by_role("button", name="Take these reports").click()
    expect(desk.get_by_text("Yours until")).to_be_visible()
    expect(desk.get_by_role("complementary").get_by_text(PASSAGE)).to_be_visible()
    assert axe(desk) == []
    desk.get_by_label("Uphold: remove the story").check()
    desk.get_by_label("Reason that the author is given").select_option(label="Copied from elsewhere")
    desk.get_by_label("Note to the author").fill("Page 3 is from a book.")
    desk.get_by_label("Answer to those who reported it").fill("Thank you for the page number.")
    desk.get_by_role("button", name="Send the answer").click()
    expect(desk.get_by_text("The reports are upheld.")).to_be_visible()

    page.goto(receipt)
    expect(page.get_by_text("took the story off the public pages")).to_be_visible()
    expect(page.get_by_text("Thank you for the page number.")).to_be_visible()

    # Its author appeals.
    mine = signed_in(author)
    mine.goto(f"/writing/{story.pk}/submissions/{story.submissions.get().pk}/")
    mine.get_by_role("link", name="Appeal, or see your appeal").click()
    expect(mine.get_by_text("Page 3 is from a book.")).to_be_visible()
    assert axe(mine) == []
    mine.get_by_label("Why the decision is wrong").fill("I wrote that book.")
    mine.get_by_role("button", name="Send the appeal").click()
    expect(mine.get_by_text("It waits for an editor")).to_be_visible()

    # The one who decided cannot answer it; another editor does.
    desk.goto("/moderation/appeals/")
    expect(desk.get_by_role("heading", name="No appeal waits for you")).to_be_visible()
    other = signed_in(other_editor)
    other.goto("/moderation/appeals/")
    other.get_by_role("link", name=story.published_revision.title).click()
    other.get_by_role("button", name="Take this appeal").click()
    expect(other.get_by_text("Yours until")).to_be_visible()
    other.get_by_label("Uphold: the author is right").check()
    other.get_by_label("Why", exact=True).fill("The book is yours.")
    assert axe(other) == []
    other.get_by_role("button", name="Send the answer").click()
    expect(other.get_by_text("The appeal is answered.")).to_be_visible()

    mine.reload()
    expect(mine.get_by_text("The book is yours.")).to_be_visible()
    page.goto(story.path)
    expect(page.get_by_role("heading", name=story.published_revision.title)).to_be_visible()
