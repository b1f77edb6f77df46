"""What is a small change: a few words and nothing else; each other thing touched alone makes it none."""

import pytest

from stories.content import Content
from stories.prose.clean import clean
from stories.small_changes import change_between

ONE, OTHER = (f"/media/pictures/{letter * 22}.webp" for letter in "ab")
FIGURE = "<figure><img src='{}' alt='{}'><figcaption>{}</figcaption></figure>"
BODY = clean(
    "<h2>Flour</h2><p>My grandmother never wrote a recipe down, and I did<sup>1</sup>.</p>"
    "<p>See <a href='https://example.com/oven'>her oven</a> and <strong>wait</strong>.</p>"
    f"{FIGURE.format(ONE, 'An oven', 'It is cold')}"
    "<ul><li>salt</li><li>water</li></ul><table><tr><td>one</td><td>two</td></tr></table>"
    "<p>The night was long.</p><p>The morning came late.</p><hr><ol><li>In a notebook of 1962.</li></ol>"
)
TEXT = Content(
    title="The bakery",
    summary="Of bread",
    body=BODY,
    topics=("work",),
    tags=("bread",),
    cover=ONE,
    cover_alt="Her hands",
    pictures=("a" * 64,),
    disclosures=("paid=no",),
)
SMALL = {
    "a word put in": (("The night was long", "The night was very long"), 1),
    "a word for another": (("night was long", "night was short"), 2),
    "a word in a heading": (("Flour", "Flours"), 2),
    "a word in an item": (("<li>salt", "<li>sea salt"), 1),
    "a word in a table": (("<td>one", "<td>one more"), 1),
    "a word made bold": (("The night", "The <strong>night</strong>"), 0),
    "a sign": (("The night was long.", "The night was long!"), 2),
    "a paragraph taken out": (("<p>The night was long.</p>", ""), 4),
    "words beside a link": (("See <a", "Look at <a"), 3),
}
TOUCHED = {
    "where a link leads": ({}, ("example.com/oven", "example.com/offer"), "links"),
    "the words of a link": ({}, ("her oven", "an oven"), "links"),
    "a new link": ({}, ("The night", "<a href='https://example.org/'>The night</a>"), "links"),
    "a link taken away": ({}, ("<a href='https://example.com/oven'>her oven</a>", "her oven"), "links"),
    "an address in words": ({}, ("The night", "At oven-deals.example the night"), "links"),
    "a mail address": ({}, ("The night", "Ask oven@deals the night"), "links"),
    "another picture": ({}, (ONE, OTHER), "pictures"),
    "an alternative text": ({}, ("An oven", "A stove"), "pictures"),
    "a caption": ({}, ("It is cold", "It is warm"), "pictures"),
    "a picture taken out": ({}, (FIGURE.format(ONE, "An oven", "It is cold"), ""), "pictures"),
    "another file in a picture's place": ({"pictures": ("b" * 64,)}, ("", ""), "pictures"),
    "a footnote": ({}, ("notebook of 1962", "notebook of 1963"), "footnotes"),
    "the sign of a footnote": ({}, ("I did<sup>1</sup>", "I<sup>1</sup> did"), "footnotes"),
    "a heading for a paragraph": ({}, ("<p>The night was long.</p>", "<h2>The night was long.</h2>"), "form"),
    "a rule": ({}, ("<h2>Flour", "<hr><h2>Flour"), "form"),
    "a quotation": (
        {},
        ("<p>The night was long.</p>", "<blockquote><p>The night was long.</p></blockquote>"),
        "form",
    ),
    "the order": (
        {},
        ("<p>The night was long.</p><p>The morning came late.</p>",
         "<p>The morning came late.</p><p>The night was long.</p>"),
        "form",
    ),
    "the title": ({"title": "The ovens"}, ("", ""), "title"),
    "the summary": ({"summary": "Of ovens"}, ("", ""), "summary"),
    "the language": ({"language": "hi"}, ("", ""), "language"),
    "the topics": ({"topics": ("work", "food")}, ("", ""), "topics"),
    "the order of topics and tags": ({"tags": ("bread", "oven")}, ("", ""), "tags"),
    "the cover": ({"cover": OTHER}, ("", ""), "cover"),
    "the words for the cover": ({"cover_alt": "His hands"}, ("", ""), "cover_alt"),
    "what is disclosed": ({"disclosures": ("paid=yes",)}, ("", ""), "disclosures"),
}  # fmt: skip


def change(old: str, new: str, **fields: object):
    source = str(BODY)
    for quote in (old, old.replace("'", '"')):
        if quote in source:
            return change_between(TEXT, TEXT.changed(body=clean(source.replace(quote, new, 1)), **fields))
    raise AssertionError(f"{old} is not in {source}")


@pytest.mark.parametrize("what", SMALL)
def test_a_few_words_are_a_small_change(what):
    (old, new), words = SMALL[what]

    found = change(old, new)

    assert (found.touched, found.words) == ((), words)
    assert found.is_small(under=words + 1)
    assert not found.is_small(under=words)


@pytest.mark.parametrize("what", TOUCHED)
def test_anything_else_makes_it_none(what):
    fields, (old, new), name = TOUCHED[what]

    found = change(old, new, **fields)

    assert name in found.touched
    assert not found.is_small(under=10_000)


def test_the_same_text_is_no_change_at_all():
    assert change_between(TEXT, TEXT).words == 0
    assert change_between(TEXT, TEXT).touched == ()
