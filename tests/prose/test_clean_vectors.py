"""Every script vector goes in; nothing outside the allow-list comes out."""

import pytest

from stories.prose.clean import clean
from stories.prose.render import render
from tests.prose.markup import PAGE_ALLOWED, faults
from tests.security.vectors import OWN, load_vectors

VECTORS = load_vectors()


def test_own_vectors_are_many_and_of_many_kinds():
    own = [vector for vector in VECTORS if vector["source"] == "mystory"]

    assert OWN.exists()
    assert len(own) >= 120
    assert len({vector["category"] for vector in own}) >= 10
    assert len({vector["payload"] for vector in own}) == len(own)


@pytest.mark.parametrize("category", sorted({vector["category"] for vector in VECTORS}))
def test_clean_lets_no_vector_through(category):
    for vector in VECTORS:
        if vector["category"] != category:
            continue
        cleaned = clean(vector["payload"])

        assert faults(cleaned) == [], vector["id"]
        assert clean(cleaned) == cleaned, vector["id"]


def test_clean_lets_no_vector_through_inside_other_markup():
    for vector in VECTORS:
        for before, after in (
            ('<p title="', '">x</p>'),
            ("<table><tr><td>", ""),
            ("<!--", "-->"),
            ("<pre>", "</pre>"),
        ):
            cleaned = clean(f"{before}{vector['payload']}{after}")

            assert faults(cleaned) == [], vector["id"]
            assert clean(cleaned) == cleaned, vector["id"]


def test_rendered_vectors_have_only_what_the_renderer_adds():
    for vector in VECTORS:
        page = render(clean(vector["payload"])).html

        assert faults(page, allowed=PAGE_ALLOWED) == [], vector["id"]
