"""Stories brought in from files: several at once, each by itself, and what was left out is said."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from stories.models import Draft, Picture, Story
from stories.prose.markdown import write_file
from stories.writing import bringing, limits
from tests.documents.word import packed, paragraph, parts, picture, word_file
from tests.pictures.files import picture_file

ADDRESS = "/writing/files/"
FILES = Path(__file__).parents[1] / "documents" / "files"


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def sent(*files: tuple[str, bytes], key: object = None) -> dict[str, object]:
    return {"key": key or uuid4(), "documents": [SimpleUploadedFile(name, data) for name, data in files]}


def test_each_file_becomes_a_draft_and_a_wrong_one_keeps_no_other_out(desk, author):
    answer = desk.post(
        ADDRESS,
        sent(
            ("bakery.odt", (FILES / "libreoffice.odt").read_bytes()),
            ("broken.docx", b"PK\x03\x04broken"),
            ("eels.md", b"# Counting eels\n\nOne *by* one."),
            ("plain.txt", b"Only words\n\nAnd a text that follows."),
            ("page.html", b"<h1>A page</h1><p>Text.</p><script>x</script>"),
        ),
    )

    text = answer.content.decode()
    drafts = {draft.title: draft for draft in Draft.objects.all()}
    kept = Picture.objects.get(owner=author)
    assert answer.status_code == 200
    assert set(drafts) == {"The bakery that would not grow", "Counting eels", "Only words", "A page"}
    assert drafts["The bakery that would not grow"].body.count(f'<img src="{kept.address}"') == 2
    assert "incoming" not in drafts["The bakery that would not grow"].body
    assert drafts["Counting eels"].body == "<p>One <em>by</em> one.</p>"
    assert "This file could not be read; it may be cut off or damaged." in text
    assert "2 tracked changes: the text came in as if all were accepted." in text
    assert text.count("Nothing was left out.") == 3


def test_files_sent_twice_make_their_drafts_once(desk):
    form = ("a.docx", word_file(paragraph("Words.") + paragraph(picture("rId5", "Oven"))))
    key = uuid4()

    first = desk.post(ADDRESS, sent(form, key=key))
    Draft.objects.update(body="<p>Written meanwhile.</p>", version=2)
    second = desk.post(ADDRESS, sent(form, key=key))

    assert (first.status_code, second.status_code) == (200, 200)
    assert Draft.objects.get().body == "<p>Written meanwhile.</p>"
    assert Picture.objects.count() == 1


def test_picture_that_cannot_be_read_is_named_and_the_text_comes_in(desk):
    files = parts(paragraph("Words.") + paragraph(picture("rId5", "Oven")))
    files["word/media/image1.png"] = b"\x01\0\0\0 EMF"

    answer = desk.post(ADDRESS, sent(("a.docx", packed(files))))

    assert "Picture 1 was left out. This file is no picture that we know." in answer.content.decode()
    assert Draft.objects.get().body == "<p>Words.</p>"


def test_picture_sent_along_finds_its_place(desk):
    text = b"# Oven\n\nIt is old.\n\n![The oven](pictures/oven.png)"

    desk.post(ADDRESS, sent(("oven.md", text), ("oven.png", picture_file("PNG"))))

    kept = Picture.objects.get()
    assert Draft.objects.get().body == (
        f'<p>It is old.</p><figure><img src="{kept.address}" alt="The oven"></figure>'
    )


def test_text_that_was_taken_away_comes_back_as_it_was_with_its_pictures(desk, author, other_author, client):
    desk.post(ADDRESS, sent(("bakery.odt", (FILES / "libreoffice.odt").read_bytes())))
    first = Draft.objects.get()
    said = {"title": first.title, "summary": first.summary, "language": first.language}
    taken = write_file(first.body, said).encode()
    Draft.objects.update(title="Another")

    desk.post(ADDRESS, sent(("bakery.md", taken)))
    client.force_login(other_author)
    without = client.post(ADDRESS, sent(("bakery.md", taken)))
    kept = Picture.objects.get()
    file = (kept.name.rpartition("/")[2], picture_file("WEBP"))
    client.post(ADDRESS, sent(("bakery.md", taken), file))

    _, again, bare, whole = Draft.objects.order_by("pk")
    assert (again.title, again.summary, again.body) == (first.title, first.summary, first.body)
    assert "<img" not in bare.body
    assert "which lies in a file of its own: send it together with the text." in without.content.decode()
    assert whole.body.count(Picture.objects.get(owner=other_author).address) == 2


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Choose one or more files first."),
        ([("a.png", b"x")], "These are only pictures."),
        ([(f"{n}.txt", b"x") for n in range(11)], "send at most 10 at once"),
    ],
    ids=["none", "pictures", "eleven"],
)
def test_form_without_a_file_to_read_says_so(desk, files, sentence):
    answer = desk.post(ADDRESS, sent(*files))

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Story.objects.exists()


def test_only_refused_files_leave_nothing(desk):
    answer = desk.post(ADDRESS, sent(("a.docx", b"%PDF"), ("b.exe", b"MZ"), ("c.txt", b"")))

    assert answer.status_code == 400
    assert "Nothing of these was kept." in answer.content.decode()
    assert not Story.objects.exists()


def test_files_have_limits_and_time(desk, monkeypatch):
    monkeypatch.setattr(limits, "FILES", 1)
    two = desk.post(ADDRESS, sent(("a.txt", b"One\n\nText."), ("b.txt", b"Two\n\nText.")))
    monkeypatch.setattr(limits, "FILES", 9)
    monkeypatch.setattr(bringing, "SECONDS", -1)
    late = desk.post(ADDRESS, sent(("c.txt", b"Three\n\nText.")))

    assert Story.objects.count() == 1
    assert bringing.TOO_MANY_FILES in two.content.decode()
    assert bringing.NO_TIME in late.content.decode()


def test_another_members_key_makes_no_draft_of_theirs(desk, author, other_author, client):
    key = uuid4()
    desk.post(ADDRESS, sent(("a.txt", b"One\n\nText."), key=key))
    client.force_login(other_author)

    answer = client.post(ADDRESS, sent(("a.txt", b"One\n\nText."), key=key))

    assert answer.status_code == 400
    assert Story.objects.get().author == author


@pytest.mark.browser
def test_author_brings_files_in_and_opens_the_draft(signed_in, author, axe, quiet):
    page: Page = signed_in(author, viewport={"width": 360, "height": 800})
    page.goto("/writing/")
    page.get_by_role("link", name="Bring files").click()
    page.get_by_label("Files").set_input_files(
        [
            {
                "name": "bakery.docx",
                "mimeType": "application/octet-stream",
                "buffer": (FILES / "libreoffice.docx").read_bytes(),
            },
            {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"},
        ]
    )
    with page.expect_navigation(url="**/files/"):
        page.get_by_role("button", name="Make drafts of them").click()

    expect(page.get_by_role("heading", name="What the files became")).to_be_visible()
    expect(page.get_by_text("MyStory does not read .pdf files.")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="The bakery that would not grow").click()
    expect(page.locator(".ProseMirror figure img")).to_have_count(2, timeout=15_000)
