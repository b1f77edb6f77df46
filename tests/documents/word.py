"""A .docx as Word writes it: its parts, its ids of revisions, its proofing marks, its fields."""

import zipfile
from io import BytesIO

from tests.pictures.files import picture_file

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="w14 wp14"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:wp14="http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"'
)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

STYLES = (
    "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{more}</w:style>'
        for key, name, more in (
            ("Titre", "Title", ""),  # ids are in the language of the program, names never are
            ("Soustitre", "Subtitle", ""),
            (
                "Titre1",
                "heading 1",
                '<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>',
            ),
            ("Titre2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
            ("Citation", "Quote", "<w:rPr><w:i/></w:rPr>"),
            ("Lgende", "caption", ""),
            ("Paragraphedeliste", "List Paragraph", ""),
            ("TM1", "toc 1", ""),
            ("PrformatHTML", "HTML Preformatted", ""),
            ("Notedebasdepage", "footnote text", ""),
        )
    )
    + '<w:style w:type="character" w:styleId="lev"><w:name w:val="Strong"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
)

NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1."/></w:lvl>'
        for level, form in enumerate(forms)
    )
    + "</w:abstractNum>"
    for number, forms in enumerate((("bullet", "decimal", "bullet"), ("decimal", "lowerLetter")))
) + "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number - 1}"/></w:num>' for number in (1, 2))


def run(text: str, looks: str = "") -> str:
    return f'<w:r w:rsidR="00A77B3E"><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, style: str = "", more: str = "") -> str:
    inner = inner if inner.startswith("<") else run(inner)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p w14:paraId="1A2B3C4D" w:rsidR="00A77B3E"><w:pPr>{named}{more}</w:pPr><w:proofErr w:type="spellStart"/>{inner}</w:p>'


def item(text: str, level: int, which: int) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{which}"/></w:numPr>'
    return paragraph(text, "Paragraphedeliste", numbering)


def picture(relation: str, alt: str, *, crop: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline distT="0"><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="Image 1" descr="{alt}"/>'
        f'<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{relation}"/>{crop}</pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def field(code: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def cell(inner: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="3020" w:type="dxa"/>{properties}</w:tcPr>{paragraph(inner)}</w:tc>'


def notes(kind: str, text: str) -> str:
    reference = f'<w:r><w:rPr><w:rStyle w:val="Appel"/></w:rPr><w:{kind}Ref/></w:r>'
    return (
        f'{HEAD}<w:{kind}s {SPACES}><w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        f'<w:{kind} w:id="2">{paragraph(reference + run(f" {text}"), "Notedebasdepage")}</w:{kind}></w:{kind}s>'
    )


def relations(*entries: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"{_mode(target)}/>'
        for key, kind, target in entries
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{rows}</Relationships>'


def _mode(target: str) -> str:
    return ' TargetMode="External"' if "://" in target else ""


def parts(body: str) -> dict[str, bytes]:
    """The parts of a whole document around `body`, with a picture rId5, a link rId6 and two notes with the id 2."""
    written = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"{HEAD}<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            ("rId5", "image", "media/image1.png"), ("rId6", "hyperlink", "https://example.org/bread?a=1&amp;b=2"),
            ("rId7", "image", "https://tracker.example/p.gif"), ("rId8", "image", "../../../../etc/passwd"),
        ),
        "word/styles.xml": f"{HEAD}<w:styles {SPACES}>{STYLES}</w:styles>",
        "word/numbering.xml": f"{HEAD}<w:numbering {SPACES}>{NUMBERING}</w:numbering>",
        "word/footnotes.xml": notes("footnote", "She could not write."),
        "word/endnotes.xml": notes("endnote", "It is still open."),
        "word/comments.xml": f'{HEAD}<w:comments {SPACES}><w:comment w:id="0" w:author="B">{paragraph("So?")}</w:comment></w:comments>',
        "word/header1.xml": f"{HEAD}<w:hdr {SPACES}>{paragraph('Draft 4, confidential')}</w:hdr>",
    }  # fmt: skip
    return {name: text.encode() for name, text in written.items()} | {
        "word/media/image1.png": picture_file("PNG")
    }


def packed(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def word_file(body: str) -> bytes:
    return packed(parts(body))
