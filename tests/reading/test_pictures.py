"""Pictures in Chromium: the file that fits the screen is fetched, and nothing moves while it comes."""

import threading
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from playwright.sync_api import expect

from tests.stories import make_picture, make_published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLACES = """() => [...document.querySelectorAll('main img, main p, main h1')].map(each => {
  const box = each.getBoundingClientRect(); return [each.tagName, box.x, box.y + scrollY, box.width, box.height]; })"""
COLOURS = "all => all.map(each => getComputedStyle(each).backgroundColor)"
ALL_THERE = (
    "() => [...document.querySelectorAll('main img')].every(each => each.complete && each.naturalWidth)"
)
SHIFTED = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })"""


def stored(by, *, number, size, widths=()):
    """A picture of one colour with its files: what the worker would have made of it, without its cost."""
    picture = make_picture(by, number=number)
    kinds = ["avif", "webp", "jpg"] if widths else []
    picture.width, picture.height = size
    picture.recipe, picture.widths, picture.kinds, picture.colour = 1, list(widths), kinds, "#808080"
    picture.save()
    write(picture.name, size)
    for width in widths:
        for kind in kinds:
            write(picture.variant_name(width=width, kind=kind), (width, round(size[1] * width / size[0])))
    return picture


def write(name, size):
    out = BytesIO()
    kind = {"jpg": "JPEG"}.get(name.rpartition(".")[2], name.rpartition(".")[2].upper())
    Image.new("RGB", size, "#808080").save(out, kind)
    default_storage.save(name, out)


@pytest.fixture
def story(author, editor):
    cover = stored(author, number=1, size=(1200, 640), widths=(240, 480, 720, 1080, 1200))
    inside = stored(author, number=2, size=(800, 540), widths=(240, 480, 720, 800))
    body = (
        f'<p>Before.</p><figure><img src="{inside.address}" alt="A loaf"></figure>' + "<p>After it.</p>" * 9
    )
    return make_published(author, editor=editor, body=body, cover=cover.address, cover_alt="An oven")


def open_without_pictures(page, path):
    """The page as it is while its pictures are on their way; gives what lets them arrive."""
    held, arriving = [], threading.Event()

    def hold(route):
        if arriving.is_set():
            route.continue_()
        else:
            held.append(route)

    page.route("**/media/**", hold)
    with page.expect_request("**/media/**"):
        page.goto(path, wait_until="domcontentloaded")
    page.wait_for_function("() => document.fonts.status === 'loaded'")

    def let_go():
        arriving.set()
        for route in held:
            route.continue_()
        page.wait_for_function(ALL_THERE)

    return let_go


PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1}


def test_picture_that_fits_the_screen_is_fetched_and_nothing_moves(story, new_context, axe, quiet):
    for screen, files in ((PHONE, ["720.avif", "720.avif"]), (DESK, ["1080.avif", "720.avif"])):
        page = new_context(**screen).new_page()
        let_go = open_without_pictures(page, story.path)
        before = page.evaluate(PLACES)
        tones = page.locator("main img").evaluate_all(COLOURS)
        let_go()

        assert page.evaluate(PLACES) == before
        assert page.evaluate(SHIFTED) == 0
        assert tones == ["rgb(128, 128, 128)"] * 2
        taken = page.locator("main img").evaluate_all("all => all.map(each => each.currentSrc)")
        assert [address.rpartition("-")[2] for address in taken] == files
        assert axe(page) == []

        page.goto("/")
        page.wait_for_function(ALL_THERE)
        assert page.locator(".lead img").evaluate("each => each.currentSrc").endswith("-720.avif")


def test_page_is_whole_before_any_variant_is_there(author, editor, page, quiet):
    cover = stored(author, number=1, size=(900, 600))
    story = make_published(author, editor=editor, cover=cover.address, cover_alt="An oven")

    page.goto(story.path)

    expect(page.get_by_alt_text("An oven")).to_have_js_property("naturalWidth", 900)
