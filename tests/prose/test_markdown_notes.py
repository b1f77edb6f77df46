"""Markdown's footnotes come in as signs and a list at the end, and no word of them is left out."""

import sys

import pytest

from stories.prose.clean import MAX_BYTES
from stories.prose.documents import read_document
from stories.prose.errors import ProseError
from stories.prose.render import render

NOTED = """# Letters

A letter[^1] and one[^reply] reply.[^1]

[^reply]: In 1994.
[^1]: She could *not* write.

    Or would not.

The end of the story.
"""


def body(text: str) -> str:
    return read_document("letters.md", text).body


def test_notes_stand_last_in_the_order_of_their_signs():
    assert body(NOTED) == (
        "<p>A letter<sup>1</sup> and one<sup>2</sup> reply.<sup>1</sup></p><p>The end of the story.</p><hr>"
        "<ol><li><p>She could <em>not</em> write.</p><p>Or would not.</p></li><li>In 1994.</li></ol>"
    )


def test_notes_are_footnotes_for_readers():
    page = render(body(NOTED)).html

    assert page.count('href="#fn-1"') == 2
    assert 'href="#fnref-2"' in page


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A sign[^z] alone.", "<p>A sign[^z] alone.</p>"),
        ("Words.\n\n[^c]: A note alone.", "<p>Words.</p><p>A note alone.</p>"),
        (
            "One.[^a]\n\n[^a]: First.\n[^a]: Second.",
            "<p>One.<sup>1</sup></p><p>Second.</p><hr><ol><li>First.</li></ol>",
        ),
        (
            "> Said.[^a]\n>\n> [^a]: In a quote.",
            "<blockquote><p>Said.<sup>1</sup></p></blockquote><hr><ol><li>In a quote.</li></ol>",
        ),
        (
            "One.[^a]\n\n[^a]: See[^b]\n[^b]: there.",
            "<p>One.<sup>1</sup></p><hr><ol><li>See<sup>2</sup></li><li>there.</li></ol>",
        ),
        (
            "Ten^[an aside] of them, `[^a]`.\n\n[^a]: x",
            "<p>Ten^[an aside] of them, <code>[^a]</code>.</p><p>x</p>",
        ),
    ],
)
def test_no_word_is_left_out_where_signs_and_notes_do_not_agree(text, kept):
    assert body(text) == kept


def test_name_of_a_note_is_a_line_s_and_short():
    name = "a" * 120

    assert (
        body(f"A sign[^{name}].\n\n[^{name}]: A note.") == f"<p>A sign[^{name}].</p><p>[^{name}]: A note.</p>"
    )


@pytest.mark.parametrize("unit", ["[^", "[^a]", "[^a]: ", "[^a]: x\n", "[^a]: x[^b]\n[^b]: "])
def test_endless_notes_take_no_longer_than_other_text(unit):
    def steps(size: int) -> int:
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        text = "[^a]: x\n\n" + unit * (size // len(unit))
        sys.setprofile(count)
        try:
            read_document("x.md", text)
        except ProseError:
            pass
        finally:
            sys.setprofile(None)
        return counted

    assert steps(MAX_BYTES // 25) < 2.5 * steps(MAX_BYTES // 50)
