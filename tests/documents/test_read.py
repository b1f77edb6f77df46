"""Files as Word and LibreOffice really write them come in whole, and what was left out is named."""

from pathlib import Path

import pytest

from stories.documents.read import read_file
from tests.documents.word import cell, field, item, paragraph, picture, run, word_file

FILES = Path(__file__).with_name("files")

WHOLE = (
    "<p>She <strong>never</strong> wrote a <em>single</em> recipe <s>up</s> down: H<sub>2</sub>O at 30<sup>o</sup>."
    '<sup>1</sup> Read <a href="https://example.org/bread?x=1&amp;y=2">about bread</a>.</p>'
    "<h2>Flour</h2>"
    "<ul><li><p>Wheat</p><ol><li>Sharbati</li><li><p>Lokwan</p><ul><li>coarse</li></ul></li></ol></li><li>Millet</li></ul>"
    "<p>Then knead for long.</p><ol><li>Mix</li><li>Wait</li></ol>"
    "<h3>What it cost</h3>"
    "<table><thead><tr><th>Year</th><th>Flour</th><th>Wood</th></tr></thead><tbody>"
    '<tr><td rowspan="2">1998</td><td>₹12</td><td>₹4</td></tr><tr><td colspan="2">much more</td></tr></tbody></table>'
    "<blockquote><p>Bread is a patient animal.</p></blockquote>"
    '<figure><img src="/media/pictures/incoming-0.webp" alt="The oven at four in the morning"></figure>'
    '<figure><img src="/media/pictures/incoming-0.webp" alt="The door">'
    "<figcaption>The door, painted in <em>1998</em></figcaption></figure>"
    "<pre><code>flour 500 g\n water 320 g</code></pre>"
    "<p>The end.<sup>2</sup></p>"
    "<hr><ol><li>She could not <em>write</em>.</li><li>It is still open.</li></ol>"
)


@pytest.mark.parametrize("name", ["libreoffice.odt", "libreoffice.docx"])
def test_file_of_libreoffice_comes_in_whole(name):
    brought = read_file(name, (FILES / name).read_bytes())

    assert brought.document.title == "The bakery that would not grow"
    assert brought.document.summary == "Two winters with my grandmother’s recipes."
    assert brought.document.body == WHOLE
    assert [data[:4] for data in brought.pictures.values()] == [b"\x89PNG"]
    assert brought.left_out == (
        "2 tracked changes: the text came in as if all were accepted.",
        "1 comment.",
        "The header or footer of the pages.",
    )


def body_of(body: str) -> str:
    return read_file("a.docx", word_file(body)).document.body


def left_out_of(body: str) -> tuple[str, ...]:
    """Without the comment and the header, which each of these files has."""
    return read_file("a.docx", word_file(paragraph("Words.") + body)).left_out


def test_file_of_word_comes_in_whole():
    brought = read_file(
        "Bakery final (2).docx",
        word_file(
            paragraph("The bakery", "Titre")
            + paragraph("Two winters.", "Soustitre")
            + paragraph(
                run("She ") + run("never", '<w:rStyle w:val="lev"/>') + run(" wrote ", "<w:color w:val='FF0000'/>")
                + run("it", "<w:i/><w:strike/>") + "<w:r><w:br/></w:r>" + run("down")
                + '<w:r><w:footnoteReference w:id="2"/></w:r><w:hyperlink r:id="rId6">' + run("here") + "</w:hyperlink>"
            )
            + paragraph("Flour", "Titre1")
            + item("Wheat", 0, 1) + item("Sharbati", 1, 1) + item("Lokwan", 1, 1) + item("coarse", 2, 1) + item("Millet", 0, 1)
            + item("Mix", 0, 2) + paragraph("Then:") + item("Wait", 0, 2)
            + paragraph("Costs", "Titre2")
            + '<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>' + cell("Year") + cell("Flour") + cell("Wood") + "</w:tr>"
            + "<w:tr>" + cell("1998", '<w:vMerge w:val="restart"/>') + cell("12") + cell("4") + "</w:tr>"
            + "<w:tr>" + cell("", "<w:vMerge/>") + cell("more", '<w:gridSpan w:val="2"/>') + "</w:tr></w:tbl>"
            + paragraph("Bread is patient.", "Citation") + paragraph("Very.", "Citation")
            + paragraph(picture("rId5", "The oven")) + paragraph(run("Figure ") + field("SEQ Figure", "1") + run(": it"), "Lgende")
            + paragraph("one", "PrformatHTML") + paragraph("two", "PrformatHTML")
            + paragraph("", more='<w:pBdr><w:bottom w:val="single"/></w:pBdr>')
            + paragraph(field('HYPERLINK "https://example.org/old"', "old link") + '<w:r><w:endnoteReference w:id="2"/></w:r>')
        ),
    )  # fmt: skip

    assert (brought.document.title, brought.document.summary) == ("The bakery", "Two winters.")
    assert brought.document.body == (
        "<p>She <strong>never</strong> wrote <em><s>it</s></em><br>down<sup>1</sup>"
        '<a href="https://example.org/bread?a=1&amp;b=2">here</a></p>'
        "<h2>Flour</h2>"
        "<ul><li><p>Wheat</p><ol><li>Sharbati</li><li><p>Lokwan</p><ul><li>coarse</li></ul></li></ol></li><li>Millet</li></ul>"
        '<ol><li>Mix</li></ol><p>Then:</p><ol start="2"><li>Wait</li></ol>'
        "<h3>Costs</h3>"
        "<table><thead><tr><th>Year</th><th>Flour</th><th>Wood</th></tr></thead><tbody>"
        '<tr><td rowspan="2">1998</td><td>12</td><td>4</td></tr><tr><td colspan="2">more</td></tr></tbody></table>'
        "<blockquote><p>Bread is patient.</p><p>Very.</p></blockquote>"
        '<figure><img src="/media/pictures/incoming-0.webp" alt="The oven"><figcaption>Figure 1: it</figcaption></figure>'
        "<pre><code>one\ntwo</code></pre><hr>"
        '<p><a href="https://example.org/old">old link</a><sup>2</sup></p>'
        "<hr><ol><li>She could not write.</li><li>It is still open.</li></ol>"
    )
    assert brought.left_out == ("1 comment.", "The header or footer of the pages.")


