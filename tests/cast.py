"""The people of every test, always the same six: two who write, two who edit, one who answers for it, one who reads."""

import pytest
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


@pytest.fixture
def author(db) -> User:
    return make_member("asha-rao", "Asha Rao")


@pytest.fixture
def other_author(db) -> User:
    return make_member("bilal-khan", "Bilal Khan")


@pytest.fixture
def editor(db) -> User:
    return make_member("esther-thomas", "Esther Thomas", role=Role.EDITOR)


@pytest.fixture
def other_editor(db) -> User:
    return make_member("farid-ahmed", "Farid Ahmed", role=Role.EDITOR)


@pytest.fixture
def chief_editor(db) -> User:
    return make_member("charu-sen", "Charu Sen", role=Role.CHIEF_EDITOR)


@pytest.fixture
def reader(db) -> User:
    return make_member("rosa-lopez", "Rosa Lopez")
