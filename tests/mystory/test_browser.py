"""The browser that the journeys are given."""

import pytest
from _pytest.outcomes import Failed

from tests import browser

STRICT = "default-src 'none'; script-src 'self'; style-src 'self'"


@pytest.fixture
def strict_page(page):
    def serve(body: str):
        page.route(
            "**/strict/",
            lambda route: route.fulfill(
                body=f"<!doctype html><html lang=en><title>Strict</title><main>{body}</main>",
                headers={"Content-Security-Policy": STRICT, "Content-Type": "text/html"},
            ),
        )
        page.goto("/strict/")
        return page

    return serve


def test_axe_runs_under_the_content_policy_and_finds_what_is_wrong(strict_page, axe, quiet):
    good = axe(strict_page("<h1>A page</h1>"))
    bad = axe(strict_page("<h1>A page</h1><img src=''>"))

    assert good == []
    assert [line.split()[0] for line in bad] == ["image-alt"]


def test_complaints_hear_what_the_content_policy_blocks(strict_page, complaints):
    strict_page("<h1>A page</h1><script>document.title = 'ran'</script>")

    assert len(complaints.said) == 1
    assert "Content Security Policy" in complaints.said[0]


def test_signed_in_page_belongs_to_its_member(signed_in, author, live_server):
    page = signed_in(author)

    page.goto("/accounts/email/")

    assert "/accounts/login/" not in page.url


def test_machine_without_a_browser_is_told_what_to_install(monkeypatch, tmp_path):
    tried = []
    monkeypatch.setattr(browser, "chromium_on_this_machine", lambda: None)
    monkeypatch.setattr(browser.subprocess, "run", lambda command, **how: tried.append(command))

    with pytest.raises(Failed, match="install Chromium or Chrome, then run the tests again"):
        browser.find_chromium(tmp_path / "none")

    assert tried[-1][-2:] == ["install", "chromium"]


def test_browser_that_is_there_is_not_installed_again(monkeypatch, tmp_path):
    own = tmp_path / "chrome"
    own.touch()
    monkeypatch.setattr(browser, "chromium_on_this_machine", lambda: None)
    monkeypatch.setattr(browser.subprocess, "run", lambda command, **how: pytest.fail("installed"))

    assert browser.find_chromium(own) == str(own)
