import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.joining import forget_old_newcomers
from accounts.models import User
from tests.accounts.conftest import SIGN_UP, is_signed_in

SIGN_UP_PAGE = "/accounts/signup/"
CODE_PAGE = "/accounts/confirm-email/"


def test_sign_up_with_the_code_from_the_mail_signs_in(client, code_in_mail, settings):
    answer = client.post(SIGN_UP_PAGE, SIGN_UP)

    assert (answer.status_code, answer["Location"]) == (302, CODE_PAGE)
    assert not is_signed_in(Client())
    assert client.get("/accounts/settings/")["Location"].startswith("/accounts/login/")
    assert [message.to for message in mail.outbox] == [["asha@example.org"]]

    answer = client.post(CODE_PAGE, {"code": code_in_mail().lower().replace("-", " ")})

    assert (answer.status_code, answer["Location"]) == (302, settings.LOGIN_REDIRECT_URL)
    assert is_signed_in(client)
    user = User.objects.get()
    assert (user.username, user.email, user.terms_version) == (
        "asha",
        "asha@example.org",
        settings.TERMS_VERSION,
    )
    assert user.terms_agreed_at == user.age_confirmed_at
    assert user.terms_agreed_at is not None
    assert EmailAddress.objects.get().verified


def test_sign_up_folds_case(client):
    client.post(SIGN_UP_PAGE, {**SIGN_UP, "username": "AshaRao", "email": "Asha@Example.ORG"})

    user = User.objects.get()
    assert (user.username, user.email) == ("asharao", "asha@example.org")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("age", ""), ("terms", ""), ("email", "asha"), ("email", ""), ("username", "ad-min"), ("username", "a"),
        ("username", "आशा"), ("password1", "short"), ("password1", "password123"), ("password1", "x" * 513),
        ("password1", "asha@example.org"),
    ],
)  # fmt: skip
def test_sign_up_says_at_the_field_what_is_wrong(client, field, value):
    answer = client.post(SIGN_UP_PAGE, {**SIGN_UP, field: value})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("username", ["asha", "ASHA", "a-sha", "a_s_h_a"])
def test_sign_up_with_a_name_like_somebody_elses_is_refused(client, member, username):
    answer = client.post(SIGN_UP_PAGE, {**SIGN_UP, "username": username, "email": "new@example.org"})

    assert answer.context["form"].errors["username"] == [
        "This user name, or one that looks like it, is taken. Choose another one."
    ]


def test_sign_up_ignores_columns_that_the_form_has_not(client):
    client.post(
        SIGN_UP_PAGE,
        {**SIGN_UP, "is_staff": "on", "is_superuser": "on", "groups": "1", "user_permissions": "1"},
    )

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.groups.count()) == (False, False, 0)


def test_sign_up_with_an_address_that_has_an_account_looks_the_same(client, member):
    new = client.post(SIGN_UP_PAGE, {**SIGN_UP, "username": "usha", "email": "new@example.org"})
    new_page = client.get(new["Location"])
    other = Client()
    known = other.post(SIGN_UP_PAGE, {**SIGN_UP, "username": "isha2", "email": "ASHA@example.org"})
    known_page = other.get(known["Location"])

    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert without_tokens(known_page, "asha@example.org") == without_tokens(new_page, "new@example.org")
    assert User.objects.count() == 2
    assert mail.outbox[-1].subject == "You have an account at MyStory"
    assert "http://testserver/accounts/password/reset/" in mail.outbox[-1].body


def without_tokens(answer, address):
    assert answer.status_code == 200
    lines = answer.content.decode().replace(address, "ADDRESS").splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("tries", [3])
def test_sign_up_code_is_good_for_three_tries(client, code_in_mail, tries):
    client.post(SIGN_UP_PAGE, SIGN_UP)
    code = code_in_mail()

    for _ in range(tries):
        client.post(CODE_PAGE, {"code": "BBBB-BBBB"})
    client.post(CODE_PAGE, {"code": code})

    assert not is_signed_in(client)


def test_sign_up_code_of_somebody_else_is_refused(client, code_in_mail):
    client.post(SIGN_UP_PAGE, SIGN_UP)
    code = code_in_mail()
    other = Client()
    other.post(SIGN_UP_PAGE, {**SIGN_UP, "username": "ravi", "email": "ravi@example.org"})

    answer = other.post(CODE_PAGE, {"code": code})

    assert answer.context["form"].errors["code"] == [
        "This is not the code. Look at it once more; the latest one counts."
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"username": "zoom", "email": "a@example.org"}, {"username": "z00m", "email": "b@example.org"}),
        ({"username": "usha", "email": "a@example.org"}, {"username": "ravi", "email": "A@example.org"}),
    ],
)
def test_two_sign_ups_at_once_with_one_name_or_address_both_get_a_page(first, second, monkeypatch):
    together = threading.Barrier(2)
    plain_save = User.save

    def save_together(self, *args, **kwargs):
        together.wait(10)  # both forms were found valid before either row is written
        plain_save(self, *args, **kwargs)

    monkeypatch.setattr(User, "save", save_together)
    answers = [None, None]

    def sign_up(number, words):
        try:
            answers[number] = Client().post(SIGN_UP_PAGE, {**SIGN_UP, **words})
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign_up, args=pair) for pair in enumerate([first, second])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert User.objects.count() == 1
    if first["email"] == "a@example.org" and second["email"] == "A@example.org":
        # The second mail to one address within seconds is one too many: a page of its own, no sign of an account.
        assert sorted(answer.status_code for answer in answers) == [302, 429]
    else:
        loser = next(answer for answer in answers if answer.status_code == 200)
        assert list(loser.context["form"].errors) == ["username"]


def test_starting_over_frees_the_name_of_a_sign_up_that_was_never_confirmed(client):
    client.post(SIGN_UP_PAGE, {**SIGN_UP, "email": "typo@example.org"})

    answer = client.post("/accounts/start-over/")

    assert answer["Location"] == SIGN_UP_PAGE
    assert client.post(SIGN_UP_PAGE, SIGN_UP)["Location"] == CODE_PAGE
    assert [user.email for user in User.objects.all()] == ["asha@example.org"]


def test_starting_over_touches_nobody_who_has_confirmed(signed_in, member):
    signed_in.post("/accounts/start-over/")

    assert User.objects.get() == member


def test_start_over_changes_nothing_on_get(client):
    client.post(SIGN_UP_PAGE, SIGN_UP)

    assert client.get("/accounts/start-over/").status_code == 405
    assert User.objects.count() == 1


def test_newcomers_who_never_confirmed_are_forgotten_after_a_day(client, other_member):
    client.post(SIGN_UP_PAGE, SIGN_UP)
    made_by_command = User.objects.create_user("maker", "maker@example.org")

    assert forget_old_newcomers() == 0
    User.objects.update(date_joined=timezone.now() - timedelta(hours=25))
    assert forget_old_newcomers() == 1

    assert set(User.objects.all()) == {other_member, made_by_command}
