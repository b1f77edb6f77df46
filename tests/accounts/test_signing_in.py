import re
import threading

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import PASSWORD, is_signed_in, prove_who

SIGN_IN_PAGE = "/accounts/login/"
NEW_PASSWORD = "another sentence altogether"


def sign_in(client, login="asha", password=PASSWORD, **more):
    return client.post(SIGN_IN_PAGE, {"login": login, "password": password}, **more)


@pytest.mark.parametrize("login", ["asha", "ASHA", "asha@example.org", "Asha@Example.org", " asha "])
def test_sign_in_by_user_name_or_address(client, member, login):
    sign_in(client, login)

    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("login", "password"), [("asha", "wrong"), ("asha", PASSWORD.upper()), ("nobody", PASSWORD)]
)
def test_sign_in_with_what_does_not_belong_together_is_refused(client, member, login, password):
    answer = sign_in(client, login, password)

    assert answer.context["form"].non_field_errors() == [
        "The user name and the password do not belong together. Try again."
    ]
    assert not is_signed_in(client)


def test_sign_in_begins_a_new_session(client, member):
    client.cookies["session"] = "planted-by-somebody-else-0123456789"
    sign_in(client)

    first = client.cookies["session"].value
    assert first != "planted-by-somebody-else-0123456789"
    client.post("/accounts/logout/")
    sign_in(client)
    assert client.cookies["session"].value != first


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", r"/\evil.example"]
)
def test_sign_in_goes_nowhere_outside_the_site(client, member, settings, address):
    settings.ALLOWED_HOSTS = ["testserver"]

    answer = client.post(SIGN_IN_PAGE, {"login": "asha", "password": PASSWORD, "next": address})

    assert answer["Location"] == settings.LOGIN_REDIRECT_URL


def test_sign_in_goes_where_somebody_was_going(client, member):
    answer = client.post(SIGN_IN_PAGE, {"login": "asha", "password": PASSWORD, "next": "/accounts/profile/"})

    assert answer["Location"] == "/accounts/profile/"


def test_sign_in_without_staying_ends_with_the_browser(client, member):
    sign_in(client)
    assert client.cookies["session"]["max-age"] == ""

    other = Client()
    other.post(SIGN_IN_PAGE, {"login": "asha", "password": PASSWORD, "remember": "on"})
    assert other.cookies["session"]["max-age"] == 14 * 24 * 60 * 60


def test_sign_out_needs_a_post_and_ends_the_session(signed_in):
    assert signed_in.get("/accounts/logout/").status_code == 200
    assert is_signed_in(signed_in)
    stolen = Client()
    stolen.cookies["session"] = signed_in.cookies["session"].value

    signed_in.post("/accounts/logout/")

    assert not is_signed_in(signed_in)
    assert not is_signed_in(stolen)
    assert not Session.objects.exists()


def test_sign_out_refuses_a_form_from_elsewhere(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)

    assert client.post("/accounts/logout/").status_code == 403
    assert is_signed_in(client)


def test_closing_an_account_ends_its_sessions_and_lets_nobody_in(signed_in, member, client):
    User.objects.filter(pk=member.pk).update(is_active=False)

    assert not is_signed_in(signed_in)
    other = Client()
    assert sign_in(other)["Location"] == "/accounts/inactive/"
    assert other.get("/accounts/inactive/").status_code == 200
    assert not is_signed_in(other)


def test_changing_the_password_ends_the_other_sessions(signed_in, member):
    other = Client()
    sign_in(other)

    answer = signed_in.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert answer.status_code == 302
    assert is_signed_in(signed_in)
    assert not is_signed_in(other)
    assert mail.outbox[-1].subject == "Your password was changed"


