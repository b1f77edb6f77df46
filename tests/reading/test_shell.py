"""The story page is filled into a shell: what comes out is what its template says."""

import itertools

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from stories.prose.safe import as_html, as_json
from stories.reading.shell import Shell

NAMES = (
    "title", "about", "address", "language", "published", "modified", "author", "username", "bio", "cover",
    "cover_width", "cover_height", "cover_alt",
)  # fmt: skip
HOSTILE = "<b>&\"'</b> {{ site_name }} \x02title\x03 "


@pytest.mark.parametrize("missing", [(), *((name,) for name in NAMES), ("bio", "cover", "about")])
def test_shell_is_filled_as_the_template_would_be_rendered(missing):
    values = {name: "" if name in missing else HOSTILE + name for name in NAMES}
    values |= {"data": as_json({"a": HOSTILE}), "avatar": as_html("<img>"), "body": as_html("<p>Body</p>")}
    site = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "publisher_name": settings.PUBLISHER_NAME,
    }

    shell = Shell("stories/reading/story.html")
    rendered = render_to_string("stories/reading/story.html", {**site, **values})

    assert shell.fill(values) == rendered
    assert shell.fill(values) == rendered  # from what was kept


def test_shell_keeps_shapes_apart():
    shell = Shell("stories/reading/story.html")
    filled = {"body": "x", "author": "A", "username": "a", "data": "{}"}
    for bio, cover in itertools.product(("", "A baker."), ("", "/media/pictures/a.webp")):
        page = shell.fill({**filled, "about_authors": bio, "cover": cover, "cover_width": cover and "1"})

        assert ("A baker." in page) is bool(bio)
        assert ("twitter:card" in page) is bool(cover)
