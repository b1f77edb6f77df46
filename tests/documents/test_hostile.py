"""Files that somebody would send to do harm: each refused with a sentence, and soon."""

import json
import resource
import struct
import zipfile
from io import BytesIO

import pytest

from stories.confined import running
from stories.documents import words
from stories.documents.limits import LIMITS, MAX_BYTES, Limits
from stories.documents.read import DocumentError, read_file
from stories.prose.errors import ProseError
from tests.documents.word import HEAD, SPACES, packed, paragraph, parts, word_file

DTD = '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE w:document [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]>'


def refusal(name: str, data: bytes, **options: object) -> str:
    with pytest.raises(ProseError) as refused:
        read_file(name, data, **options)
    return refused.value.message


def changed(**files: bytes) -> bytes:
    """A good document of which some parts are others: `document` is word/document.xml."""
    names = {"document": "word/document.xml", "styles": "word/styles.xml"}
    return packed(parts(paragraph("x")) | {names.get(key, key): data for key, data in files.items()})


def document(body: str, before: str = "") -> bytes:
    return f"{HEAD}{before}<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode()


def named(*names: str, mode: int = 0o100644) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts(paragraph("x")).items():
            archive.writestr(name, data)
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def lying_about_size() -> bytes:
    """The list says 100 bytes; unpacked there are 40 MB."""
    data = bytearray(changed(document=document(paragraph("x" * 100) + " " * 40_000_000)))
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 63] != b"word/document.xml":
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def locked(data: bytes) -> bytes:
    """As archives say that an entry is encrypted."""
    changed_data = bytearray(data)
    at = changed_data.index(b"PK\x01\x02")
    changed_data[at + 8] |= 1
    return bytes(changed_data)


