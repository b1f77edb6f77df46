"""One story all the way: from a member's browser, over two editors' desks, to a reader's page; as people click."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.cache import cache
from PIL import Image
from playwright.sync_api import Page, expect

from stories.models import Story
from stories.notices.delivering import deliver_due
from tests.browser import press_key
from tests.cast import PASSWORD
from tests.stories import make_topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SENTENCE = (
    "This is a user generated content for MyStory, a YourStory initiative to enable its community to contribute "
    "and have their voices heard. The views and writings here reflect that of the author and not of YourStory."
)
TITLE = "The bakery that would not grow"
WORDS = 1_042


@pytest.fixture(autouse=True)
def fresh_limits(transactional_db):
    cache.clear()


@pytest.fixture
def bread(tmp_path):
    path = tmp_path / "bread.jpg"
    Image.effect_noise((1200, 800), 40).convert("RGB").save(path)
    return path


def code_from_mail() -> str:
    found = re.search(r"^([B-Z]{4}-[B-Z]{4})$", mail.outbox[-1].body, re.M)
    assert found, mail.outbox[-1].body
    return found[1]


def sign_up(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("E-mail address").fill("asha@example.org")
    page.get_by_label("User name").fill("asha-menon")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I am 16").check()
    page.get_by_label("I have read the terms").check()
    page.get_by_role("button", name="Sign up").click()
    page.get_by_label("Code").wait_for()
    page.get_by_label("Code").fill(code_from_mail())
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/writing/")


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address or user name").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/writing/")


def paste(page: Page, html: str) -> None:
    page.locator("[contenteditable=true]").evaluate(
        """(element, html) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        html,
    )


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")


def write(page: Page, bread) -> None:
    """Heading, list and words typed, a paragraph with links pasted, a picture picked and described."""
    page.get_by_role("link", name="Write", exact=True).first.click()
    page.get_by_role("button", name="Begin writing").click()
    page.locator("form[data-editor=ready]").wait_for()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Summary").fill("Three people, one oven, and the year we turned down a second shop.")
    text = page.get_by_role("textbox", name="Story", exact=True)
    text.click()
    page.keyboard.type("My grandmother never wrote a recipe down.")
    page.keyboard.press("Enter")
    page.keyboard.type("## Start with what you can carry")
    page.keyboard.press("Enter")
    page.keyboard.type("- Flour and salt")
    page.keyboard.press("Enter")
    page.keyboard.type("Wait")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    paste(
        page,
        '<p>We were asked by <a href="https://landlord.example/shop">a landlord</a> and <b>a bank</b>.</p>',
    )
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Picture", exact=True).click()
    chooser.value.set_files(bread)
    page.get_by_label("What it shows").fill("Loaves cooling on a rack")
    page.get_by_label("Caption under it").fill("Saturday, twenty to six.")
    page.get_by_role("button", name="Put it in the story").click()
    expect(text.locator("figure img")).to_have_attribute("alt", "Loaves cooling on a rack")
    page.get_by_label("Work", exact=True).check()
    saved(page)


def fill_up(page: Page, words: int) -> None:
    """Pastes a paragraph so that the story has so many words, as the editor itself counts them."""
    text = page.get_by_role("textbox", name="Story", exact=True)
    count = page.locator("[data-word-count]")
    expect(count).to_contain_text("word")
    so_far = int(re.search(r"[\d,]+", count.inner_text())[0].replace(",", ""))
    text.press("Control+End")
    text.press("Enter")
    paste(page, f"<p>{'bread ' * (words - so_far)}</p>")
    expect(count).to_contain_text(f"{words:,}")
    saved(page)


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text(re.compile("waiting for an editor", re.I)).first).to_be_visible()