def test_tracked_changes_come_in_as_accepted():
    struck = '<w:del w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del>'
    joined = paragraph("Half a ", more='<w:rPr><w:del w:id="3"/></w:rPr>') + paragraph("sentence.")

    assert body_of(paragraph(f'{struck}<w:ins w:id="2">{run("new")}</w:ins>') + joined) == (
        "<p>new</p><p>Half a sentence.</p>"
    )
    assert "2 tracked changes" in left_out_of(paragraph(f'{struck}<w:ins w:id="2">{run("new")}</w:ins>'))[0]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (paragraph('<w:r><w:object><o:OLEObject r:id="rId9"/></w:object></w:r>'), "1 embedded object"),
        (paragraph("<w:r><w:drawing><wp:inline/></w:drawing></w:r>"), "1 drawing."),
        (paragraph(run("secret", "<w:vanish/>")), "1 piece of hidden text."),
        (paragraph(picture("rId7", "")), "1 picture that is not in the file."),
        (paragraph(picture("rId8", "")), "1 picture that the file names and does not have."),
        (paragraph(picture("rId5", "", crop='<a:srcRect l="20000"/>')), "The crop of 1 picture"),
        (paragraph(field("TOC \\o", "Flour 3"), "TM1") + paragraph(field('TOC \\o "1-3"', "x")), "The table of contents"),
        (paragraph("<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"), "1 formula: only its letters came in."),
    ],
)  # fmt: skip
def test_what_a_story_does_not_keep_is_named(body, sentence):
    assert [said for said in left_out_of(body) if said.startswith(sentence)]


def test_text_box_stands_after_its_paragraph():
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('In the box.')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"

    assert body_of(paragraph(run("Before") + box + run(" and after."))) == (
        "<p>Before and after.</p><p>In the box.</p>"
    )


def test_title_is_the_only_heading_of_its_level_or_the_name_of_the_file():
    alone = (
        paragraph("Bread", "Titre1") + paragraph("Text.") + paragraph("Flour", "Titre2") + paragraph("More.")
    )
    several = (
        paragraph("Bread", "Titre1") + paragraph("Text.") + paragraph("Salt", "Titre1") + paragraph("More.")
    )

    one = read_file("file.docx", word_file(alone)).document
    two = read_file("file.docx", word_file(several)).document

    assert (one.title, one.body) == ("Bread", "<p>Text.</p><h2>Flour</h2><p>More.</p>")
    assert (two.title, two.body) == ("file", "<h2>Bread</h2><p>Text.</p><h2>Salt</h2><p>More.</p>")


def test_pictures_written_out_in_a_page_or_sent_beside_a_text_come_in():
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
    page = f'<h1>T</h1><p>x</p><img src="data:image/png;base64,{dot}" alt="dot"><img src="https://elsewhere.example/a.png">'

    packed = read_file("a.html", page.encode())
    beside = read_file("a.md", b"# T\n\nx\n\n![Oven](pictures/Oven%201.png)", beside={"oven 1.PNG": b"bytes"})

    assert packed.document.body == (
        '<p>x</p><figure><img src="/media/pictures/incoming-0.webp" alt="dot"></figure>'
    )
    assert [data[:4] for data in packed.pictures.values()] == [b"\x89PNG"]
    assert packed.left_out == (
        "The picture “a.png”, which lies on another site: save it and put it in yourself.",
    )
    assert list(beside.pictures.values()) == [b"bytes"]
    assert 'alt="Oven"' in beside.document.body
