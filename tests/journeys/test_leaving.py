"""Somebody closes the account, comes back, and keeps it; then does not come back. As a person clicks."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from stories.models import Closing
from stories.workflow.ending import end_closings
from tests.cast import PASSWORD
from tests.stories import make_published


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address or user name").fill("asha-rao")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My stories")


def close(page: Page, choice: str) -> None:
    page.goto("/accounts/settings/")
    page.get_by_role("link", name="Close your account").click()
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Close my account in 14 days").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account will be closed")


@pytest.mark.browser
def test_account_is_closed_kept_and_closed(
    live_server, transactional_db, author, editor, new_context, signed_in, quiet, axe
):
    cache.clear()
    story = make_published(author, editor=editor, title="A boat of reeds")
    page = signed_in(author)
    close(page, "They go")

    back = new_context(base_url=live_server.url).new_page()
    sign_in(back)
    expect(back.get_by_text("Your account will be closed on")).to_be_visible()
    assert axe(back) == []
    back.get_by_role("button", name="Keep my account").click()
    expect(back.get_by_role("status")).to_contain_text("Your account stays")
    expect(back.get_by_role("button", name="Keep my account")).to_have_count(0)

    close(back, "They stay, without my name")
    assert end_closings(at=Closing.objects.latest("id").ends_at + timedelta(seconds=1)) == 1
    back.goto("/writing/")
    expect(back.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    back.goto(story.path)
    expect(back.locator(".byline")).to_contain_text("A former member")
    expect(back.locator(".byline a")).to_have_count(0)