HOSTILE = {
    "bomb": (lambda: changed(**{"word/media/big.bin": b"\0" * 30_000_000}), words.REFUSED["unpacked"]),
    "large bomb": (lambda: changed(**{f"word/{n}.bin": b"\0" * 28_000_000 for n in range(3)}), words.REFUSED["unpacked"]),
    "lying size": (lying_about_size, words.REFUSED["broken"]),
    "laughs": (lambda: changed(document=document(paragraph("&c;"), DTD)), words.REFUSED["entities"]),
    "laughs in styles": (lambda: changed(styles=document("&c;", DTD)), words.REFUSED["entities"]),
    "outside entity": (lambda: changed(document=document(paragraph("&x;"), OUTSIDE)), words.REFUSED["entities"]),
    "parameter entity": (lambda: changed(document=document(paragraph("x"), PARAMETER)), words.REFUSED["entities"]),
    "unknown entity": (lambda: changed(document=document(paragraph("<w:r><w:t>&zz;</w:t></w:r>"))), words.REFUSED["broken"]),
    "path above": (lambda: named("../../../../tmp/x"), words.REFUSED["paths"]),
    "path from the root": (lambda: named("/etc/cron.d/x"), words.REFUSED["paths"]),
    "path of windows": (lambda: named("..\\..\\x"), words.REFUSED["paths"]),
    "symlink": (lambda: named("word/link", mode=0o120777), words.REFUSED["paths"]),
    "10,000 entries": (lambda: named(*(f"word/media/{n}" for n in range(10_000))), words.REFUSED["entries"]),
    "deep": (lambda: changed(document=document("<w:p>" * 5_000 + "</w:p>" * 5_000)), words.REFUSED["deep"]),
    "deep tables": (lambda: changed(document=document("<w:tbl><w:tr><w:tc>" * 45 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 45)), "more than 100 layers"),
    "long": (lambda: word_file("".join(paragraph(f"{n:x} of the words that make a story so long {n:x}") for n in range(12_000))), "longer than 500 KB"),
    "truncated": (lambda: word_file(paragraph("x"))[:-200], words.REFUSED["broken"]),
    "not xml": (lambda: changed(document=b"\x89PNG"), words.REFUSED["broken"]),
    "locked entry": (lambda: locked(word_file(paragraph("x"))), words.REFUSED["password"]),
    "locked by word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), words.REFUSED["password"]),
    "older word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, words.OLD_WORD),
    "other archive": (lambda: packed({"a.txt": b"x"}), words.REFUSED["kind"]),
    "pdf": (lambda: b"%PDF-1.7\n", words.not_packed(".docx")),
    "nothing": (lambda: b"", words.EMPTY),
    "nothing in it": (lambda: word_file(""), words.NO_TEXT),
    "too large": (lambda: b"PK\x03\x04" + b"\0" * MAX_BYTES, words.TOO_LARGE),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_document_is_refused_with_a_sentence(name):
    make, sentence = HOSTILE[name]

    assert sentence in refusal("story.docx", make())


def seconds_of_children() -> float:
    """Processor time, which a busy machine does not lengthen."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", ["bomb", "laughs", "10,000 entries", "deep"])
def test_hostile_document_costs_little(name):
    data = HOSTILE[name][0]()
    before = seconds_of_children()

    refusal("story.docx", data)

    assert seconds_of_children() - before < 2


def test_locked_document_of_libreoffice_is_refused():
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry>'
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )

    assert (
        refusal("a.odt", packed({"META-INF/manifest.xml": manifest.encode(), "content.xml": b"\0"}))
        == (words.REFUSED["password"])
    )


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("data", [b"%PDF-1.4", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"MZ\0\0"])
def test_what_is_named_text_and_is_none_is_refused(name, data):
    assert "what is in it is no text" in refusal(name, data)


@pytest.mark.parametrize(
    ("name", "part"), [("a.doc", ".doc"), ("a.pages", ".pages"), ("a.exe", "does not read files")]
)
def test_other_kinds_are_refused_with_what_to_do(name, part):
    assert part in refusal(name, b"x")


def test_reader_that_takes_too_long_or_too_much_is_ended():
    slow = word_file("".join(paragraph(f"Words {n}.") for n in range(5_000)))

    large = word_file(
        "".join(paragraph(f"Words {n}.") for n in range(40_000))
    )  # what it takes is far beyond the limit

    assert refusal("a.docx", large, limits=Limits(memory_bytes=35_000_000)) in (
        words.REFUSED["memory"],
        words.REFUSED["broken"],
    )
    for limits in (Limits(max_characters=50_000), Limits(max_elements=5_000)):
        assert "Please make several files" in refusal("a.docx", slow, limits=limits)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"title": 1, "summary": "", "html": "", "left_out": {}, "pictures": []},
        {"title": "", "summary": "", "html": "<p>x</p>", "left_out": {}, "pictures": [5]},
        {"title": "", "summary": "", "html": "<p>x</p>", "left_out": {}, "pictures": [-1, 1]},
    ],
)
def test_reader_that_was_taken_over_is_not_believed(monkeypatch, tmp_path, answer):
    lying = tmp_path / "lying.py"
    lying.write_text(f"import sys\nsys.stdin.buffer.read()\nprint({json.dumps(json.dumps(answer))})\n")
    monkeypatch.setattr(running, "_CHILD", lying)

    with pytest.raises(DocumentError):
        read_file("a.docx", word_file(paragraph("x")))


def test_reader_cannot_bring_in_scripts(monkeypatch, tmp_path):
    lying = tmp_path / "lying.py"
    answer = {
        "title": "<script>alert(1)</script>", "summary": "", "left_out": {}, "pictures": [],
        "html": '<p onclick="x">x</p><img src="https://t.example/p.gif"><script>alert(1)</script>',
    }  # fmt: skip
    lying.write_text(f"import sys\nsys.stdin.buffer.read()\nprint({json.dumps(json.dumps(answer))})\n")
    monkeypatch.setattr(running, "_CHILD", lying)

    assert read_file("a.docx", word_file(paragraph("x"))).document.body == "<p>x</p>"


def test_the_limits_are_those_that_are_promised():
    assert (LIMITS.max_entries, LIMITS.max_unpacked, LIMITS.max_ratio, LIMITS.max_depth) == (
        2_000, 80_000_000, 200, 150,
    )  # fmt: skip
    assert (LIMITS.cpu_seconds, LIMITS.memory_bytes, MAX_BYTES) == (10, 1_000_000_000, 20_000_000)
