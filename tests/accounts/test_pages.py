import os
import subprocess
import sys

import pytest
from django.test import Client

from accounts.models import User
from accounts.profiles import change

DOORS = ["login/", "signup/", "password/reset/", "inactive/"]
OWN = [
    "settings/", "profile/", "username/", "email/", "password/change/", "sessions/", "2fa/", "logout/",
    "2fa/webauthn/", "2fa/recovery-codes/generate/", "reauthenticate/",
]  # fmt: skip


@pytest.mark.parametrize("path", OWN)
def test_own_page_opens_for_its_owner_and_sends_others_to_the_door(signed_in, path):
    owner = signed_in.get(f"/accounts/{path}", follow=True)
    stranger = Client().get(f"/accounts/{path}")

    assert owner.status_code == 200
    assert stranger.status_code == 302


@pytest.mark.parametrize("path", DOORS + OWN)
def test_accounts_page_is_kept_by_nobody(signed_in, path):
    for client in (signed_in, Client()):
        answer = client.get(f"/accounts/{path}")

        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]


def test_accounts_pages_never_change_anything_on_get_nor_fail_on_odd_methods(signed_in):
    before = User.objects.values().get()
    for path in DOORS + OWN:
        for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "FOO"):
            assert signed_in.generic(method, f"/accounts/{path}").status_code < 500

    after = User.objects.values().get()
    assert after == before


def test_terms_page_is_public_without_cookie_and_may_be_kept(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/accounts/terms/")

    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert "public" in answer["Cache-Control"]
    assert "no-store" not in answer["Cache-Control"]


def test_terms_page_is_the_same_for_somebody_signed_in(signed_in):
    assert signed_in.get("/accounts/terms/").content == Client().get("/accounts/terms/").content


def test_cookies_are_bound_to_host_and_scheme_over_https():
    """Read from a fresh start, because the names are chosen when the settings are read."""
    program = (
        "from mystory import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.REQUIRE_SECOND_FACTOR_FOR_EDITORS)"
    )
    environment = {**os.environ, "MYSTORY_SITE_URL": "https://stories.example"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["__Host-session", "__Host-csrf", "True", "True", "True", "Lax", "True"]


def test_cookie_of_a_session_is_closed_to_scripts_and_other_sites(signed_in):
    cookie = signed_in.cookies["session"]

    assert (bool(cookie["httponly"]), cookie["samesite"], cookie["path"], cookie["domain"]) == (
        True,
        "Lax",
        "/",
        "",
    )


PROFILE = {
    "display_name": "आशा राव",
    "bio": "I write about rivers.",
    "languages": ["hi", "en"],
    "link_label_1": "",
    "link_url_1": "https://example.org/asha",
}


def test_profile_is_saved_and_shown_again(signed_in, member):
    answer = signed_in.post("/accounts/profile/", PROFILE, follow=True)

    member.refresh_from_db()
    assert (member.name, member.bio, member.languages) == ("आशा राव", "I write about rivers.", ["hi", "en"])
    assert member.links == [{"label": "example.org", "url": "https://example.org/asha"}]
    assert "Your profile is saved." in answer.content.decode()
    assert 'value="https://example.org/asha"' in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", "<script>alert(1)</script>"), ("bio", "x" * 301), ("languages", ["xx"]),
        ("link_url_1", "javascript:alert(1)"), ("link_url_1", "http://example.org"), ("link_label_1", "x" * 41),
    ],
)  # fmt: skip
def test_profile_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(signed_in, member, field, value):
    answer = signed_in.post("/accounts/profile/", {**PROFILE, field: value})

    assert list(answer.context["form"].errors) == [field]
    assert "I write about rivers." in answer.content.decode() or field == "bio"
    member.refresh_from_db()
    assert member.bio == ""


def test_profile_form_changes_nothing_else(signed_in, member):
    signed_in.post(
        "/accounts/profile/", {**PROFILE, "is_staff": "on", "username": "boss", "email": "boss@example.org"}
    )

    member.refresh_from_db()
    assert (member.is_staff, member.username, member.email) == (False, "asha", "asha@example.org")


def test_user_name_is_changed_on_its_page(signed_in, member):
    signed_in.post("/accounts/username/", {"username": "Asha-Rao"})

    member.refresh_from_db()
    assert member.username == "asha-rao"


@pytest.mark.parametrize("username", ["rav1", "admin", "a b"])
def test_user_name_that_may_not_be_is_refused_on_its_page(signed_in, member, other_member, username):
    answer = signed_in.post("/accounts/username/", {"username": username})

    assert list(answer.context["form"].errors) == ["username"]
    member.refresh_from_db()
    assert member.username == "asha"


def test_hidden_words_of_a_member_come_out_escaped(signed_in, member):
    change(member, display_name="Asha", bio="<img src=x onerror=alert(1)>", links=[], languages=[], by=member)

    assert "<img src=x" not in signed_in.get("/accounts/profile/").content.decode()


def test_admin_site_has_no_door_of_its_own(client, db):
    answer = client.get("/admin/login/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_admin_site_looks_up_and_closes_accounts_and_changes_nothing_else(client, member):
    boss = User.objects.create_superuser("boss-of-it", "boss@example.org", "x")
    client.force_login(boss)
    assert client.get("/admin/accounts/user/", {"q": "asha"}).status_code == 200
    page = client.get(f"/admin/accounts/user/{member.pk}/change/")
    assert "password" not in page.content.decode().lower().replace("password_change", "").replace(
        "change password", ""
    )

    client.post(
        f"/admin/accounts/user/{member.pk}/change/",
        {
            "is_active": "",
            "username": "other",
            "email": "other@example.org",
            "is_staff": "on",
            "password": "x",
        },
    )

    member.refresh_from_db()
    assert (member.is_active, member.username, member.email, member.is_staff) == (
        False, "asha", "asha@example.org", False
    )  # fmt: skip
    assert client.get("/admin/accounts/user/add/").status_code == 403
    assert client.get(f"/admin/accounts/user/{member.pk}/delete/").status_code == 403
