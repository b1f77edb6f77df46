"""The desk in a browser: take, read, decide, next; two editors side by side; without scripts; hostile texts."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from stories.models import Claim, Decision, Story
from stories.workflow.claiming import claim, claim_next
from stories.workflow.submitting import submit
from tests.stories import change_draft, make_claimed, make_waiting

pytestmark = pytest.mark.browser
NOTE = "Say which words were in the notebook."


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent").strip()


def test_editor_takes_reads_and_publishes_by_keyboard(signed_in, author, editor, quiet, axe):
    make_waiting(author)
    page = signed_in(editor)
    page.goto("/moderation/")
    assert axe(page) == []

    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/moderation/\d+/$"))
    assert axe(page) == []
    page.keyboard.press("p")
    assert focused(page) == "Publish this text"
    assert axe(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/moderation/?decided")

    expect(page.get_by_text("“The bakery that would not grow” is published.")).to_be_visible()
    assert focused(page).startswith("Read the next one")
    assert Decision.objects.get().decided_by == editor


def test_keys_open_what_they_say_and_are_listed(signed_in, author, editor, quiet, axe):
    held = make_claimed(author, editor=editor)
    page = signed_in(editor)
    page.goto(f"/moderation/{held.submission_id}/")

    page.keyboard.press("?")
    expect(page.locator(".keys dt")).to_contain_text(["D", "R", "P", "?", "Esc"])
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    expect(page.get_by_label("Reason that the author is given")).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.get_by_label("Reason that the author is given").evaluate("field => field.blur()")
    page.keyboard.press("r")
    expect(page.get_by_label("What to change")).to_be_focused()
    expect(page.get_by_label("Note to the author")).to_be_visible()
    expect(page.get_by_label("Reason that the author is given")).to_be_hidden()
    assert axe(page) == []


def test_chosen_disclaimer_stands_above_the_story_at_once(signed_in, author, editor, quiet):
    held = make_claimed(author, editor=editor)
    page = signed_in(editor)
    page.goto(f"/moderation/{held.submission_id}/")

    page.keyboard.press("p")
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
    second.keyboard.press("p")
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
    page.keyboard.press("r")
    page.get_by_label("Note to the author").fill(NOTE)

    again = page.context.new_page()
    page.close()
    again.goto(f"/moderation/{held.submission_id}/")
    again.keyboard.press("r")

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


def test_lost_lease_says_so_and_leaves_what_was_typed(signed_in, author, editor, other_editor, axe):
    held = make_claimed(author, editor=editor)
    page = signed_in(editor)
    page.clock.install()
    page.goto(f"/moderation/{held.submission_id}/")
    page.keyboard.press("r")
    page.get_by_label("Note to the author").fill(NOTE)
    Claim.objects.live().update(expires_at=timezone.now() - timedelta(minutes=1))
    claim_next(by=other_editor, key=uuid4())

    with page.expect_response("**/lease/"):
        page.clock.fast_forward("21:00")

    expect(page.get_by_role("alert")).to_contain_text("What you typed is still on this page.")
    expect(page.get_by_text("Not yours any more")).to_be_visible()
    expect(page.get_by_label("Note to the author")).to_have_value(NOTE)
    assert axe(page) == []
    page.reload()
    expect(page.get_by_text("Farid Ahmed is reading since")).to_be_visible()
    expect(page.get_by_label("What you had written is still here")).to_have_value(NOTE)


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


@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without it"])
def test_hostile_texts_run_nowhere_on_the_desk(signed_in, author, editor, settings, policy):
    """In every field that an author fills, and in a body from before the sanitiser was this good."""
    if not policy:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("csp.")]
    author.display_name = HOSTILE[0]
    author.save(update_fields=["display_name"])
    body = "".join(f'<p>{text}</p><a href="javascript:window.ran=1">{text}</a>' for text in HOSTILE)
    for text in HOSTILE:
        submission = make_waiting(author, title=text, summary=text, tags=(text[:40],), body=body + "<p>x</p>")
        claim(submission, by=editor, key=uuid4())
    page = signed_in(editor, bypass_csp=not policy)

    for address in ["/moderation/", "/moderation/log/", f"/moderation/{submission.pk}/"]:
        page.goto(address)
        for link in page.locator(".desk-text a, .links a").all():
            assert not (link.get_attribute("href") or "").startswith("javascript:")
        page.keyboard.press("p")
        assert page.evaluate("window.ran") is None
