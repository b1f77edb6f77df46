"""A passage found again in a newer text, marked on a page, and given other words."""

import pytest

from stories.prose.anchors import Anchor, Newer, NoPassage, Place, anchor_in, squeezed_span
from stories.prose.clean import clean
from stories.prose.marking import Mark, mark
from stories.prose.render import render
from stories.prose.replacing import replace_words

FIRST = "<p>My grandmother never wrote a recipe down, and my mother never asked.</p>"
SECOND = "<p>It took me <strong>two</strong> winters to find the oven.</p>"
THIRD = '<p>The oven came from <a href="https://example.com/">Lyon</a> in the spring.</p>'
TEXT = FIRST + SECOND + THIRD


def place_of(anchor: Anchor, now: str, *, was: str = TEXT) -> tuple[int, str, str] | None:
    found = Newer(was, now).find(anchor)
    return (found.block, found.words, found.state) if found else None


def test_anchor_keeps_the_words_and_a_little_around_them():
    anchor = anchor_in(TEXT, 1, "two  winters")

    assert anchor == Anchor(1, 11, "two winters", "It took me ", " to find the oven.")
    assert anchor_in(TEXT, 1).quote == "It took me two winters to find the oven."
    with pytest.raises(NoPassage):
        anchor_in(TEXT, 1, "three winters")
    with pytest.raises(NoPassage):
        anchor_in(TEXT, 7)


def test_equal_words_are_told_apart_by_what_stands_before():
    html = "<p>Bread and bread and bread again.</p>"

    assert anchor_in(html, 0, "bread", before="Bread and bread and ").start == 20


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (TEXT, (1, "two winters", "same")),
        (f"<p>A new beginning.</p>{TEXT}", (2, "two winters", "same")),
        (FIRST + THIRD + SECOND, (2, "two winters", "same")),
        (
            TEXT.replace("two</strong> winters", "three</strong> long winters"),
            (1, "three long winters", "changed"),
        ),
        (TEXT.replace("find the oven", "find an oven"), (1, "two winters", "same")),
        (FIRST + THIRD, None),
        ("<p>Something else altogether stands here now.</p>", None),
    ],
)
def test_passage_is_found_again_or_said_to_be_gone(now, expected):
    assert place_of(anchor_in(TEXT, 1, "two winters"), now) == expected


def test_short_words_are_not_found_in_a_strangers_paragraph():
    anchor = anchor_in("<p>It is so.</p>", 0, "so")

    now = "<p>The rain fell, so we stayed.</p><p>It was a long winter.</p>"
    assert place_of(anchor, now, was="<p>It is so.</p>") is None


def test_heading_that_went_is_not_found_in_a_sentence():
    was = f"<h2>Oven</h2>{TEXT}"

    assert place_of(anchor_in(was, 0), TEXT.replace("oven", "Oven"), was=was) is None
    assert place_of(anchor_in(was, 0), f"{TEXT}<h2>Oven</h2>", was=was) == (3, "Oven", "same")


def marks_of(html: str, block: int, quote: str) -> str:
    anchor = anchor_in(html, block, quote)
    passage = Newer("", html).passages[block]
    start, end = squeezed_span(passage, anchor.start, anchor.start + len(anchor.quote))
    return mark(render(html).html, [Mark(7, 1, block, start, end, "note")])


def test_mark_keeps_the_text_and_the_tags_whole():
    marked = marks_of(TEXT, 1, "me two winters")

    assert (
        '<span id="at-7" class="noted-at" tabindex="-1"></span><mark class="noted noted-note">me </mark><strong>'
        '<mark class="noted noted-note">two</mark></strong><mark class="noted noted-note"> winters</mark>'
        '<sup class="note-sign" lang="en" dir="ltr"><a href="#note-7">'
        '<span class="visually-hidden">Note </span>1</a></sup> to find'
    ) in marked


@pytest.mark.parametrize(
    "html",
    [
        '<p>From <a href="https://example.com/">Lyon &amp; Turin</a>.</p>',
        "<ul><li>One</li><li>Two &lt;b&gt;</li></ul>",
        "<table><tbody><tr><td>A</td><td>B&nbsp;c</td></tr></tbody></table>",
        "<blockquote><p>Said.</p><footer>Him</footer></blockquote>",
        "<h2>Flour</h2>",
        '<figure><img src="/media/pictures/0000000000000000000001.webp" alt="An oven"></figure>',
        '<p><a href="https://www.youtube.com/watch?v=abcdefghijk">https://www.youtube.com/watch?v=abcdefghijk</a></p>',
    ],
)
def test_whole_block_is_marked_with_one_sign_and_no_link_in_a_link(html):
    html = clean(html)
    marked = marks_of(html, 0, "")

    assert marked.count('href="#note-7"') == 1
    assert marked.count('id="at-7"') == 1
    before = marked[: marked.index('<sup class="note-sign"')]
    assert before.count("<a ") == before.count("</a>")
    assert marked.count("<mark") == marked.count("</mark>")


def test_two_marks_may_overlap():
    page = mark(render(FIRST).html, [Mark(1, 1, 0, 0, 13, "note"), Mark(2, 2, 0, 5, 20, "request")])

    assert page.count("note-sign") == 2
    assert '<mark class="noted noted-note noted-request">' in page


def replaced(html: str, quote: str, new: str, *, block: int = 0) -> tuple[str, int, bool]:
    anchor = anchor_in(html, block, quote)
    place = Place(block, anchor.start, anchor.start + len(anchor.quote), anchor.quote)
    found = replace_words(html, place, new)
    return clean(found.html), found.words, found.keeps_links


def test_words_that_stay_keep_their_look_and_their_links():
    assert replaced(SECOND, "took me two winters", "took me two long winters") == (
        "<p>It took me <strong>two</strong> long winters to find the oven.</p>", 1, True,
    )  # fmt: skip
    assert replaced(THIRD, "Lyon in the spring", "Lyon in spring") == (
        THIRD.replace("in the spring", "in spring"), 1, True,
    )  # fmt: skip
    assert replaced(THIRD, "Lyon", "Turin")[2] is False
    assert replaced(FIRST, "never ", "") == (FIRST.replace("never wrote", "wrote"), 1, True)


def test_words_of_two_paragraphs_are_not_replaced():
    with pytest.raises(NoPassage):
        replaced("<ul><li>One</li><li>Two</li></ul>", "One\nTwo", "Three")
