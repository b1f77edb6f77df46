"""Values of the environment: what is taken, and the sentence that refuses the rest."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from mystory import env

NAME = "MYSTORY_TRIED_OUT"


@pytest.mark.parametrize(
    ("value", "flag"), [("1", True), ("Yes", True), ("0", False), (" off ", False), ("", True)]
)
def test_flag_is_read(monkeypatch, value, flag):
    monkeypatch.setenv(NAME, value)

    assert env.flag(NAME, default=True) is flag


@pytest.mark.parametrize("value", ["-1", "1.5", "٣", "many"])
def test_number_refuses_what_is_none(monkeypatch, value):
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.number(NAME, default=3)


def test_database_address_is_taken_apart():
    found = env.database("postgresql://us%40er:p%2Fw@db.example:6432/my%20story?sslmode=require")

    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "us@er", "p/w", "db.example", "6432", "my story",
    )  # fmt: skip
    assert found["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require"}


@pytest.mark.parametrize("value", ["", "mysql://a@b/c", "postgresql://a@b", "postgresql://a@b:port/c"])
def test_database_address_that_is_none_is_refused_by_name(value):
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.database(value, name=NAME)


def test_storage_is_files_until_a_class_is_named(monkeypatch):
    assert env.storage(NAME, "OPTIONS") == {"BACKEND": "django.core.files.storage.FileSystemStorage"}

    monkeypatch.setenv(NAME, "storages.backends.s3.S3Storage")
    assert env.storage(NAME, "OPTIONS") == {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {}}
    monkeypatch.setenv("OPTIONS", '{"bucket_name": "mystory"}')
    assert env.storage(NAME, "OPTIONS")["OPTIONS"] == {"bucket_name": "mystory"}


@pytest.mark.parametrize(
    ("value", "options", "named"),
    [
        ("S3", "", NAME),
        ("storages.backends.s3/S3", "", NAME),
        ("", '{"bucket_name": "b"}', "OPTIONS is set"),
        ("a.B", "secret", "OPTIONS is no JSON"),
        ("a.B", "[1]", "OPTIONS is no JSON"),
    ],
)
def test_storage_that_is_none_is_refused_by_name(monkeypatch, value, options, named):
    monkeypatch.setenv(NAME, value)
    monkeypatch.setenv("OPTIONS", options)

    with pytest.raises(ImproperlyConfigured, match=named) as refused:
        env.storage(NAME, "OPTIONS")
    assert "secret" not in str(refused.value)


def test_mail_server_is_taken_apart(monkeypatch):
    assert env.mail(NAME).host == ""

    monkeypatch.setenv(NAME, "smtp://me%40x:s%3Acret@mail.example")
    assert env.mail(NAME) == ("mail.example", 587, False, "me@x", "s:cret")

    monkeypatch.setenv(NAME, "smtps://mail.example:4650")
    assert env.mail(NAME) == ("mail.example", 4650, True, "", "")


@pytest.mark.parametrize(
    "value", ["mail.example", "https://mail.example", "smtp://", "smtp://mail.example:x"]
)
def test_mail_server_that_is_none_is_refused_by_name(monkeypatch, value):
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.mail(NAME)


@pytest.mark.parametrize(
    "value", ["stories.example", "ftp://stories.example", "https://", "https://a.example/b"]
)
def test_address_that_is_none_is_refused_by_name(monkeypatch, value):
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.address(NAME, "")


def test_secret_is_made_once_by_any_number_at_once_and_read_by_us_only(tmp_path):
    file = tmp_path / "var" / "secret-key"

    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: env.kept_secret(file, allowed=True), range(8)))

    assert len(secrets) == 1
    assert len(secrets.pop()) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret-key"]


def test_secret_is_not_made_where_one_has_to_be_given(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="MYSTORY_SECRET_KEY is not set"):
        env.kept_secret(tmp_path / "secret-key", allowed=False)

    assert list(tmp_path.iterdir()) == []
