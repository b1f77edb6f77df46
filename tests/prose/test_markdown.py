"""A text taken away as Markdown is the same text when it is brought back."""

import pytest

from stories.prose.clean import clean
from stories.prose.documents import read_document
from stories.prose.markdown import write_file, write_markdown

PICTURE = "/media/pictures/AbCdEfGhIjKlMnOpQrStUv.webp"
WHOLE = (
    "<p>One <strong>two <em>three</em></strong> <s>four</s> <code>five</code> H<sub>2</sub>O x<sup>2</sup>"
    ' <a href="https://example.com/a_(b)?c=d&amp;e=*f*">six</a>.<br>A new line.</p>'
    "<h2>Heading *two*</h2><h3>1. Three</h3><h4>Four #</h4>"
    "<ul><li>One<ul><li>Nested</li><li>Nested too</li></ul></li><li>Two</li></ul><ol><li>One</li><li>Two</li></ol>"
    '<ol start="3"><li>Three</li></ol><ul><li><p>Two</p><p>paragraphs</p></li></ul><ul><li>Another list</li></ul>'
    "<blockquote><p>Said.</p><p>And said.</p><footer>By <em>whom</em></footer></blockquote>"
    "<blockquote><p>Without a source.</p></blockquote>"
    "<pre><code>def f():\n\n    return &lt;1&gt;  # ```\n</code></pre><hr>"
    f'<figure><img src="{PICTURE}" alt="A *boat* [1]"></figure>'
    f'<figure align="wide"><img src="{PICTURE}" alt=""><figcaption>A <em>caption</em></figcaption></figure>'
    "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1 | 2</td><td>3</td></tr></tbody></table>"
    '<table><tbody><tr><td colspan="2">Wide</td></tr><tr><td><p>a</p><p>b</p></td><td>c</td></tr></tbody></table>'
)


def bring_back(html: str) -> str:
    return read_document("story.md", write_file(html, {"title": "T"})).body


def test_whole_text_comes_back_as_it_was():
    html = clean(WHOLE)
    for name in (
        "h2",
        "ul",
        "ol",
        "blockquote",
        "footer",
        "pre",
        "hr",
        "figure",
        "figcaption",
        "table",
        "sub",
        "br",
    ):
        assert f"<{name}" in html

    assert bring_back(html) == html


def test_it_is_markdown_where_markdown_can_say_it():
    html = clean("<h2>Bread</h2><p>It is <strong>good</strong>.</p><ul><li>Flour</li><li>Salt</li></ul>")

    assert write_markdown(html) == "## Bread\n\nIt is **good**.\n\n- Flour\n- Salt\n"


@pytest.mark.parametrize(
    "text",
    [
        "*a* _b_ `c` [d](e) <b>f</b> &amp; g", "# no heading", "- no item", "+ no item", "12. no item", "3) no item",
        "> no quote", "---", "===", "~~no~~", "| no | table |", "    four spaces", "![no](picture)", "a\\b \\* c\\",
        "<!-- no comment -->", "&nbsp; &copy; &#35;", "http://example.com/a_b_c", "5 min Read", "نہیں *یہ* نہیں", "```",
        "a\xa0b\xa0", "* * *", "[x]: y", "<p>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["p", "h2", "li", "td", "blockquote", "strong", "em", "code", "pre", "sub"])
def test_signs_of_markdown_in_a_text_stay_themselves(tag, text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    around = {"li": "<ul>{}</ul>", "td": "<table><tbody><tr>{}</tr></tbody></table>"}.get(tag, "{}")
    html = clean(around.format(f"<{tag}>{escaped}</{tag}>") + f"<p>a<{tag}>{escaped}</{tag}>b</p>")

    assert html
    assert bring_back(html) == html


def test_head_says_title_summary_and_language():
    said = {"title": '"Bread": a \\ story', "summary": "One — two.", "language": "ur"}

    found = read_document("story.md", write_file("<p>T</p>", said))

    assert (found.title, found.summary, found.language) == tuple(said.values())
    assert found.body == "<p>T</p>"


def test_text_that_looks_like_its_surroundings_is_kept():
    html = "<h2>T</h2><p>5 min Read</p><p>Monday February 11, 2019</p><p>T</p>"

    assert bring_back(html) == html
