"""What a reader's page gets of a story."""

from stories.prose.clean import clean
from stories.prose.links import Link, links_in, pictures_in
from stories.prose.render import RENDERER_VERSION, Heading, Picture, render
from stories.prose.safe import as_html

ADDRESS = "/media/pictures/abc123.webp"


def rendered(typed, **options):
    return render(clean(typed), **options)


def test_render_gives_headings_anchors_and_lists_them():
    result = rendered("<h2>A start</h2><p>x</p><h3>A start</h3><h2>A start 2</h2><h4>शुरुआत</h4><h2>!</h2>")

    assert result.contents == (
        Heading("s-a-start", "A start", 2),
        Heading("s-a-start-2", "A start", 3),
        Heading("s-a-start-2-2", "A start 2", 2),
        Heading("s-शुरुआत", "शुरुआत", 4),
        Heading("s-story", "!", 2),
    )
    assert '<h3 id="s-a-start-2">A start</h3>' in result.html


def test_render_makes_anchors_of_many_equal_headings_unique():
    result = rendered("<h2>x 1</h2><h2>x</h2>" * 1000)

    assert len({heading.anchor for heading in result.contents}) == 2000


def test_render_says_of_each_link_that_a_member_set_it():
    result = rendered(
        '<p><a href="https://Example.com/a?b&c">one</a> <a href="mailto:a@b.example">two</a></p>'
    )

    assert result.html == (
        '<p><a href="https://example.com/a?b&amp;c" rel="ugc nofollow noopener">one</a> '
        '<a href="mailto:a@b.example" rel="ugc nofollow noopener">two</a></p>'
    )
    assert result.links == (
        Link("https://example.com/a?b&c", "example.com", "one"),
        Link("mailto:a@b.example", "b.example", "two"),
    )


def test_links_in_joins_the_looks_of_one_link_and_goes_into_lists_and_captions():
    html = clean(
        '<ul><li><a href="https://a.example/">a <b>b</b></a></ul>'
        f'<img src="{ADDRESS}"><figure><img src="{ADDRESS}"><figcaption><a href="https://c.example/">c</a></figcaption></figure>'
    )

    assert links_in(html) == (
        Link("https://a.example/", "a.example", "a b"),
        Link("https://c.example/", "c.example", "c"),
    )
    assert pictures_in(html) == (ADDRESS,)


def test_render_gives_pictures_their_size():
    typed = f'<figure><img src="{ADDRESS}" alt="A &quot;dog&quot;"><figcaption>Ours</figcaption></figure>'

    result = rendered(typed, pictures={ADDRESS: Picture(640, 480)}, has_cover=True)

    assert result.html == (
        f'<figure><img src="{ADDRESS}" alt="A &quot;dog&quot;" width="640" height="480" '
        'loading="lazy" decoding="async">'
        "<figcaption>Ours</figcaption></figure>"
    )
    assert result.pictures == (ADDRESS,)
    assert "width" not in rendered(typed).html


def test_render_gives_a_wide_picture_and_a_quotes_source_their_look():
    result = rendered(
        f'<figure align="wide"><img src="{ADDRESS}" alt="A dog"></figure>'
        '<blockquote>a<footer>By <a href="https://example.com/">me</a></footer></blockquote>',
        has_cover=True,
    )

    assert result.html == (
        f'<figure class="wide"><img src="{ADDRESS}" alt="A dog" loading="lazy" decoding="async"></figure>'
        '<blockquote><p>a</p><footer>By <a href="https://example.com/" rel="ugc nofollow noopener">me</a></footer>'
        "</blockquote>"
    )
    assert result.text == "a\n\nBy me"


def test_render_lets_a_wide_table_scroll():
    result = rendered("<table><tr><td>a<td>b</table>")

    assert result.html == (
        '<div class="table-scroll" role="region" aria-label="Table" tabindex="0">'
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table></div>"
    )


def test_render_gives_the_plain_text_with_the_marks_of_lists():
    result = rendered(
        "<h2>Title</h2><p>One<br>two &amp; <b>three</b>.</p><ul><li>a<ol start=4><li>b<li><p>c<p>d</ol></ul>"
        "<table><tr><td>e<td>f</table><blockquote>g</blockquote><pre>h\n  i</pre><hr>"
    )

    assert result.text == "Title\n\nOne\ntwo & three.\n\n• a\n\n4. b\n\n5. c\n\nd\n\ne\tf\n\ng\n\nh\n  i"
    assert (result.words, result.minutes) == (17, 1)


def test_render_takes_the_excerpt_from_the_first_paragraphs():
    assert rendered("<h2>Title</h2><p>One.</p><ul><li>x</ul><p>Two.</p>").excerpt == "One. Two."
    assert rendered("<ul><li>One<li>Two</ul>").excerpt == "• One • Two"
    assert rendered("<p>" + "word " * 100 + "</p>").excerpt == "word " * 38 + "word word…"
    assert rendered("<p>" + "क्षि" * 300 + "</p>").excerpt == "क्षि" * 199 + "…"
    assert rendered("").excerpt == ""


def test_render_of_nothing_is_nothing():
    result = rendered("")

    assert (result.html, result.text, result.words, result.minutes) == ("", "", 0, 1)
    assert result.version == RENDERER_VERSION


def test_as_html_marks_a_string_safe():
    assert as_html("<p>x</p>").__html__() == "<p>x</p>"