def test_changing_the_password_asks_for_the_present_one(signed_in):
    answer = signed_in.post(
        "/accounts/password/change/",
        {"oldpassword": "wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert answer.context["form"].errors["oldpassword"] == ["This is not your present password. Try again."]


def test_passwords_are_told_apart_to_their_last_letter(client, member):
    member.set_password("x" * 127 + "y")
    member.save()

    sign_in(client, password="x" * 127 + "z")
    assert not is_signed_in(client)
    sign_in(client, password="x" * 127 + "y")
    assert is_signed_in(client)


def test_reset_by_the_code_from_the_mail(client, signed_in, member, code_in_mail):
    browser = Client()
    answer = browser.post("/accounts/password/reset/", {"email": "ASHA@example.org"})
    code = code_in_mail()
    answer = browser.post(answer["Location"], {"code": code})
    assert answer["Location"] == "/accounts/password/reset/complete/"
    answer = browser.post(answer["Location"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert answer.status_code == 302
    assert not is_signed_in(signed_in)
    fresh = Client()
    sign_in(fresh, password=PASSWORD)
    assert not is_signed_in(fresh)
    sign_in(fresh, password=NEW_PASSWORD)
    assert is_signed_in(fresh)


def test_reset_code_is_good_once_and_in_its_own_browser(member, code_in_mail):
    browser = Client()
    answer = browser.post("/accounts/password/reset/", {"email": "asha@example.org"})
    code = code_in_mail()
    stranger = Client()
    assert stranger.post(answer["Location"], {"code": code})["Location"] == SIGN_IN_PAGE
    browser.post(answer["Location"], {"code": code})
    browser.post("/accounts/password/reset/complete/", {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    again = browser.post("/accounts/password/reset/complete/", {"password1": PASSWORD, "password2": PASSWORD})

    assert again.status_code == 302
    assert User.objects.get().check_password(NEW_PASSWORD)


def test_reset_code_is_good_for_three_tries(member, code_in_mail):
    browser = Client()
    answer = browser.post("/accounts/password/reset/", {"email": "asha@example.org"})
    for _ in range(3):
        browser.post(answer["Location"], {"code": "BBBB-BBBB"})

    browser.post(answer["Location"], {"code": code_in_mail()})

    assert (
        browser.get("/accounts/password/reset/complete/")["Location"] != "/accounts/password/reset/complete/"
    )


def test_reset_for_an_unknown_address_looks_the_same(member):
    pages = []
    for address in ["asha@example.org", "nobody@example.org"]:
        browser = Client()
        answer = browser.post("/accounts/password/reset/", {"email": address})
        page = browser.get(answer["Location"]).content.decode().replace(address, "ADDRESS")
        pages.append((answer.status_code, answer["Location"], re.sub(r'value="\w{64}"', "", page)))

    assert pages[0] == pages[1]
    assert [message.subject for message in mail.outbox][-1] == "There is no account with this address"


def test_address_is_changed_by_a_code_sent_to_the_new_one(signed_in, member, code_in_mail):
    prove_who(signed_in)
    signed_in.post("/accounts/email/", {"email": "New@example.org", "action_add": "1"})
    assert mail.outbox[-1].to == ["new@example.org"]
    member.refresh_from_db()
    assert member.email == "asha@example.org"

    signed_in.post("/accounts/confirm-email/", {"code": code_in_mail()})

    member.refresh_from_db()
    assert member.email == "new@example.org"
    assert list(member.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("new@example.org", True, True)
    ]


def test_address_of_somebody_else_is_not_taken_over(signed_in, member, other_member, code_in_mail):
    prove_who(signed_in)
    signed_in.post("/accounts/email/", {"email": "ravi@example.org", "action_add": "1"})
    assert mail.outbox[-1].to == ["ravi@example.org"]

    answer = signed_in.post("/accounts/confirm-email/", {"code": code_in_mail()})

    assert answer.context["form"].errors["code"]
    member.refresh_from_db()
    assert member.email == "asha@example.org"


@pytest.mark.django_db(transaction=True)
def test_address_that_two_confirm_in_one_instant_is_one_person_s(
    member, other_member, code_in_mail, monkeypatch
):
    answers = []
    together = threading.Barrier(2)
    plain_check = EmailAddress.can_set_verified

    def check_together(address):
        is_free = plain_check(address)
        together.wait(10)  # both found it free before either row is written
        return is_free

    def confirm(browser, code):
        try:
            answers.append(browser.post("/accounts/confirm-email/", {"code": code}, follow=True))
        finally:
            connections.close_all()

    jobs = []
    for person in (member, other_member):
        cache.clear()  # one address gets one such mail in a few minutes
        browser = Client()
        sign_in(browser, person.username)
        prove_who(browser)
        browser.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})
        jobs.append((browser, code_in_mail()))
    monkeypatch.setattr(EmailAddress, "can_set_verified", check_together)
    threads = [threading.Thread(target=confirm, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert User.objects.filter(email="new@example.org").count() == 1
    assert EmailAddress.objects.filter(email="new@example.org", verified=True).count() == 1
    assert User.objects.filter(email__in=[member.email, other_member.email]).count() == 1


@pytest.mark.parametrize("page", ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"])
def test_what_concerns_safety_asks_for_the_password_again(signed_in, page):
    assert signed_in.get(page)["Location"].startswith("/accounts/reauthenticate/")

    prove_who(signed_in)
    assert signed_in.get(page).status_code == 200

    session = signed_in.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    assert signed_in.get(page)["Location"].startswith("/accounts/reauthenticate/")


def test_new_address_typed_before_the_password_was_asked_is_not_lost(signed_in, member):
    answer = signed_in.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})
    assert mail.outbox == []

    signed_in.post(answer["Location"], {"password": PASSWORD})

    assert mail.outbox[-1].to == ["new@example.org"]


def test_sessions_are_listed_and_the_others_ended(signed_in, member):
    other = Client(headers={"user-agent": "Another Reader"})
    sign_in(other)

    page = signed_in.get("/accounts/sessions/").content.decode()
    assert "Another Reader" in page
    signed_in.post("/accounts/sessions/")

    assert not is_signed_in(other)
    assert is_signed_in(signed_in)


def test_mails_speak_of_the_site_by_its_own_address(client, member, settings):
    settings.ALLOWED_HOSTS = ["*"]

    client.post(
        "/accounts/password/reset/", {"email": "nobody@example.org"}, headers={"host": "evil.example"}
    )

    assert "evil.example" not in mail.outbox[-1].body
    assert settings.SITE_URL + "/accounts/signup/" in mail.outbox[-1].body


def test_refused_sign_in_leaves_one_line_in_the_log(client, member, caplog):
    sign_in(client, "asha\nsign-in refused: login='ravi'", "wrong")

    lines = [record.getMessage() for record in caplog.records if record.name == "mystory.security"]
    assert lines == [r"""sign-in refused: login="asha\nsign-in refused: login='ravi'" address=127.0.0.1"""]
