"""Files that people bring along become a title and a body."""

import time
from pathlib import Path

import pytest

from stories.prose.documents import Document, read_document
from stories.prose.errors import ProseError, TooLong
from stories.prose.render import render

SAMPLE = Path(__file__).parents[1] / "data" / "sample-story.txt"


def test_the_sample_story_keeps_its_shape():
    story = read_document("sample-story.txt", SAMPLE.read_text(encoding="utf-8"))

    assert story.title == "Successful Story of Jack Ma: How he built Small business into Big Empire"
    assert story.language == "en"
    assert [heading.text for heading in render(story.body).contents] == [
        "1. Harness the potential of Social Linking",
        "2. Start with what you can",
        "3. Do not fear failures",
        "4. When things don’t go in favor, remember- and boost the Takeaways",
        "5. Always think ahead of your time",
        "Final Take",
    ]
    assert story.body.count("<ul>") == 1
    assert story.body.count("<li>") == 6
    assert "•" not in story.body
    assert "<p>ideas-for- business growth</p>" in story.body
    assert "<p>Have a look:</p>" in story.body
    assert story.body.startswith("<p>So you are here because")
    for gone in ("user generated content", "Successful Story of Jack Ma:", "February 11", "min Read"):
        assert gone not in story.body


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("A title\n\nA text.", "A title", "<p>A text.</p>"),
        ("“A title”\n\n“A title”\n\nA text.", "A title", "<p>A text.</p>"),
        ("A first sentence.\n\nA text.", "my story", "<p>A first sentence.</p><p>A text.</p>"),
        ("Only a line", "my story", "<p>Only a line</p>"),
        ("", "my story", ""),
        ("\ufeffT\r\n\r\nA.\r\rB.", "T", "<p>A.</p><p>B.</p>"),
        ("T\n\n11 February 2019\n\n6 min read\n\nBy then it was over.", "T", "<p>By then it was over.</p>"),
        ("T\n\nA.\n\nMonday February 11, 2019,", "T", "<p>A.</p><p>Monday February 11, 2019,</p>"),
        ("T\n\n<b>no tags</b> & so", "T", "<p>&lt;b&gt;no tags&lt;/b&gt; &amp; so</p>"),
        ("T\n\n- a\n- b\n\n* c", "T", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("T\n\nIntro:\n1. a\n2. b", "T", "<p>Intro:\n1. a\n2. b</p>".replace("\n", "<br>")),
        ("T\n\n1. a\n\n2. b", "T", "<ol><li>a</li><li>b</li></ol>"),
        ("T\n\n3) a\n4) b", "T", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("T\n\nRoses are red\n\nViolets are blue\n\nEnd.", "T",
         "<p>Roses are red</p><p>Violets are blue</p><p>End.</p>"),
        ("T\n\nRoses are red\nViolets are blue", "T", "<p>Roses are red<br>Violets are blue</p>"),
        ("T\n\nA line that was broken by a program at about seventy characters, and\ngoes on here.", "T",
         "<p>A line that was broken by a program at about seventy characters, and goes on here.</p>"),
        (f"T\n\nA Heading\n\n{'Long text. ' * 10}", "T", f"<h2>A Heading</h2><p>{'Long text. ' * 9}Long text.</p>"),
        (f"शीर्षक\n\nपहला भाग\n\n{'लंबा वाक्य है। ' * 10}", "शीर्षक",
         f"<h2>पहला भाग</h2><p>{'लंबा वाक्य है। ' * 9}लंबा वाक्य है।</p>"),
    ],
)  # fmt: skip
def test_plain_text_is_read_as_people_type_it(text, title, body):
    story = read_document("my-story.txt", text)

    assert (story.title, story.body) == (title, body)


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# T\n\nA *b* **c**.\n\n## H\n\n- x\n- y", "T",
         "<p>A <em>b</em> <strong>c</strong>.</p><h2>H</h2><ul><li>x</li><li>y</li></ul>"),
        ("---\ntitle: 'T: x'\nsummary: S\nlang: hi\n---\n\n# T: x\n\nA.", "T: x", "<p>A.</p>"),
        ("A.\n\nB.", "my story", "<p>A.</p><p>B.</p>"),
        ("# T\n\n<script>alert(1)</script>\n\n<b>b</b>", "T",
         "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>&lt;b&gt;b&lt;/b&gt;</p>"),
        ("# T\n\n[x](javascript:alert(1)) [y](https://example.com)", "T",
         '<p>[x](javascript:alert(1)) <a href="https://example.com">y</a></p>'),
        ("# T\n\n![a](https://example.com/a.png)\n\nB", "T", "<p>B</p>"),
        ("# T\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n~~s~~", "T",
         "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
         "<p><s>s</s></p>"),
    ],
)  # fmt: skip
def test_markdown_is_read_without_its_html(text, title, body):
    story = read_document("my_story.md", text)

    assert (story.title, story.body) == (title, body)


