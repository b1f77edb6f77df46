"""Pictures get their smaller files from a worker, and the pages show them when they are there."""

import signal
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from stories.confined import places
from stories.confined.places import place
from stories.models import Picture, Rendering
from stories.workflow import varying
from stories.workflow.freezing import renew_renderings
from stories.workflow.picturing import keep_picture
from stories.workflow.varying import APART, make_due_variants, order_variants
from tests.stories import make_published

SHORT = "<p>Before.</p>"


@pytest.fixture(autouse=True)
def _own_places(monkeypatch, tmp_path):
    monkeypatch.setattr(places.tempfile, "gettempdir", lambda: str(tmp_path))


@pytest.fixture
def upload():
    def keep(by, *, colour="teal", size=(320, 240)):
        data = BytesIO()
        Image.new("RGB", size, colour).save(data, "PNG")
        return keep_picture(data.getvalue(), by=by)

    return keep


def due(picture, **fields):
    Picture.objects.filter(pk=picture.pk).update(variants_due_at=timezone.now(), **fields)


def make():
    return make_due_variants.func()


def test_variants_are_made_and_served(author, upload):
    picture = upload(author)

    assert make() == 1

    picture.refresh_from_db()
    assert (picture.widths, picture.kinds[-1], picture.variants_due_at) == ([240, 320], "jpg", None)
    for name in picture.variant_names:
        response = Client().get(f"/media/{name}")
        assert response.status_code == 200
        assert response.headers["Content-Type"] in ("image/avif", "image/webp", "image/jpeg")
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert len(b"".join(response.streaming_content)) == default_storage.size(name)


def test_variant_that_is_not_there_is_the_stored_file_and_of_no_picture_is_not_found(author, upload):
    picture = upload(author)
    make()
    picture.refresh_from_db()
    token = picture.name.removeprefix("pictures/").removesuffix(".webp")

    response = Client().get(f"/media/variants/0/{token}-999.jpg")

    assert (response.status_code, response.headers["Location"]) == (302, picture.address)
    assert response.headers["Cache-Control"] == "public, max-age=60"
    for name in (
        f"variants/1/{token[:-1]}-240.jpg",
        "variants/1/%-240.jpg",
        f"variants/1/{'_' * len(token)}-240.jpg",
        f"variants/1/{token}-240.svg",
        f"variants/1/../pictures/{token}.webp",
    ):
        assert Client().get(f"/media/{name}").status_code == 404


def test_story_is_shown_with_the_stored_file_until_its_variants_are_there(author, editor, upload):
    cover, inside = upload(author), upload(author, colour="maroon")
    body = f'{SHORT}<figure><img src="{inside.address}" alt="Red"></figure>'
    story = make_published(author, editor=editor, body=body, cover=cover.address, cover_alt="Blue")
    before = Client().get(story.path)
    assert (cover.address in before.text, inside.address in before.text) == (True, True)
    assert "<picture>" not in before.text

    due(inside)
    assert make() == 2
    assert renew_renderings() == 1
    after = Client().get(story.path)

    assert after.text.count("<picture>") == 2
    assert (cover.address in after.text, inside.address in after.text) == (False, False)
    assert after.text.count('fetchpriority="high"') == 1
    assert after.headers["ETag"] != before.headers["ETag"]
    assert 'property="og:image" content="http://testserver/media/variants/1/' in after.text
    assert "<picture>" in Client().get("/").text
    assert renew_renderings() == 0


def test_feed_gives_one_file_of_each_picture_by_its_whole_address(author, editor, upload):
    inside = upload(author)
    words = '<p>She wrote &lt;picture&gt; and " class="x" there.</p>'
    body = f'{words}<figure><img src="{inside.address}" alt="Red"></figure>'
    make_published(author, editor=editor, body=body, cover=inside.address, cover_alt="Red")
    make()
    renew_renderings()

    item = Client().get("/feed/json/").json()["items"][0]

    inside.refresh_from_db()
    address = f"http://testserver/media/{inside.variant_name(width=320, kind='jpg')}"
    assert item["image"] == address
    assert (
        f'<figure><img src="{address}" alt="Red" width="320" height="240"></figure>' in item["content_html"]
    )
    assert words.replace('"', '"') in item["content_html"]


