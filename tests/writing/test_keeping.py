"""What the editor does with text that the site does not have yet: on this device, in two tabs, and at signing out."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from stories.models import Draft
from stories.writing import limits
from tests.stories import change_draft
from tests.writing.test_editor import after_the_death_of

SHELVED = """(words) => new Promise((resolve) => {
  const asked = indexedDB.open("mystory", 1)
  asked.onsuccess = () => {
    const all = asked.result.transaction("copies").objectStore("copies").getAll()
    all.onsuccess = () => { asked.result.close(); resolve(JSON.stringify(all.result).includes(words)) }
  }
})"""
FULL = """(places) => {
  const refuse = () => { throw new DOMException("full", "QuotaExceededError") }
  for (const place of places) window[place].prototype[place === "Storage" ? "setItem" : "put"] = refuse
}"""


def cut_off(page: Page) -> None:
    """Nothing that the page saves arrives."""
    page.route(
        "**/writing/*/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"), timeout=30_000)


def wait_until_shelved(page: Page, words: str) -> None:
    """By asking again: a promise of no would pass for a yes in `wait_for_function`."""
    deadline = time.monotonic() + 30
    while not page.evaluate(SHELVED, words):
        assert time.monotonic() < deadline
        page.wait_for_timeout(100)


def title(page: Page):
    return page.get_by_label("Title", exact=True)


def test_text_is_on_the_shelf_when_the_near_place_is_full(open_editor, story, complaints):
    page = open_editor(story)
    page.evaluate(FULL, ["Storage"])
    cut_off(page)
    title(page).fill("Kept on the shelf alone")
    wait_until_shelved(page, "Kept on the shelf alone")

    again = after_the_death_of(page)
    again.goto(f"/writing/{story.pk}/")
    again.get_by_role("button", name="Use it").click(timeout=60_000)  # a tab lets go when its process is gone

    expect(title(again)).to_have_value("Kept on the shelf alone")
    saved(again)
    assert Draft.objects.get(story=story).title == "Kept on the shelf alone"


def test_device_that_keeps_nothing_is_said_to_keep_nothing(open_editor, story, complaints):
    page = open_editor(story)
    page.evaluate(FULL, ["Storage", "IDBObjectStore"])
    cut_off(page)

    title(page).fill("Only here")

    expect(page.locator("[data-save-state]")).to_contain_text(
        "only in this page, so leave it open", timeout=30_000
    )


def test_offer_shows_what_the_device_and_the_site_have_and_throws_nothing_away_unasked(
    open_editor, story, complaints
):
    page = open_editor(story)
    cut_off(page)
    title(page).fill("On the device")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('draft:'))")
    again = after_the_death_of(page)
    change_draft(story, title="On the site", body="<p>Two words.</p>")

    again.goto(f"/writing/{story.pk}/")
    offer = again.locator("[data-kind=copy]")
    expect(offer).to_contain_text("was not saved: 13 words, ending", timeout=60_000)
    expect(offer).to_contain_text("2 words, ending “…Two words.”")
    again.get_by_role("button", name="See the two texts").click()
    both = again.get_by_role("dialog", name="Both texts")
    expect(both.get_by_text("On the device", exact=True)).to_be_visible()
    expect(both.get_by_text("On the site", exact=True).last).to_be_visible()
    both.get_by_role("button", name="Close").click()
    again.reload()

    expect(again.get_by_role("button", name="Use it")).to_be_visible()
    again.get_by_role("button", name="Throw it away").click()
    expect(offer).to_have_count(0)
    expect(title(again)).to_have_value("On the site")


def test_tabs_of_one_story_notice_each_other(open_editor, story, quiet):
    first = open_editor(story)
    second = first.context.new_page()
    second.goto(first.url)
    for tab in (first, second):
        expect(tab.get_by_text("open in another tab of this browser too")).to_be_visible()

    title(second).fill("From the second tab")
    saved(second)
    first.get_by_role("button", name="Load the newest text").click()

    expect(title(first)).to_have_value("From the second tab")
    second.close()
    expect(first.get_by_text("another tab of this browser")).to_have_count(0)


def test_page_waits_as_long_as_it_is_told_and_then_saves(open_editor, story, monkeypatch, complaints):
    monkeypatch.setattr(limits, "SAVES_A_MINUTE", 0)
    page = open_editor(story)
    page.clock.install()
    title(page).fill("Typed too fast")
    page.clock.run_for(1500)
    expect(page.locator("[data-save-state]")).to_have_text("The site asks for a pause: kept on this device")

    monkeypatch.setattr(limits, "SAVES_A_MINUTE", 1000)
    page.clock.run_for(61_000)
    saved(page)

    assert Draft.objects.get(story=story).title == "Typed too fast"


@pytest.mark.parametrize(("answer", "left"), [("Keep it and sign out", 1), ("Throw it away and sign out", 0)])
def test_signing_out_asks_about_text_that_only_this_device_has(open_editor, story, complaints, answer, left):
    page = open_editor(story)
    cut_off(page)
    title(page).fill("Not for the next one here")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('draft:'))")
    again = after_the_death_of(page)
    again.goto("/accounts/logout/")

    again.get_by_role("main").get_by_role("button", name="Sign out").click()
    question = again.get_by_role("dialog", name="Not everything is saved")
    expect(question).to_contain_text("A text of yours is kept on this device")
    with again.expect_navigation():
        question.get_by_role("button", name=answer).click()

    kept = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"
    assert again.evaluate(kept) == left


def test_note_to_the_editor_outlives_the_page(open_editor, story, quiet):
    page = open_editor(story)
    note = page.get_by_label("Note to the editor")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        note.fill("The second half is new.")

    page.reload()

    expect(note).to_have_value("The second half is new.")


def test_note_to_the_editor_is_offered_after_a_dead_tab(open_editor, story, complaints):
    page = open_editor(story)
    cut_off(page)
    page.get_by_label("Note to the editor").fill("The second half is new.")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('draft:'))")

    again = after_the_death_of(page)
    again.goto(f"/writing/{story.pk}/")
    again.get_by_role("button", name="Use it").click(timeout=60_000)

    expect(again.get_by_label("Note to the editor")).to_have_value("The second half is new.")
