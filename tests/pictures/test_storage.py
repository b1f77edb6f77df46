"""Pictures need no folder: any storage of Django's keeps them, as an object store would."""

from io import BytesIO

import pytest
from django.core.files.storage import InMemoryStorage, default_storage, storages
from django.test import Client
from django.utils import timezone
from PIL import Image

from mystory.checks import media_storage
from stories.confined import places
from stories.models import Picture
from stories.workflow.picturing import keep_picture
from stories.workflow.unused import KEPT_UNUSED, throw_unused_pictures_away
from stories.workflow.varying import make_due_variants


@pytest.fixture
def no_folder(settings, tmp_path, monkeypatch):
    """A folder that cannot be made, and a storage in memory that has no paths."""
    monkeypatch.setattr(places.tempfile, "gettempdir", lambda: str(tmp_path))
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }


def test_picture_lives_and_dies_in_another_storage(author, no_folder, django_capture_on_commit_callbacks):
    data = BytesIO()
    Image.new("RGB", (320, 240), "teal").save(data, "PNG")

    picture = keep_picture(data.getvalue(), by=author)
    make_due_variants.func()
    picture.refresh_from_db()

    assert isinstance(storages["default"], InMemoryStorage)
    assert picture.widths == [240, 320]
    for name in [picture.name, *picture.variant_names]:
        response = Client().get(f"/media/{name}")
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert Image.open(BytesIO(b"".join(response.streaming_content))).width in (240, 320)

    Picture.objects.update(unused_since=timezone.now() - KEPT_UNUSED)
    with django_capture_on_commit_callbacks(execute=True):
        assert throw_unused_pictures_away() == 1
    assert [default_storage.exists(name) for name in [picture.name, *picture.variant_names]].count(True) == 0


def test_storage_that_is_not_there_is_said_before_anything_is_sent(settings):
    assert media_storage() == []

    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "nowhere.Storage"}}

    assert [error.id for error in media_storage()] == ["mystory.E002"]
