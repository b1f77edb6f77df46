"""Pictures that the editor sends: taken, refused with a sentence, and not without end."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from stories.models import Picture
from stories.writing import limits

ADDRESS = "/writing/pictures/"


def picture(width=40, height=30, kind="PNG", colour="teal"):
    data = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(data, kind)
    return data.getvalue()


def file(data=None, name="a.png"):
    return {"file": SimpleUploadedFile(name, picture() if data is None else data, content_type="image/png")}


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def test_picture_is_kept_and_answered_with_its_address(desk, author):
    answer = desk.post(ADDRESS, file())

    kept = Picture.objects.get()
    assert kept.owner == author
    assert answer.json() == {"address": kept.address, "width": 40, "height": 30}


def test_picture_sent_twice_is_kept_once(desk):
    first = desk.post(ADDRESS, file()).json()
    second = desk.post(ADDRESS, file()).json()

    assert first == second
    assert Picture.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", 400), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 400), (b"\x89PNG\r\n\x1a\n broken", 400)],
    ids=["empty", "svg", "broken"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(desk, data, status):
    answer = desk.post(ADDRESS, file(data))

    assert answer.status_code == status
    assert answer.json()["message"].endswith(".")
    assert not Picture.objects.exists()


def test_nothing_sent_is_refused_with_a_sentence(desk):
    answer = desk.post(ADDRESS)

    assert (answer.status_code, answer.json()["message"]) == (
        400,
        "No file came with this. Choose the picture again.",
    )


def test_file_over_the_limit_is_refused_and_cut_on_its_way_in(desk):
    answer = desk.post(ADDRESS, file(b"x" * 11_000_000))

    assert answer.status_code == 413
    assert not Picture.objects.exists()


def test_flood_is_held_back_for_one_member_only(desk, client, other_author, monkeypatch):
    monkeypatch.setattr(limits, "UPLOADS", 2)
    monkeypatch.setattr(limits, "WINDOW_SECONDS", 10**9)

    statuses = [desk.post(ADDRESS, file()).status_code for _ in range(3)]
    held = desk.post(ADDRESS, file())
    client.force_login(other_author)
    other = client.post(ADDRESS, file())

    assert statuses == [200, 200, 429]
    assert int(held["Retry-After"]) > 0
    assert held.json()["message"].startswith("That were many pictures")
    assert other.status_code == 200


def test_anonymous_and_looking_are_refused(client, author):
    assert client.post(ADDRESS, file(), HTTP_ACCEPT="application/json").status_code == 401
    client.force_login(author)
    assert client.get(ADDRESS).status_code == 405
    assert not Picture.objects.exists()


def test_cover_comes_with_the_form_where_no_script_runs(desk, story):
    draft = story.draft
    form = {
        "version": draft.version,
        "title": draft.title,
        "body": draft.body,
        "language": "en",
        "topics": draft.topics,
    }

    desk.post(
        reverse("writing:edit", args=[story.pk]),
        form
        | {"cover_file": SimpleUploadedFile("c.png", picture(), "image/png"), "cover_alt": "A teal wall"},
    )

    draft.refresh_from_db()
    assert (draft.cover, draft.cover_alt) == (Picture.objects.get().address, "A teal wall")


def test_cover_that_cannot_be_read_is_said_at_its_field(desk, story):
    draft = story.draft
    form = {"version": draft.version, "title": "Still here", "body": draft.body, "language": "en"}

    page = desk.post(
        reverse("writing:edit", args=[story.pk]),
        form | {"cover_file": SimpleUploadedFile("c.png", b"no", "image/png")},
    )

    assert page.status_code == 400
    assert page.context["form"].errors["cover_file"]
    assert page.context["form"]["title"].value() == "Still here"


def test_cover_is_taken_away(desk, story):
    address = reverse("writing:edit", args=[story.pk])
    draft = story.draft
    form = {
        "title": draft.title,
        "body": draft.body,
        "language": "en",
        "topics": draft.topics,
        "cover_alt": "A wall",
    }
    desk.post(
        address, form | {"version": draft.version, "cover_file": SimpleUploadedFile("c.png", picture())}
    )
    draft.refresh_from_db()

    desk.post(address, form | {"version": draft.version, "cover": draft.cover, "cover_removed": "on"})

    draft.refresh_from_db()
    assert (draft.cover, draft.cover_alt) == ("", "")


def test_portrait_is_set_shown_and_taken_away(desk, author):
    address = reverse("writing:portrait")

    desk.post(address, {"file": SimpleUploadedFile("me.png", picture(), "image/png"), "action": "save"})
    author.refresh_from_db()
    assert author.picture == Picture.objects.get().name
    assert f'src="/media/{author.picture}"' in desk.get(address).content.decode()

    desk.post(address, {"action": "remove"})
    author.refresh_from_db()
    assert author.picture == ""


@pytest.mark.parametrize("data", [None, b"", b"no picture"], ids=["none", "empty", "broken"])
def test_portrait_that_cannot_be_kept_is_said_at_its_field(desk, author, data):
    sent = {} if data is None else {"file": SimpleUploadedFile("me.png", data, "image/png")}

    page = desk.post(reverse("writing:portrait"), sent | {"action": "save"})

    assert page.status_code == 400
    assert page.context["form"].errors["file"]
    author.refresh_from_db()
    assert author.picture == ""
