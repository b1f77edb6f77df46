import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from accounts.roles import Role, appoint
from tests.accounts.conftest import PASSWORD, is_signed_in, prove_who

ACTIVATE = "/accounts/2fa/totp/activate/"
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


def code_for(secret: str, *, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


@pytest.fixture
def secret(signed_in) -> str:
    """Of an authenticator app that the member has set up."""
    prove_who(signed_in)
    signed_in.get(ACTIVATE)
    secret = signed_in.session["mfa.totp.secret"]
    answer = signed_in.post(ACTIVATE, {"code": code_for(secret)})
    assert answer.status_code == 302
    return secret


@pytest.fixture
def at_the_door(secret, member) -> Client:
    """Another browser that knows the password."""
    client = Client()
    answer = client.post("/accounts/login/", {"login": "asha", "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    return client


def test_password_alone_opens_nothing_once_there_is_a_second_factor(at_the_door):
    assert not is_signed_in(at_the_door)


@pytest.mark.parametrize(
    "script", [str, lambda code: code.translate(DEVANAGARI), lambda code: f"{code[:3]} {code[3:]}"]
)
def test_code_of_the_app_opens_in_any_digits(at_the_door, secret, script):
    at_the_door.post("/accounts/2fa/authenticate/", {"code": script(code_for(secret, step=1))})

    assert is_signed_in(at_the_door)


def test_wrong_code_opens_nothing(at_the_door):
    answer = at_the_door.post("/accounts/2fa/authenticate/", {"code": "000000"})

    assert answer.context["form"].errors["code"] == [
        "This is not the code of this moment. Wait for the next one and type that."
    ]
    assert not is_signed_in(at_the_door)


def test_code_is_good_once(at_the_door, secret):
    code = code_for(secret, step=1)
    at_the_door.post("/accounts/2fa/authenticate/", {"code": code})
    other = Client()
    other.post("/accounts/login/", {"login": "asha", "password": PASSWORD})

    other.post("/accounts/2fa/authenticate/", {"code": code})

    assert not is_signed_in(other)


def test_guessing_codes_is_stopped(at_the_door, secret):
    for _ in range(5):
        at_the_door.post("/accounts/2fa/authenticate/", {"code": "000000"})

    at_the_door.post("/accounts/2fa/authenticate/", {"code": code_for(secret, step=1)})

    assert not is_signed_in(at_the_door)


def test_recovery_code_opens_once(at_the_door, signed_in):
    page = signed_in.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"\b\d{8}\b", page)
    assert len(codes) == 10

    at_the_door.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert is_signed_in(at_the_door)

    other = Client()
    other.post("/accounts/login/", {"login": "asha", "password": PASSWORD})
    other.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert not is_signed_in(other)


def test_new_password_by_mail_does_not_go_round_the_second_factor(secret, code_in_mail):
    browser = Client()
    answer = browser.post("/accounts/password/reset/", {"email": "asha@example.org"})
    browser.post(answer["Location"], {"code": code_in_mail()})
    new = "another sentence altogether"
    browser.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})

    answer = browser.post("/accounts/login/", {"login": "asha", "password": new})

    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(browser)


def test_secret_is_stored_encrypted(secret):
    stored = [str(authenticator.data) for authenticator in Authenticator.objects.all()]

    assert len(stored) == 2
    assert all(secret not in data for data in stored)


def test_secret_survives_a_new_key_of_the_site(at_the_door, secret, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key, " * 5

    at_the_door.post("/accounts/login/", {"login": "asha", "password": PASSWORD})
    at_the_door.post("/accounts/2fa/authenticate/", {"code": code_for(secret, step=1)})

    assert is_signed_in(at_the_door)


def test_picture_of_the_key_is_shown_to_its_owner_alone(signed_in):
    picture = "/accounts/2fa/totp/picture.svg"
    assert signed_in.get(picture)["Location"].startswith("/accounts/reauthenticate/")
    prove_who(signed_in)
    assert signed_in.get(picture).status_code == 404

    page = signed_in.get(ACTIVATE)
    answer = signed_in.get(picture)

    assert f'src="{picture}"' in page.content.decode()
    assert "data:" not in page.content.decode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(picture).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_is_told_by_mail(secret):
    assert "An authenticator app was added" in [message.subject for message in mail.outbox]


@pytest.mark.parametrize("path", ["/moderation/", "/admin/"])
def test_editor_without_second_factor_is_sent_to_set_one_up(signed_in, member, settings, path):
    settings.REQUIRE_SECOND_FACTOR_FOR_EDITORS = True
    appoint(member, role=Role.EDITOR)

    assert signed_in.get(path)["Location"] == "/accounts/2fa/"
    assert signed_in.get("/accounts/profile/").status_code == 200


def test_editor_with_second_factor_is_let_through(signed_in, secret, member, settings):
    settings.REQUIRE_SECOND_FACTOR_FOR_EDITORS = True
    appoint(member, role=Role.EDITOR)

    assert signed_in.get("/moderation/").headers.get("Location") != "/accounts/2fa/"


def test_member_who_is_no_editor_is_not_asked_for_a_second_factor(signed_in, settings):
    settings.REQUIRE_SECOND_FACTOR_FOR_EDITORS = True

    assert signed_in.get("/moderation/").headers.get("Location") != "/accounts/2fa/"
