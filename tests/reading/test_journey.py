"""Readers' pages in Chromium: nothing to complain of, nothing for axe, nothing wider than a small phone."""

import pytest
from playwright.sync_api import expect

from tests.stories import make_published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOSTILE = "</script><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
URDU = "<p>میرے دادا کے پاس سات قلم تھے۔</p><h2>چالیس دن</h2><ul><li><p>ایک</p></li></ul>"


@pytest.fixture
def paths(author, editor) -> list[str]:
    author.bio = "Bakes in Kochi."
    author.links = [{"label": "Oven", "url": "https://oven.example/"}]
    author.save()
    english = make_published(author, editor=editor, title="The bakery", summary="One oven.", tags=("Bread",))
    urdu = make_published(author, editor=editor, title="میرے دادا کا قلم", body=URDU, language="ur")
    hostile = make_published(author, editor=editor, title=HOSTILE, summary=HOSTILE)
    lists = ["/", "/latest/", "/topics/", "/topics/work/", "/tags/bread/", "/authors/asha-rao/"]
    return [
        *lists,
        "/search/",
        "/search/?q=oven",
        "/search/?q=nowhere",
        english.path,
        urdu.path,
        hostile.path,
    ]


def test_hostile_words_run_nowhere_and_break_no_page(paths, page, axe, quiet):
    for path in paths:
        page.goto(path)
        assert page.title() != "ran"

    assert axe(page) == []


def test_pages_need_no_script_and_fit_their_window(paths, new_context, quiet):
    page = new_context(java_script_enabled=False).new_page()
    for path in paths:
        page.goto(path)
        assert page.locator("h1").count() == 1

        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.locator("body").bounding_box()["width"] <= width


def test_reader_goes_from_the_front_page_to_a_story_and_finds_it_again(paths, page, quiet):
    page.goto("/")
    page.get_by_role("link", name="The bakery", exact=True).first.click()
    expect(page.locator("article h1")).to_have_text("The bakery")
    expect(page.locator("article > *").first).to_have_class("disclaimer")

    page.get_by_role("link", name="Search").first.click()
    page.get_by_label("Words to look for").fill("winters oven")
    page.get_by_role("button", name="Search").click()

    expect(page.locator("mark")).to_have_text(["winters"])
    expect(page.get_by_role("link", name="The bakery", exact=True)).to_be_visible()


def test_structured_data_is_there_and_breaks_no_policy(paths, page, quiet):
    page.goto(paths[-1])

    data = page.evaluate(
        "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
    )
    assert data["headline"] == HOSTILE
    assert page.locator("h1").inner_text() == HOSTILE


def test_member_sees_their_own_masthead_on_a_public_page(paths, signed_in, author, quiet):
    page = signed_in(author)
    page.goto("/writing/")  # a page that tells this browser that somebody is signed in

    page.goto("/")

    page.get_by_label("Your account").wait_for()
    expect(page.get_by_role("link", name="Sign in")).to_have_count(0)