def test_pictures_of_one_author_take_turns_with_those_of_others(author, other_author, upload):
    first, second = upload(author), upload(author, colour="red")
    others = upload(other_author, colour="blue")

    assert second.variants_due_at - first.variants_due_at > APART - timedelta(seconds=5)
    assert others.variants_due_at < second.variants_due_at
    assert make() == 2
    assert [bool(Picture.objects.get(pk=each.pk).widths) for each in (first, second, others)] == [
        True,
        False,
        True,
    ]


def test_picture_whose_file_is_gone_is_given_up_and_the_next_is_made(author, other_author, upload, caplog):
    lost, there = upload(author), upload(other_author)
    default_storage.delete(lost.name)

    assert make() == 1
    lost.refresh_from_db()
    assert lost.variants_due_at > timezone.now()
    due(lost)
    assert make() == 0

    lost.refresh_from_db()
    there.refresh_from_db()
    assert (lost.variants_due_at, lost.variants_tries, lost.widths) == (None, 2, [])
    assert there.widths == [240, 320]
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert make() == 0


def test_picture_that_ends_its_worker_is_given_up(author, upload):
    picture = upload(author)
    for tries in (1, 2, 3):
        due(picture)
        assert varying._take(timezone.now()).variants_tries == tries  # and the worker is gone

    due(picture)
    assert make() == 0

    picture.refresh_from_db()
    assert (picture.variants_due_at, picture.widths) == (None, [])


def test_what_a_killed_worker_left_is_written_over(author, upload):
    picture = upload(author)
    name = picture.variant_name(width=240, kind="webp", recipe=1)
    default_storage.save(name, BytesIO(b"half a fi"))

    make()

    assert Image.open(default_storage.open(name)).size == (240, 180)


def test_picture_deleted_meanwhile_leaves_no_files(
    author, upload, monkeypatch, own_media, django_capture_on_commit_callbacks
):
    picture = upload(author)
    made = varying.make_variants

    def and_delete(data, **options):
        Picture.objects.filter(pk=picture.pk).delete()
        return made(data, **options)

    monkeypatch.setattr(varying, "make_variants", and_delete)

    with django_capture_on_commit_callbacks(execute=True):
        make()

    assert [path for path in (own_media / "variants").rglob("*") if path.is_file()] == []


def test_worker_that_is_asked_to_stop_leaves_the_rest_for_the_next(author, upload, monkeypatch):
    pictures = [upload(author, colour=colour) for colour in ("teal", "coral")]
    for picture in pictures:
        due(picture)
    made, heard = varying.make_variants, []
    before = signal.signal(signal.SIGTERM, lambda *_: heard.append("stop"))

    def and_stop(data, **options):
        signal.raise_signal(signal.SIGTERM)
        return made(data, **options)

    monkeypatch.setattr(varying, "make_variants", and_stop)
    try:
        first = make()
        second = make()
    finally:
        signal.signal(signal.SIGTERM, before)

    assert (first, second) == (1, 1)
    assert heard == ["stop", "stop"]  # the worker too hears what it is asked


def test_clock_calls_one_worker_and_only_when_there_is_something_to_do(author, upload, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert order_variants() == 0
    picture = upload(author)

    assert (order_variants(), order_variants()) == (1, 0)

    assert DBTaskResult.objects.count() == 1
    Picture.objects.filter(pk=picture.pk).update(variants_due_at=timezone.now() + timedelta(hours=1))
    DBTaskResult.objects.all().delete()
    assert order_variants() == 0


def test_one_worker_of_a_machine_makes_variants_at_a_time(author, upload):
    upload(author)

    with place(places=1, wait_seconds=0, room="variants"):
        assert make() == 0
    assert make() == 1


def test_command_gives_each_picture_without_variants_its_turn_again(author, upload, capsys):
    given_up, made = upload(author), upload(author, colour="red")
    due(given_up, variants_tries=3)
    Picture.objects.filter(pk=given_up.pk).update(variants_due_at=None)
    due(made)
    make()

    call_command("make_variants")
    assert "1 picture " in capsys.readouterr().out
    assert make() == 1
    call_command("make_variants", "--all")

    assert Picture.objects.filter(variants_due_at__isnull=False).count() == 2
    assert Rendering.objects.count() == 0
