"""Signs and a numbered list at the end are footnotes for readers, where the two agree."""

import pytest

from stories.prose.clean import clean
from stories.prose.parse import parse
from stories.prose.readable import plain_text
from stories.prose.render import render

NOTES = "<hr><ol><li><p>She could not write.</p></li><li>In 1994.<p>Or later.</p></li></ol>"


def shown(html: str) -> str:
    return render(clean(html)).html


def test_signs_lead_to_their_notes_and_back():
    page = shown(
        f"<p>A letter<sup>1</sup> and <strong>one<sup>2</sup></strong> reply.<sup>1</sup></p>{NOTES}"
    )

    assert page == (
        '<p>A letter<sup id="fnref-1"><a href="#fn-1">1</a></sup> and <strong>one</strong>'
        '<sup id="fnref-2"><a href="#fn-2">2</a></sup> reply.<sup><a href="#fn-1">1</a></sup></p><hr>'
        '<ol class="footnotes"><li id="fn-1"><p>She could not write.</p>'
        '<a class="note-back" href="#fnref-1" lang="en" aria-label="Back to the text"></a></li>'
        '<li id="fn-2"><p>In 1994.</p><p>Or later.</p>'
        '<a class="note-back" href="#fnref-2" lang="en" aria-label="Back to the text"></a></li></ol>'
    )


def test_numbers_that_are_not_in_their_turn_are_no_signs():
    page = shown(
        f"<p>12 m<sup>2</sup>, a letter<sup>1</sup>, a reply<sup>2</sup> and 3 m<sup>3</sup>.</p>{NOTES}"
    )

    assert "12 m<sup>2</sup>" in page
    assert "3 m<sup>3</sup>" in page
    assert page.count('href="#fn-') == 2


def test_words_and_links_of_the_story_are_the_same_with_them():
    html = clean(f"<p>A letter<sup>1</sup> and one<sup>2</sup>.</p>{NOTES}")

    rendered = render(html)

    assert rendered.text == plain_text(parse(html))
    assert rendered.links == ()


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Only one sign.<sup>1</sup></p>{NOTES}",
        f"<p>In another order.<sup>2</sup><sup>1</sup></p>{NOTES}",
        f"<p>12 m<sup>2</sup> of roof.</p>{NOTES}",
        f"<p>One.<sup>1</sup> Two.<sup>2</sup></p>{NOTES.replace('<hr>', '')}",
        f"<p>One.<sup>1</sup> Two.<sup>2</sup></p>{NOTES}<p>And an end.</p>",
        f'<p>One.<a href="https://example.org/"><sup>1</sup></a> Two.<sup>2</sup></p>{NOTES}',
        f"<p>One.<sup>١</sup> Two.<sup>²</sup></p>{NOTES}",
    ],
)
def test_numbers_that_do_not_agree_with_a_list_are_numbers(html):
    page = shown(html)

    assert "fn-" not in page
    assert "footnotes" not in page