def test_markdown_settings_give_summary_and_language():
    story = read_document("x.md", '---\ntitle: T\ndescription: "S"\nlanguage: ur\n---\nA.')

    assert (story.title, story.summary, story.language) == ("T", "S", "ur")


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("<html><head><title>T &amp; x</title><style>p{}</style></head><body><h1>T &amp; x</h1><p>6 min read<p>A.",
         "T & x", "<p>A.</p>"),
        ("<title>T</title><p>First.</p><script>x</script>", "T", "<p>First.</p>"),
        ("<h1>T</h1><p>A.</p>", "T", "<p>A.</p>"),
        ("<p>A.</p>", "x", "<p>A.</p>"),
    ],
)  # fmt: skip
def test_html_is_read_through_the_sanitiser(text, title, body):
    story = read_document("x.HTML", text)

    assert (story.title, story.body) == (title, body)


@pytest.mark.parametrize("filename", ["a.docx", "a.pdf", "a.php", "a.txt.exe"])
def test_other_files_are_refused_with_what_to_do(filename):
    with pytest.raises(ProseError) as refusal:
        read_document(filename, "x")

    assert "save the story as one of these" in refusal.value.message


def test_too_long_files_are_refused():
    with pytest.raises(TooLong):
        read_document("a.txt", "x" * 500_001)


HOSTILE = {
    "one line": "word " * 2_000,
    "control characters": "T\x00\n\n\x1b[31mred\x1b[0m\x07 \u202eevil",
    "many lines": "\n" * 100_000,
    "many bullets": "- x\n" * 5_000,
    "many numbers": "1. x\n" * 5_000,
    "brackets": "[" * 20_000,
    "images": "![" * 10_000,
    "stars": "*a_" * 15_000,
    "quotes": "> " * 25_000,
    "nested lists": "".join(" " * (2 * depth) + "- x\n" for depth in range(200)),
    "backticks": "".join("`" * length + " " for length in range(300)),
    "autolinks": "<a:" * 15_000,
    "references": "[a]: x\n" * 8_000,
    "names of notes": "[^a]: x\n\n" + "[^" * 25_000,
    "tables": "|" * 40_000 + "\n" + "|-" * 20_000,
    "settings": "---\n" * 20_000,
    "titles": "<title" * 8_000,
    "entities": "&#" * 25_000,
    "spaces": "a" + " " * 50_000 + "b",
    "surrogates": "T\ud800\n\n\udfff x",
}


@pytest.mark.parametrize("filename", ["x.txt", "x.md", "x.html"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_files_are_read_or_refused_in_little_time(filename, hostile):
    begun = time.process_time()
    story = read_or_refuse(filename, HOSTILE[hostile])
    taken = time.process_time() - begun

    assert story.title
    assert not {"\x00", "\x1b", "\u202e", "\n"} & set(story.title)
    assert taken < 2


def read_or_refuse(filename, text):
    try:
        return read_document(filename, text)
    except ProseError as refusal:
        return Document(refusal.message, "", "", "")
