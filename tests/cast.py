"""The people of every test, always the same six: two who write, two who edit, one who answers for it, one who reads."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role, appoint

PASSWORD = "a lantern over the harbour"


def make_member(username: str, display_name: str, *, role: Role = Role.NONE) -> User:
    """Agreed to the terms, with a verified address, as everybody is who came through the door."""
    now = timezone.now()
    member = User.objects.create_user(
        username, f"{username}@mystory.example", PASSWORD, display_name=display_name,
        terms_version="2026-11", terms_agreed_at=now, age_confirmed_at=now,
    )  # fmt: skip
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    if role is not Role.NONE:
        appoint(member, role=role)
    return member


CAST = {
    "author": ("asha-rao", "Asha Rao", Role.NONE),
    "other_author": ("bilal-khan", "Bilal Khan", Role.NONE),
    "editor": ("esther-thomas", "Esther Thomas", Role.EDITOR),
    "other_editor": ("farid-ahmed", "Farid Ahmed", Role.EDITOR),
    "chief_editor": ("charu-sen", "Charu Sen", Role.CHIEF_EDITOR),
    "reader": ("rosa-lopez", "Rosa Lopez", Role.NONE),
}


def one_of_the_cast(part: str) -> User:
    """Made when first asked for; a file whose town stands for all its tests has some of them already."""
    username, display_name, role = CAST[part]
    there = User.objects.filter(username=username).first()
    return there or make_member(username, display_name, role=role)


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker) -> Iterator[None]:
    """What fixtures of a whole file write: there for each of its tests, and taken back after the last.

    A test's own changes are taken back by its own transaction (`db`), inside this one. Not for tests in a browser,
    whose server could not see it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def author(db) -> User:
    return one_of_the_cast("author")


@pytest.fixture
def other_author(db) -> User:
    return one_of_the_cast("other_author")


@pytest.fixture
def editor(db) -> User:
    return one_of_the_cast("editor")


@pytest.fixture
def other_editor(db) -> User:
    return one_of_the_cast("other_editor")


@pytest.fixture
def chief_editor(db) -> User:
    return one_of_the_cast("chief_editor")


@pytest.fixture
def reader(db) -> User:
    return one_of_the_cast("reader")
