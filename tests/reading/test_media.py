"""Pictures: only those the site made, kept for ever, and harmless by themselves."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from stories.workflow.picturing import keep_picture


@pytest.fixture
def picture(author):
    data = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(data, "PNG")
    return keep_picture(data.getvalue(), by=author)


def test_picture_is_served_harmless_and_kept_for_ever(picture):
    response = Client().get(picture.address)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == picture.mime
    assert len(b"".join(response.streaming_content)) == picture.size
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


def test_picture_is_not_sent_twice(picture):
    etag = Client().get(picture.address).headers["ETag"]

    assert Client().get(picture.address, headers={"If-None-Match": etag}).status_code == 304


def test_file_that_is_no_known_picture_is_not_found(picture):
    for name in ("pictures/other.png", "secret.txt", "page.html", "pictures/x.svg"):
        default_storage.save(name, ContentFile(b"<script>alert(1)</script>"))

        assert Client().get(f"/media/{name}").status_code == 404
    assert Client().get("/media/pictures/").status_code == 404


def test_picture_whose_file_is_gone_is_not_found(picture):
    default_storage.delete(picture.name)

    assert Client().get(picture.address).status_code == 404


def test_members_picture_is_served(author):
    author.picture = default_storage.save("people/asha.png", ContentFile(b"png"))
    author.save()

    assert Client().get(f"/media/{author.picture}").headers["Content-Type"] == "image/png"
