"""The desk in a browser: take, read, decide, next; two editors side by side; without scripts; hostile texts."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from stories.models import Claim, Decision, Story
from stories.workflow.claiming import claim
from stories.workflow.submitting import submit
from tests.browser import press_key
from tests.stories import change_draft, make_claimed, make_reply, make_waiting

pytestmark = pytest.mark.browser
NOTE = "Say which words were in the notebook."


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent").strip()


class Keys:
    """Presses keys and counts them; words are typed beside the count."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def since(self) -> int:
        count, self.count = self.count, 0
        return count


def test_from_the_queue_to_decisions_and_on_to_the_next_by_keys_alone(
    signed_in, author, editor, reason, quiet, axe
):
    now = timezone.now()
    for number, title in enumerate(["First", "Second", "Third", "Fourth"]):
        make_waiting(author, title=title, at=now - timedelta(hours=9 - number))
    make_reply(editor, is_shared=False)
    page = signed_in(editor)
    page.goto("/moderation/")
    assert axe(page) == []
    keys = Keys(page)

    # Publish as it is, which needs no words.
    keys.press("n")
    page.wait_for_url(re.compile(r"/moderation/\d+/$"))
    assert axe(page) == []
    keys.press("p")
    expect(page.get_by_role("button", name="Publish this text")).to_be_focused()
    assert axe(page) == []
    keys.press("Enter")
    expect(page.get_by_text("“First” is published.")).to_be_visible()
    assert keys.since() == 3

    # The next one.
    expect(page.get_by_role("button", name="Read the next one")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Second")).to_be_visible()
    assert keys.since() == 1

    # Decline with a reason: its first letters are typed in the list of them, the note in its field.
    keys.press("d")
    expect(page.get_by_label("Reason that the author is given")).to_be_focused()
    page.keyboard.type(reason.label[:4])
    expect(page.get_by_label("Reason that the author is given")).to_have_value(str(reason.pk))
    keys.press("Tab", "Tab")  # past what led to it
    expect(page.get_by_label("Note to the author")).to_be_focused()
    page.keyboard.type(NOTE)
    keys.press("Control+Enter")
    expect(page.get_by_text("“Second” is declined.")).to_be_visible()
    assert keys.since() == 4

    # Return with a prepared reply: its first letters are typed in the list of them.
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Third")).to_be_visible()
    assert keys.since() == 1
    press_key(page, "e")
    keys.count += 1
    expect(page.get_by_label("Prepared reply")).to_be_focused()
    page.keyboard.type("Thank")
    expect(page.get_by_label("Prepared reply").locator("option:checked")).to_have_text("Thanks (your own)")
    keys.press("Control+Enter")
    expect(page.get_by_label("Note to the author")).to_have_value("Dear Asha Rao, thank you. Esther Thomas")
    expect(page.get_by_label("Note to the author")).to_be_focused()
    keys.press("Control+Enter")
    expect(page.get_by_text("“Third” is back with its author")).to_be_visible()
    assert keys.since() == 3
    kinds = list(Decision.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["approve", "decline", "return"]

    # From row to row; and with the keys of one letter switched off, nothing is taken by a slip.
    press_key(page, "j")
    expect(page.get_by_role("link", name="Fourth")).to_be_focused()
    page.keyboard.press("?")
    page.get_by_label("Keys of a single letter or sign work in this browser").uncheck()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    press_key(page, "n")
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Keys of a single letter or sign work in this browser").check()
    expect(page).to_have_url(re.compile("decided$"))
    assert Claim.objects.live().count() == 0


def test_keys_open_what_they_say_and_are_listed(signed_in, author, editor, quiet, axe):
    held = make_claimed(author, editor=editor)
    page = signed_in(editor)
    page.goto(f"/moderation/{held.submission_id}/")

    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys on this page")).to_be_visible()
    assert {"Q", "D", "R", "P", "Ctrl-Enter", "?", "Esc"} <= set(page.locator(".keys dt").all_inner_texts())
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    press_key(page, "d")
    expect(page.get_by_label("Reason that the author is given")).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.get_by_label("Reason that the author is given").evaluate("field => field.blur()")
    press_key(page, "r")
    expect(page.get_by_label("What to change")).to_be_focused()
    expect(page.get_by_label("Note to the author")).to_be_visible()
    expect(page.get_by_label("Reason that the author is given")).to_be_hidden()
    assert axe(page) == []


def test_chosen_disclaimer_stands_above_the_story_at_once(signed_in, author, editor, quiet):
    held = make_claimed(author, editor=editor)
    page = signed_in(editor)
    page.goto(f"/moderation/{held.submission_id}/")

    press_key(page, "p")
    page.get_by_label("Disclaimer above the story").select_option(label="Opinion (English, version 1)")

    expect(page.locator(".story .disclaimer")).to_contain_text("This is the author's own opinion")
    page.get_by_role("button", name="Publish this text").click()
    page.wait_for_url("**/moderation/?decided")
    assert Story.objects.get().disclaimers.get().label == "Opinion"


def test_story_is_returned_and_approved_by_another_while_the_slower_is_told_kindly(
    signed_in, author, editor, other_editor, quiet, axe
):
    submission = make_waiting(author)
    first, second = signed_in(editor), signed_in(other_editor)

    first.goto("/moderation/")
    first.get_by_role("button", name="Read the next one").click()
    first.get_by_text("Send back").click()
    first.get_by_label("Note to the author").fill(NOTE)
    first.get_by_role("button", name="Send it back").click()
    expect(first.get_by_text("is back with its author")).to_be_visible()

    change_draft(submission.story, body="<p>Flour, salt, wait, fold.</p>")
    submit(submission.story, by=author, note="Four words, as it happens.")

    first.get_by_role("button", name="Read the next one").click()
    expect(first.get_by_label("Note to the author")).to_be_hidden()
    expect(first.get_by_text("Four words, as it happens.")).to_be_visible()
    first.get_by_text("Send back").click()
    expect(first.get_by_label("Note to the author")).to_have_value("")
    first.get_by_label("Note to the author").fill("One more thing, please.")

    # Her lease runs out, a colleague takes the story and is quicker.
    Claim.objects.live().update(expires_at=timezone.now() - timedelta(minutes=1))
    second.goto("/moderation/")
    second.get_by_role("button", name="Read the next one").click()
    second.wait_for_url(re.compile(r"/moderation/\d+/$"))
    press_key(second, "p")
    second.keyboard.press("Enter")
    expect(second.get_by_text("is published.")).to_be_visible()

    first.get_by_role("button", name="Send it back").click()
    expect(first.get_by_text("Nothing was decided")).to_be_visible()
    expect(first.get_by_text("Farid Ahmed approved it.")).to_be_visible()
    expect(first.get_by_label("What you had written is still here")).to_have_value("One more thing, please.")
    assert axe(first) == []
    assert list(Decision.objects.order_by("id").values_list("kind", "decided_by")) == [
        ("return", editor.pk),
        ("approve", other_editor.pk),
    ]


def test_note_outlives_a_closed_page(signed_in, author, editor, quiet):
    held = make_claimed(author, editor=editor)
    page = signed_in(editor)
    page.goto(f"/moderation/{held.submission_id}/")
    press_key(page, "r")
    page.get_by_label("Note to the author").fill(NOTE)

    again = page.context.new_page()
    page.close()
    again.goto(f"/moderation/{held.submission_id}/")
    press_key(again, "r")

    expect(again.get_by_label("Note to the author")).to_have_value(NOTE)
    again.get_by_role("button", name="Send it back").click()
    again.wait_for_url("**/moderation/?decided")
    assert again.evaluate("Object.keys(localStorage).filter(key => key.startsWith('desk-note')).length") == 0


def test_open_page_renews_its_lease_while_it_is_read_and_no_longer(signed_in, author, editor, quiet):
    held = make_claimed(author, editor=editor, at=timezone.now() - timedelta(minutes=10))
    page = signed_in(editor)
    page.clock.install()
    page.goto(f"/moderation/{held.submission_id}/")

    page.clock.fast_forward("05:00")
    assert Claim.objects.get().expires_at == held.expires_at
    page.mouse.move(200, 200)
    page.mouse.move(220, 220)
    with page.expect_response("**/lease/") as answered:
        page.clock.fast_forward("00:30")

    assert answered.value.status == 200
    assert Claim.objects.get().expires_at > held.expires_at


def test_colleague_takes_over_and_who_had_the_story_is_told_why_and_keeps_the_text(
    signed_in, author, editor, other_editor, quiet, axe
):
    held = make_claimed(author, editor=editor)
    first, second = signed_in(editor), signed_in(other_editor)
    first.clock.install()
    with first.expect_response("**/presence/"):
        first.goto(f"/moderation/{held.submission_id}/")
    press_key(first, "r")
    first.get_by_label("Note to the author").fill(NOTE)
    with first.expect_response("**/unsent/") as kept:
        first.clock.fast_forward("00:02")
    assert kept.value.status == 204

    second.goto(f"/moderation/{held.submission_id}/")
    expect(second.get_by_text("Esther Thomas has it open too")).to_be_visible()
    press_key(second, "o")
    expect(second.get_by_label("Why you take it over")).to_be_focused()
    assert axe(second) == []
    second.keyboard.type("You are ill, get well soon.")
    second.keyboard.press("Enter")
    expect(second.get_by_text("You are reading")).to_be_visible()

    with first.expect_response("**/news/**"):
        first.clock.fast_forward("00:11")
    news = first.get_by_role("status").filter(has_text="took this story over")
    expect(news).to_contain_text("Farid Ahmed took this story over from you: “You are ill, get well soon.”")
    expect(first.get_by_text("Not yours any more")).to_be_visible()
    expect(first.get_by_label("Note to the author")).to_have_value(NOTE)
    assert axe(first) == []

    second.get_by_role("button", name="Put it back").click()
    expect(second.get_by_text("The story is back at its old place in the queue.")).to_be_visible()
    with first.expect_response("**/news/**"):
        first.clock.fast_forward("00:11")
    # Another device of hers: what she typed is with her account, not only in the browser.
    first.evaluate("() => localStorage.clear()")
    news.get_by_role("button", name="Take it again").click()
    expect(first.get_by_text("You are reading")).to_be_visible()
    expect(first.get_by_label("Note to the author")).to_have_value(NOTE)


def test_desk_works_without_scripts(signed_in, author, editor, reason):
    make_waiting(author)
    page = signed_in(editor, java_script_enabled=False)
    page.goto("/moderation/")
    page.get_by_role("button", name="Read the next one").click()
    page.get_by_role("button", name="Keep it longer").click()
    page.get_by_role("radio", name="Decline").check()
    page.get_by_role("button", name="Decline this story").click()

    expect(page.get_by_role("alert")).to_contain_text("Nothing was decided yet")
    page.get_by_label("Reason that the author is given").select_option(label=reason.label)
    page.get_by_label("Note to the author").fill(NOTE)
    page.get_by_role("button", name="Decline this story").click()
    expect(page.get_by_text("is declined.")).to_be_visible()
    assert Decision.objects.get().reason == reason


HOSTILE = [
    "<img src=x onerror=window.ran=1>",
    "<svg onload=window.ran=1>",
    "</textarea><script>window.ran=1</script>",
    "\"'><script>window.ran=1</script>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "javascript:window.ran=1",
]


def test_hostile_texts_run_nowhere_on_the_desk(signed_in, author, editor, settings):
    """In every field that an author fills, and in a body from before the sanitiser was this good; without the
    policy, which could hide what runs."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("csp.")]
    author.display_name = HOSTILE[0]
    author.save(update_fields=["display_name"])
    body = "".join(f'<p>{text}</p><a href="javascript:window.ran=1">{text}</a>' for text in HOSTILE)
    for text in HOSTILE:
        submission = make_waiting(author, title=text, summary=text, tags=(text[:40],), body=body + "<p>x</p>")
        claim(submission, by=editor, key=uuid4())
    page = signed_in(editor, bypass_csp=True)

    for address in ["/moderation/", "/moderation/log/", f"/moderation/{submission.pk}/"]:
        page.goto(address)
        for link in page.locator(".desk-text a, .links a").all():
            assert not (link.get_attribute("href") or "").startswith("javascript:")
        press_key(page, "p")
        assert page.evaluate("window.ran") is None
