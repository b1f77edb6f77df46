"""The limits count in the database's cache, for all processes together."""

import os
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.accounts.conftest import PASSWORD, is_signed_in

GUESS = {"login": "asha", "password": "wrong"}

IN_ANOTHER_PROCESS = """
import django; django.setup()
from django.test import Client
answer = Client(REMOTE_ADDR="198.51.100.9").post("/accounts/login/", {"login": "asha", "password": "wrong"})
print(answer.status_code)
"""


def guess(client=None, **more):
    return (client or Client()).post("/accounts/login/", GUESS, **more)


def assert_too_many(answer):
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "A little too fast" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_sixth_wrong_password_for_an_account_is_refused_and_the_right_one_too(member):
    for number in range(5):
        assert guess(REMOTE_ADDR=f"198.51.100.{number}").status_code == 200

    assert_too_many(guess(REMOTE_ADDR="198.51.100.99"))
    client = Client()
    assert_too_many(client.post("/accounts/login/", {"login": "asha", "password": PASSWORD}))
    assert not is_signed_in(client)


def test_limit_is_the_same_for_an_account_that_is_not_there(db):
    for _ in range(5):
        assert guess().status_code == 200

    assert_too_many(guess())


def test_eleventh_wrong_password_from_an_address_is_refused(db):
    for number in range(10):
        assert Client().post("/accounts/login/", {**GUESS, "login": f"name-{number}"}).status_code == 200

    assert_too_many(Client().post("/accounts/login/", {**GUESS, "login": "name-11"}))
    assert (
        Client(REMOTE_ADDR="198.51.100.1").post("/accounts/login/", {**GUESS, "login": "name-11"}).status_code
        == 200
    )


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X_Forwarded_For", "CF-Connecting-IP"]
)
def test_address_is_not_what_a_header_says(db, header):
    for number in range(10):
        Client().post(
            "/accounts/login/", {**GUESS, "login": f"name-{number}"}, headers={header: f"198.51.100.{number}"}
        )

    assert_too_many(
        Client().post("/accounts/login/", {**GUESS, "login": "name-11"}, headers={header: "198.51.100.77"})
    )


def test_behind_one_proxy_the_address_is_the_one_that_the_proxy_saw(db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        Client().post(
            "/accounts/login/",
            {**GUESS, "login": f"name-{number}"},
            headers={"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.1"},
        )

    told = {"X-Forwarded-For": "203.0.113.99, 198.51.100.1"}
    assert_too_many(Client().post("/accounts/login/", {**GUESS, "login": "name-11"}, headers=told))
    told = {"X-Forwarded-For": "203.0.113.99, 198.51.100.2"}
    assert Client().post("/accounts/login/", {**GUESS, "login": "name-11"}, headers=told).status_code == 200


@pytest.mark.parametrize("host", ["testserver:81", "TESTSERVER", "localhost"])
def test_limit_does_not_begin_anew_under_another_host(member, host):
    for _ in range(5):
        guess()

    assert_too_many(guess(headers={"host": host}))


def test_twenty_first_sign_up_from_an_address_is_refused(db):
    for _ in range(20):
        assert Client().post("/accounts/signup/", {}).status_code == 200

    assert_too_many(Client().post("/accounts/signup/", {}))


def test_sixth_reset_for_an_address_is_refused(db):
    for _ in range(5):
        Client().post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert_too_many(Client().post("/accounts/password/reset/", {"email": "nobody@example.org"}))


def test_right_passwords_do_not_count(member):
    for _ in range(8):
        client = Client()
        client.post("/accounts/login/", {"login": "asha", "password": PASSWORD})
        assert is_signed_in(client)


def test_looking_at_a_page_does_not_count(db):
    for _ in range(40):
        assert Client().get("/accounts/login/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_limit_holds_across_processes():
    """Three guesses here, two there: the sixth is refused in a third process."""
    cache.clear()
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    for _ in range(3):
        assert guess().status_code == 200

    statuses = [guess_in_another_process(environment) for _ in range(3)]

    assert statuses == ["200", "200", "429"]


def guess_in_another_process(environment):
    program = (
        "import os, tests.settings as s;"
        f"s.DATABASES['default']['NAME'] = {connection.settings_dict['NAME']!r}\n" + IN_ANOTHER_PROCESS
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
