"""The sanitiser keeps what an author means, in one spelling, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.prose.clean import MAX_BYTES, ProseError, TooDeep, TooLong, clean
from tests.prose.markup import faults

PICTURE = "/media/pictures/aB3_-x.webp"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>Plain.</p>", "<p>Plain.</p>"),
        ("<b>a</b> <i>b</i> <del>c</del> <strike>d</strike>", "<p><strong>a</strong> <em>b</em> <s>c</s> <s>d</s></p>"),
        ("<u>a</u><span>b</span><font color=red>c</font>", "<p>abc</p>"),
        ("<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6>",
         "<h2>a</h2><h2>b</h2><h3>c</h3><h4>d</h4><h4>e</h4><h4>f</h4>"),
        ("<div>a</div><div><div>b</div></div>", "<p>a</p><p>b</p>"),
        ("<section><h2>a</h2>b<p>c</p></section>", "<h2>a</h2><p>b</p><p>c</p>"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<p> a \n b </p>", "<p>a b</p>"),
        ("<p></p><p> </p><p>&nbsp;</p><p><br></p><p>\u200b</p>", ""),
        ("<h2></h2><ul></ul><ul><li></li></ul><blockquote> </blockquote>", ""),
        ("<p>a<br>b</p>", "<p>a<br>b</p>"),
        ("<p>a<br><br>b<br></p>", "<p>a</p><p>b</p>"),
        ("<h2>a<br>b</h2>", "<h2>a b</h2>"),
        ("<b>a</b><b>b</b>", "<p><strong>ab</strong></p>"),
        ("<em><strong>a</strong></em>", "<p><strong><em>a</em></strong></p>"),
        ("<b><b>a</b></b>", "<p><strong>a</strong></p>"),
        ("<b><i>a</b>b</i>", "<p><strong><em>a</em></strong><em>b</em></p>"),
        ("<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("x<sup>2</sup><sub>i</sub><code>f()</code>", "<p>x<sup>2</sup><sub>i</sub><code>f()</code></p>"),
        ("<ul><li><p>a</p></li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li>a<ul><li>b</ul></ul>", "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>"),
        ("<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<li>a</li>", "<p>a</p>"),
        ('<ol start="3"><li>a</ol><ol start=1><li>b</ol><ol start=-2><li>c</ol>',
         '<ol start="3"><li>a</li></ol><ol><li>b</li></ol><ol><li>c</li></ol>'),
        ("<blockquote>a</blockquote>", "<blockquote><p>a</p></blockquote>"),
        ("<blockquote>a<footer><p>By <b>me</b></p></footer></blockquote>",
         "<blockquote><p>a</p><footer>By <strong>me</strong></footer></blockquote>"),
        ("<blockquote><footer>a</footer>b<footer>c</footer><footer>d</footer></blockquote>",
         "<blockquote><p>a</p><p>b</p><p>c</p><footer>d</footer></blockquote>"),
        ("<blockquote><footer>a</footer></blockquote>", "<blockquote><p>a</p></blockquote>"),
        ("<blockquote><ul><li>a<footer>b</footer></ul></blockquote>",
         "<blockquote><ul><li><p>a</p><p>b</p></li></ul></blockquote>"),
        ("<footer><h2>a</h2>b</footer>", "<h2>a</h2><p>b</p>"),
        ("<figure><blockquote>a</blockquote><figcaption>b</figcaption></figure>",
         "<blockquote><p>a</p><footer>b</footer></blockquote>"),
        ("<pre>\n a\n  b</pre>", "<pre><code> a\n  b</code></pre>"),
        ("<pre><code class=language-x>a &lt; b</code></pre>", "<pre><code>a &lt; b</code></pre>"),
        ("a<hr>b", "<p>a</p><hr><p>b</p>"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "<p>a</p><p>b</p><p>c</p>"),
        ("a &amp; b &lt; c &copy;", "<p>a &amp; b &lt; c ©</p>"),
        ("1 < 2 and 3 > 2", "<p>1 &lt; 2 and 3 &gt; 2</p>"),
        ("One.\n\nTwo\nlines.\r\n\r\nThree.", "<p>One.</p><p>Two lines.</p><p>Three.</p>"),
        ("<p>One\n\nparagraph</p>", "<p>One paragraph</p>"),
        ("I <3 this <title> and <b", "<p>I &lt;3 this and &lt;b</p>"),
        ("<!-- x --><!doctype html><?php y ?>a<!--[if mso]>b<![endif]-->", "<p>a</p>"),
        ("<script>a</script><style>b</style><title>c</title>d", "<p>d</p>"),
    ],
)  # fmt: skip
def test_clean_keeps_the_meaning(typed, kept):
    assert clean(typed) == kept
    assert clean(kept) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f'<img src="{PICTURE}" alt="A dog" width=9 class=x>', f'<figure><img src="{PICTURE}" alt="A dog"></figure>'),
        (f"<p>a<img src={PICTURE}>b</p>", f'<p>a</p><figure><img src="{PICTURE}" alt=""></figure><p>b</p>'),
        (f"<figure><img src={PICTURE}><figcaption>By <b>me</b></figcaption></figure>",
         f'<figure><img src="{PICTURE}" alt=""><figcaption>By <strong>me</strong></figcaption></figure>'),
        (f"<a href=https://example.com/><img src={PICTURE}></a>", f'<figure><img src="{PICTURE}" alt=""></figure>'),
        (f"<figure align=wide class=wide style=width:9em id=x data-y=z><img src={PICTURE} align=wide></figure>",
         f'<figure align="wide"><img src="{PICTURE}" alt=""></figure>'),
        (f"<figure align='wide x'><img src={PICTURE}></figure><p align=wide>a</p>",
         f'<figure><img src="{PICTURE}" alt=""></figure><p>a</p>'),
        ('<img src="https://example.com/a.webp"><img><img src="/media/pictures/a.svg">', ""),
        ('<figure><img src="x.png"></figure>', ""),
        ('<figure><img src="x.png"><figcaption>Kept words</figcaption></figure>', "<p>Kept words</p>"),
        ("<figcaption>Alone</figcaption>", "<p>Alone</p>"),
    ],
)  # fmt: skip
def test_clean_keeps_our_own_pictures(typed, kept):
    assert clean(typed) == kept
    assert clean(kept) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<table><tr><td>a<td>b<tr><td colspan=2>c</table>",
         '<table><tbody><tr><td>a</td><td>b</td></tr><tr><td colspan="2">c</td></tr></tbody></table>'),
        ("<table><thead><tr><th>a</thead><tbody><tr><td>b</table>",
         "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"),
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>",
         "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>"),
        ("<table><thead><tr><td>a</thead><tr><th>b<td>c<tr><th>d</table>",
         "<table><thead><tr><th>a</th></tr></thead><tbody><tr><th>b</th><td>c</td></tr><tr><th>d</th></tr></tbody></table>"),
        ("<table><caption>a</caption><tr><td>b</table>", "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>"),
        ("<table>a<tr>b<td>c</table>", "<p>a</p><p>b</p><table><tbody><tr><td>c</td></tr></tbody></table>"),
        ("<table><tr><td colspan=99999 rowspan=x>a</table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<table><tr><td></td></tr></table><tr><td>a", "<p>a</p>"),
        ("<table><tr><td><p>a</p><p>b</p></table>", "<table><tbody><tr><td><p>a</p><p>b</p></td></tr></tbody></table>"),
    ],
)  # fmt: skip
def test_clean_keeps_tables(typed, kept):
    assert clean(typed) == kept
    assert clean(kept) == kept


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.com/a?b=1&copy=2#c", "https://example.com/a?b=1&amp;copy=2#c"),
        ("HTTP://Example.COM", "http://example.com"),
        (" https://example.com/a b ", "https://example.com/a%20b"),
        ("https://उदाहरण.भारत/कहानी", "https://उदाहरण.भारत/कहानी"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("mailto:a@example.com?subject=x", "mailto:a@example.com"),
        ("//example.com/", None),
        ("/stories/", None),
        ("#top", None),
        ("example.com", None),
        ("https://", None),
        ("https://user:word@example.com/", None),
        ("https://example.com\\@example.org/", None),
        ("https:\\\\example.com", None),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://example.com/", None),
        ("https://example.com/" + "x" * 2000, None),
    ],
)
def test_clean_keeps_links_to_the_web_and_to_mail(address, kept):
    cleaned = clean(f'<p><a href="{address}" target=_blank rel=opener title=x>x</a></p>')

    assert cleaned == ("<p>x</p>" if kept is None else f'<p><a href="{kept}">x</a></p>')
    assert clean(cleaned) == cleaned


def test_clean_drops_links_that_show_nothing():
    assert clean('<p>a<a href="https://example.com/"> \u200b</a>b</p>') == "<p>a b</p>"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>e\u0301</p>", "<p>\u00e9</p>"),
        ("<p>e<b></b>\u0301</p>", "<p>\u00e9</p>"),
        ("<p>a\x00b\x07c\x1bd</p>", "<p>abcd</p>"),
        ("<p>a&#0;b&#7;c</p>", "<p>a\ufffdbc</p>"),
        ("<p>a\u202eb\u2066c\u200bd\ufeffe</p>", "<p>abcde</p>"),
        ("<p>a&#x202E;b</p>", "<p>ab</p>"),
        ("<p>\u0930\u094d\u200d\u092f</p>", "<p>\u0930\u094d\u200d\u092f</p>"),
        ("<p>a\ud800b</p>", "<p>a\ufffdb</p>"),
        ("<p>\u0338a = \u0338</p>", "<p>a =</p>"),
        ("<p>a\u2028b\x85c</p>", "<p>a b c</p>"),
        ("<p>&#" + "9" * 5000 + ";</p>", "<p>\ufffd</p>"),
        ("<p>non&nbsp;breaking</p>", "<p>non&nbsp;breaking</p>"),
    ],
)
def test_clean_leaves_no_unwanted_character(typed, kept):
    assert clean(typed) == kept
    assert clean(kept) == kept


def test_clean_refuses_more_than_500_kilobytes():
    assert len(clean("x" * (MAX_BYTES - 7))) == MAX_BYTES

    for text in ("x" * (MAX_BYTES + 1), "क" * (MAX_BYTES // 3 + 1), "&" * (MAX_BYTES // 4)):
        with pytest.raises(TooLong) as refusal:
            clean(text)
        assert refusal.value.message.endswith(".")


@pytest.mark.parametrize("name", ["div", "blockquote", "b", "span", "x-y", "ul", "li"])
def test_clean_refuses_more_than_100_layers(name):
    nested = clean(f"<{name}>" * 40 + "x" + f"</{name}>" * 40)
    assert "x" in nested

    with pytest.raises(TooDeep):
        clean(f"<{name}>" * 101 + "x") if name != "li" else clean("<ul><li>" * 51 + "x")


@pytest.mark.parametrize(
    "disguise",
    [
        '<div title="</div>">',
        "<div title='</div>'>",
        "<div\n\n  a=1\n>",
        "<!-- </div> --><div>",
        "<DIV/>",
        "<div><p>",
        "<div></p></span></x>",
        "<div><!--></div>-->",
        '<div a="</div" b>',
    ],
)
def test_clean_counts_layers_that_hide(disguise):
    with pytest.raises(TooDeep):
        clean(disguise * 110 + "x" if "<!-->" not in disguise else "<div><!-->" * 110)


def test_clean_takes_many_unclosed_elements_side_by_side():
    assert clean("<p>a" * 1000) == "<p>a</p>" * 1000
    assert clean("<ul>" + "<li>a" * 1000) == f"<ul>{'<li>a</li>' * 1000}</ul>"
    assert clean("<table>" + "<tr><td>a<td>b" * 300).count("<td>") == 600
    assert clean("<p><b>a" * 1000) == "<p><strong>a</strong></p>" * 1000


def test_clean_says_what_to_do():
    with pytest.raises(ProseError) as refusal:
        clean("<div>" * 101)

    assert "paste it again" in refusal.value.message


PIECES = (
    "<p> </p> <b> </b> <i> </i> <ul> <ol> <li> </li> </ul> </ol> <table> <tr> <td> <th> </td> </tr> </table> <thead> "
    "</thead> <a/href=https://example.com/> </a> <h1> </h1> <h3> </h3> <br> <hr> <pre> </pre> <code> </code> "
    "<blockquote> </blockquote> <footer> </footer> <figure> <figure/align=wide> "
    "</figure> <figcaption> </figcaption> <img/src=/media/pictures/a.webp> <div> "
    "</div> <!-- --> <script> </script> <caption> <sub> </sub> <x> </x> x y &lt; &amp; &nbsp; \u0301 \u0338 \u200b "
    "\u202e e \u0915\u094d\u0937 < > \" ' = / <! <? </ &# \ufeff \u0300 \u1100 \u1161"
)
SEPARATORS = st.sampled_from(["", " ", "\n", "\n\n", "\xa0"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES.split()), SEPARATORS), max_size=40))
def test_clean_is_idempotent_on_markup(pieces):
    html = "".join(piece + separator for piece, separator in pieces)

    once = clean(html)

    assert clean(once) == once
    assert faults(once) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_clean_is_idempotent_on_text(text):
    once = clean(text)

    assert clean(once) == once
    assert faults(once) == []
