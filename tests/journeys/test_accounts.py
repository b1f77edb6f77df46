"""Somebody signs up, sets up what protects the account, loses the password and comes back; as a person clicks."""

import os
import re
import time
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a lantern over the harbour"
NEW_PASSWORD = "two lanterns over the harbour"
SHOTS = os.environ.get("MYSTORY_SHOTS")


@pytest.fixture(autouse=True)
def fresh_limits(transactional_db):
    cache.clear()


@pytest.fixture
def look(axe):
    """Every page that the journey passes is clean for axe, and kept as a picture when a folder is named."""

    def look_at(page: Page, name: str) -> None:
        assert axe(page) == [], name
        if SHOTS:
            page.set_viewport_size({"width": 360, "height": 740})
            page.screenshot(path=Path(SHOTS) / f"{name}-360.png", full_page=True)
            page.set_viewport_size({"width": 1280, "height": 800})
            page.screenshot(path=Path(SHOTS) / f"{name}-1280.png", full_page=True)

    return look_at


def code_from_mail() -> str:
    found = re.search(r"^([B-Z]{4}-[B-Z]{4})$", mail.outbox[-1].body, re.M)
    assert found, mail.outbox[-1].body
    return found[1]


def code_from_app(secret: str, *, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def sign_up(page: Page, look) -> None:
    page.goto("/accounts/signup/")
    look(page, "sign-up")
    page.get_by_label("E-mail address").fill("meera@example.org")
    page.get_by_label("User name").fill("adm1n")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I am 16").check()
    page.get_by_label("I have read the terms").check()
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_text("This user name is kept for the site.").first).to_be_visible()
    look(page, "sign-up-refused")
    page.get_by_label("User name").fill("meera-pillai")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="Confirm your e-mail address")).to_be_visible()
    look(page, "code")
    page.get_by_label("Code").fill(code_from_mail().lower())
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/writing/")


def prove_who(page: Page, look) -> None:
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    look(page, "is-it-you")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def sign_in(page: Page, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address or user name").fill("meera-pillai")
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


def test_member_signs_up_protects_the_account_and_comes_back(new_context, look, quiet):
    page = new_context().new_page()
    sign_up(page, look)

    page.goto("/accounts/settings/")
    look(page, "settings")
    page.get_by_role("link", name="Profile", exact=True).click()
    page.get_by_label("Name (optional)", exact=True).fill("Meera Pillai")
    page.get_by_label("Link 1: address").fill("https://example.org/meera")
    page.get_by_label("മലയാളം").check()
    page.get_by_role("button", name="Save the profile").click()
    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    look(page, "profile")
    page.goto("/accounts/username/")
    look(page, "username")

    page.goto("/accounts/2fa/")
    look(page, "second-factor")
    page.get_by_role("link", name="Set up an app").click()
    prove_who(page, look)
    page.get_by_role("img", name="The key as a picture").evaluate("image => image.decode()")
    look(page, "authenticator-app")
    secret = page.locator("code").inner_text()
    page.get_by_label("Code that the app shows").fill(code_from_app(secret))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    look(page, "recovery-codes")
    page.goto("/accounts/sessions/")
    look(page, "devices")

    other = new_context().new_page()
    sign_in(other, PASSWORD)
    expect(other.get_by_role("heading", name="Your second factor")).to_be_visible()
    look(other, "second-factor-asked")
    other.get_by_label("Code from your app").fill(code_from_app(secret, step=1))
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url("**/writing/")

    third = new_context().new_page()
    third.goto("/accounts/login/")
    look(third, "sign-in")
    third.get_by_role("link", name="Forgot your password?").click()
    third.get_by_label("E-mail address").fill("meera@example.org")
    look(third, "reset")
    third.get_by_role("button", name="Send me a code").click()
    third.get_by_label("Code").wait_for()
    third.get_by_label("Code").fill(code_from_mail())
    third.get_by_role("button", name="Confirm").click()
    third.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    third.get_by_label("New password, again").fill(NEW_PASSWORD)
    look(third, "new-password")
    third.get_by_role("button", name="Change the password").click()
    expect(third.get_by_role("heading", name="Your password is changed")).to_be_visible()

    page.goto("/accounts/settings/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_member_adds_a_passkey_and_signs_in_with_it_alone(new_context, look, quiet, live_server):
    """Browsers give passkeys to a name only, so the journey goes by localhost."""
    context = new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    sign_up(page, lambda *_: None)
    page.goto("/accounts/2fa/webauthn/add/")
    prove_who(page, lambda *_: None)
    page.get_by_label("It is a passkey").check()
    look(page, "passkey-add")
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url(re.compile(r"recovery-codes|webauthn/$"))
    page.goto("/accounts/2fa/webauthn/")
    look(page, "passkeys")
    expect(page.get_by_text("Passkey", exact=True)).to_be_visible()
    page.goto("/accounts/logout/")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Sign out").click()

    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url("**/writing/")
    page.goto("/accounts/settings/")
    expect(page.get_by_role("heading", name="Your account", exact=True)).to_be_visible()


def test_sign_in_page_says_in_words_that_no_passkey_came(new_context, live_server):
    context = new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('cancelled'))")

    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("Nothing came from the passkey")).to_be_visible()


def test_page_that_asks_for_a_pause_is_clean(page, look):
    for _ in range(6):
        sign_in(page, "wrong")

    expect(page.get_by_role("heading", name="A little too fast")).to_be_visible()
    look(page, "too-fast")
