"""Members, and the codes that their mails bring."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.joining import add_member
from accounts.models import User

PASSWORD = "a sentence is a good password"

SIGN_UP = {
    "email": "asha@example.org",
    "username": "asha",
    "password1": PASSWORD,
    "age": "on",
    "terms": "on",
}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """The limits count in the shared cache; what one test tried does not count in the next."""
    cache.clear()


@pytest.fixture
def member(db) -> User:
    return add_member(username="asha", email="asha@example.org", password=PASSWORD)


@pytest.fixture
def other_member(db) -> User:
    return add_member(username="ravi", email="ravi@example.org", password=PASSWORD)


@pytest.fixture
def signed_in(member: User, client: Client) -> Client:
    client.post("/accounts/login/", {"login": "asha", "password": PASSWORD})
    return client


@pytest.fixture
def code_in_mail() -> Callable[[], str]:
    def latest() -> str:
        found = re.search(
            r"^([BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4})$", mail.outbox[-1].body, re.M
        )
        assert found, mail.outbox[-1].body
        return found[1]

    return latest


def prove_who(client: Client) -> None:
    """What concerns the safety of an account asks for the password once more."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/settings/").status_code == 200