def test_one_story_all_the_way(new_context, author, editor, other_editor, bread, quiet, axe):
    make_topic()
    asha, esther, farid, stranger, reader = (new_context().new_page() for _ in range(5))

    # A member signs up, writes and submits; another member finds nothing of it.
    sign_up(asha)
    write(asha, bread)
    asha.get_by_role("button", name="Submit for review").click()
    expect(asha.get_by_text(re.compile("waiting for an editor", re.I)).first).to_be_visible()
    story = Story.objects.get()
    sign_in(stranger, author.username)
    assert stranger.goto(f"/writing/{story.pk}/").status == 404
    assert reader.goto("/latest/").status == 200
    expect(reader.get_by_text(TITLE)).to_have_count(0)

    # An editor takes it from the queue, reads it and sends it back; the other editor sees who reads.
    sign_in(esther, editor.username)
    esther.goto("/moderation/")
    expect(esther.get_by_role("link", name=TITLE, exact=True)).to_be_visible()
    assert axe(esther) == []
    esther.get_by_role("button", name="Read the next one").click()
    expect(esther.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    assert axe(esther) == []
    sign_in(farid, other_editor.username)
    farid.goto(esther.url)
    expect(farid.get_by_text("Esther Thomas", exact=True).first).to_be_visible()
    expect(farid.get_by_role("form", name="Your decision")).to_have_count(0)
    press_key(esther, "r")
    esther.keyboard.type("Say which words were in the notebook.")
    esther.get_by_role("button", name="Send it back").click()
    esther.wait_for_url("**/moderation/?decided")
    assert deliver_due() == 1
    assert mail.outbox[-1].to == ["asha@example.org"]
    assert "Say which words were in the notebook." in mail.outbox[-1].body

    # Its author reads the note, changes the text and submits again.
    asha.goto("/writing/")
    expect(asha.get_by_text("Say which words were in the notebook.").first).to_be_visible()
    asha.goto(f"/writing/{story.pk}/")
    asha.locator("form[data-editor=ready]").wait_for()
    fill_up(asha, WORDS)
    asha.get_by_role("button", name="Submit").first.click()
    expect(asha.get_by_text(re.compile("waiting for an editor", re.I)).first).to_be_visible()

    # The other editor accepts what was done, and approves it with the disclaimer that is offered first.
    farid.goto("/moderation/")
    farid.get_by_role("button", name="Read the next one").click()
    expect(farid.get_by_text("Round 2").first).to_be_visible()
    asked = farid.get_by_role("group", name="Say which words were in the notebook.")
    asked.get_by_label("Accept").check()
    press_key(farid, "p")
    farid.get_by_role("button", name="Publish this text").click()
    farid.wait_for_url("**/moderation/?decided")
    assert deliver_due() == 1
    assert "published" in mail.outbox[-1].subject
    assert SENTENCE in re.sub(r"\s+", " ", mail.outbox[-1].body)

    # A reader, signed out, reads it on its public page, in the order of the sample.
    Story.objects.update(first_published_at=datetime(2019, 2, 11, 6, tzinfo=UTC))
    reader.goto("/")
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    text = re.sub(r"\s+", " ", reader.locator("main").inner_text())
    in_order = [
        SENTENCE, TITLE, "Monday February 11, 2019", "6 min Read", "My grandmother never wrote",
        "Start with what you can carry", "Flour and salt", "We were asked by", "Saturday, twenty to six.",
    ]  # fmt: skip
    places = [text.find(words) for words in in_order]
    assert -1 not in places, dict(zip(in_order, places, strict=True))
    assert places == sorted(places)
    expect(reader.locator(".prose h2")).to_have_text("Start with what you can carry")
    expect(reader.locator(".prose ul li")).to_have_text(["Flour and salt", "Wait"])
    expect(reader.locator(".prose a[href='https://landlord.example/shop']")).to_have_attribute(
        "rel", "ugc nofollow noopener"
    )
    picture = reader.locator(".prose figure img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_attribute("alt", "Loaves cooling on a rack")
    reader.wait_for_function("() => document.querySelector('.prose figure img').naturalWidth === 1200")
    assert axe(reader) == []
    assert reader.context.cookies() == []
    assert [e.action for e in story.events.order_by("id")] == [
        "submit", "claim", "return", "resubmit", "claim", "settle", "approve", "publish",
    ]  # fmt: skip
