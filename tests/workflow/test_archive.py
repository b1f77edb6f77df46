"""Take everything away: what is in the archive, who gets it, and that its Markdown comes back as the same text."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from stories.models import Archive
from stories.prose.documents import read_document
from stories.status import AlreadyThere, WrongState
from stories.workflow import archiving
from stories.workflow.archiving import (
    ask_for_archive,
    make_due_archives,
    order_archives,
    throw_old_archives_away,
)
from stories.workflow.coauthoring import leave
from stories.workflow.deleting import erase, put_in_bin
from tests.prose.test_markdown import WHOLE
from tests.stories import change_draft, make_coauthor, make_draft, make_picture, make_published, make_returned


def make(owner) -> zipfile.ZipFile:
    ask_for_archive(by=owner)
    assert make_due_archives.func() == 1
    with default_storage.open(Archive.objects.latest("id").name) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def test_archive_of_fifty_stories_opens_and_its_markdown_is_the_same_text(author):
    stories = [make_draft(author, title=f"Story {n}", body=f"<p>{n}</p>{WHOLE}") for n in range(50)]

    archive = make(author)

    assert archive.testzip() is None
    texts = [name for name in archive.namelist() if name.endswith("/story.md")]
    assert len(texts) == 50
    found = {}
    for name in texts:
        document = read_document(name, archive.read(name).decode())
        found[document.title] = document.body
    assert found == {story.draft.title: story.draft.body for story in map(_whole, stories)}


def _whole(story):
    story.draft.refresh_from_db()
    return story


def test_archive_holds_all_that_is_its_owners_and_nothing_else(author, other_author, editor):
    picture = make_picture(author)
    default_storage.save(picture.name, ContentFile(b"the very file"))
    body = f'<p>Tied.</p><figure><img src="{picture.address}" alt="Reeds"></figure>'
    story = make_published(author, editor=editor, title="A boat of reeds", body=body)
    change_draft(story, body="<p>Tied anew.</p>")
    make_returned(author, editor=editor, requests=["Name the oven."], title="Sent back")
    put_in_bin(make_draft(author, title="In the bin"), by=author)
    erase(make_draft(author, title="Gone"), by=author)
    make_draft(other_author, title="Theirs")
    ours = make_draft(other_author, title="Ours")
    make_coauthor(ours, author)
    left = make_draft(other_author, title="Left")
    make_coauthor(left, author)
    leave(left, by=author)

    archive = make(author)

    folder = f"stories/{story.pk}-a-boat-of-reeds"
    names = set(archive.namelist())
    assert {n.split("/")[1].split("-", 1)[1] for n in names if n.startswith("stories/")} == {
        "a-boat-of-reeds", "sent-back", "in-the-bin", "ours",
    }  # fmt: skip
    assert {
        f"{folder}/{name}" for name in ("story.md", "story.html", "published.md", "published.html")
    } < names
    assert archive.read(f"{folder}/{picture.name}") == b"the very file"
    assert f'src="{picture.name}"' in archive.read(f"{folder}/published.html").decode()
    assert f"![Reeds](<{picture.name}>)" in archive.read(f"{folder}/published.md").decode()
    kept = json.loads(archive.read(f"{folder}/story.json"))
    assert kept["draft"]["body"] == "<p>Tied anew.</p>"
    assert [revision["body"] for revision in kept["revisions"]] == [body]
    assert [decision["kind"] for decision in kept["submissions"][0]["decisions"]] == ["approve"]
    assert [event["action"] for event in kept["events"]] == ["submit", "claim", "approve", "publish"]
    (sent_back,) = (name for name in names if name.endswith("sent-back/story.json"))
    asked = json.loads(archive.read(sent_back))["submissions"][0]["decisions"][0]["requests"]
    assert asked == [{"text": "Name the oven.", "answers": []}]
    assert json.loads(archive.read(f"stories/{ours.pk}-ours/story.json"))["authors"] == [
        "Bilal Khan",
        "Asha Rao",
    ]
    assert json.loads(archive.read("profile.json"))["email"] == author.email
    assert len(json.loads(archive.read("notices.json"))) == author.notices.count()
    assert "A boat of reeds" not in archive.read("README.txt").decode()
    assert folder in archive.read("README.txt").decode()
    assert b"password" not in archive.read("profile.json")


def test_archive_is_told_by_mail(author):
    make(author)

    (told,) = mail.outbox
    assert told.to == [author.email]
    assert "/writing/archive/" in told.body


def test_archive_is_asked_for_once_at_a_time_and_a_few_times_a_day(author):
    ask_for_archive(by=author)
    with pytest.raises(AlreadyThere):
        ask_for_archive(by=author)
    make_due_archives.func()

    for _ in range(archiving.MOST_A_DAY - 1):
        ask_for_archive(by=author)
        make_due_archives.func()
    with pytest.raises(WrongState):
        ask_for_archive(by=author)


def test_worker_is_called_once_while_an_archive_is_due(author):
    assert order_archives() == 0
    ask_for_archive(by=author)

    assert order_archives() == 1
    assert order_archives() == 0


def test_archive_that_cannot_be_made_is_given_up_and_may_be_asked_for_again(author, monkeypatch):
    ask_for_archive(by=author)
    monkeypatch.setattr(archiving, "pack", _fail)

    for _ in range(archiving.TRIES):
        with pytest.raises(OSError, match="disk"):
            make_due_archives.func()
        Archive.objects.update(due_at=timezone.now())
    assert make_due_archives.func() == 0

    assert Archive.objects.get().due_at is None
    ask_for_archive(by=author)


def _fail(owner, file):
    raise OSError("no room on the disk")


def test_archive_is_thrown_away_after_a_week(author):
    make(author)
    archive = Archive.objects.get()

    assert throw_old_archives_away(at=archive.made_at + timedelta(days=6)) == 0
    assert throw_old_archives_away(at=archive.made_at + timedelta(days=7)) == 1

    assert not default_storage.exists(archive.name)
    assert not Archive.objects.ready(timezone.now()).exists()


def test_archive_is_its_owners_alone(client, author, other_author):
    make(author)
    name = Archive.objects.get().name

    assert client.get("/writing/archive/file/").status_code == 302
    assert client.get(f"/media/{name}").status_code == 404
    client.force_login(other_author)
    assert client.get("/writing/archive/file/").status_code == 404
    client.force_login(author)
    answer = client.get("/writing/archive/file/")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="mystory-asha-rao-')
    assert zipfile.ZipFile(io.BytesIO(answer.getvalue())).testzip() is None


def test_page_says_how_far_it_is(client, author):
    client.force_login(author)

    assert "Make my archive" in client.get("/writing/archive/").content.decode()
    client.post("/writing/archive/")
    assert "is being made" in client.get("/writing/archive/").content.decode()
    make_due_archives.func()
    page = client.get("/writing/archive/").content.decode()
    assert "Download the archive" in page
    assert "Make a newer one" in page
