"""What the small scripts do, in a browser: colours kept, nothing asked for strangers, keys, narrow screens."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)

# Two pages that stand on the two bases and need nothing in the database.
PUBLIC = "/there/is/no/such/page/"
PRIVATE = "/accounts/login/"


def test_colours_stay_as_chosen_on_the_next_page(page: Page, quiet: object) -> None:
    page.goto(PUBLIC)
    page.get_by_role("button", name="Sepia").click()

    page.goto(PRIVATE)

    assert page.locator("html").get_attribute("data-theme") == "sepia"
    expect(page.get_by_role("button", name="Sepia")).to_have_attribute("aria-pressed", "true")


def test_colours_follow_the_system_again_when_asked(page: Page) -> None:
    page.goto(PUBLIC)
    page.get_by_role("button", name="Dark").click()
    page.get_by_role("button", name="Auto").click()

    page.reload()

    assert page.locator("html").get_attribute("data-theme") is None


def test_public_page_asks_nothing_personal_for_a_stranger(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(PUBLIC)
    page.wait_for_load_state("networkidle")

    assert [address for address in asked if "/personal/" in address] == []
    assert page.context.cookies() == []


def test_public_page_asks_once_in_a_browser_that_was_signed_in_and_forgets(page: Page) -> None:
    asked: list[str] = []
    page.route("**/personal/", lambda route: (asked.append(route.request.url), route.fulfill(status=204))[1])
    page.goto(PRIVATE)

    page.goto(PUBLIC)
    page.wait_for_function("() => localStorage.getItem('signed-in') === null")
    page.reload()
    page.wait_for_load_state("networkidle")

    assert len(asked) == 1


def test_public_page_shows_who_is_signed_in(page: Page) -> None:
    fragment = '<a href="/writing/">My stories</a>'
    page.route("**/personal/", lambda route: route.fulfill(body=fragment, content_type="text/html"))
    page.goto(PRIVATE)

    page.goto(PUBLIC)

    expect(page.locator("[data-personal]").get_by_role("link", name="My stories")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in")).to_have_count(0)


def test_question_mark_lists_the_keys(page: Page, quiet: object) -> None:
    page.goto(PRIVATE)
    page.locator("body").evaluate("document.activeElement.blur()")

    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="Keys on this page")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_question_mark_in_a_field_is_a_question_mark(page: Page) -> None:
    page.goto(PRIVATE)
    field = page.locator("main input:visible").first

    field.press("?")

    assert field.input_value() == "?"
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_base_pages_are_accessible_in_the_colours_that_were_chosen(
    page: Page, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(PUBLIC)
    for theme in ("light", "dark", "sepia"):
        page.evaluate("theme => localStorage.setItem('theme', theme)", theme)
        for address in (PUBLIC, PRIVATE):
            page.goto(address)

            assert (page.locator("html").get_attribute("data-theme"), axe(page)) == (theme, [])


def test_base_pages_fit_a_narrow_screen_from_either_side(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for address in (PUBLIC, PRIVATE):
        page.goto(address)
        for direction in ("ltr", "rtl"):
            page.evaluate("direction => { document.documentElement.dir = direction }", direction)

            assert page.evaluate("document.documentElement.scrollWidth") == 320
