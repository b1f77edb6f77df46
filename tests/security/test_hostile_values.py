"""Hostile values in every field of every form and in every query: an answer each time, and soon; nothing half done.

MYSTORY_ALL_VALUES=1 puts every value into every field, which takes some minutes.
"""

import html
import os
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.security.forms import FORMS, Sent
from tests.security.hostile_values import FORM, SHORT, VALUES, encoded

ALL = bool(os.environ.get("MYSTORY_ALL_VALUES"))
PROCESSOR_SECONDS = 2.0
PARAMETERS = (
    *(
        "q",
        "cursor",
        "page",
        "language",
        "next",
        "key",
        "seen",
        "version",
        "up_to",
        "action",
        "editor",
        "author",
    ),
    *(
        "story",
        "decided",
        "email",
        "code",
        "o",
        "p",
        "all",
        "_popup",
        "e",
        "is_open__exact",
        "date_joined__year",
    ),
)
# What a page cannot show again as it was typed, or is not asked to.
NOT_SHOWN_AGAIN = {
    "nul",
    "controls",
    "surrogate",
    "header",
    "log",
    "blank",
    "empty",
    "noncharacter",
    "closing",
}


class Timed:
    """A visitor whose answers must come, and within the time; what a request wrote is taken back after it."""

    def __init__(self, user) -> None:
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)
        self.signed_in = dict(self.client.cookies)
        self.failures: list[str] = []

    def ask(self, what: str, path: str, **request) -> object:
        self.client.cookies = SimpleCookie({name: morsel.value for name, morsel in self.signed_in.items()})
        begun = time.process_time()
        with transaction.atomic():
            answer = self.client.generic(request.pop("method", "POST"), path, **request)
            transaction.set_rollback(True)
        spent = time.process_time() - begun
        if answer.status_code >= 500 or spent > PROCESSOR_SECONDS:
            self.failures.append(f"{what}: {answer.status_code} in {spent:.1f} s")
        return answer


def visitor(request: pytest.FixtureRequest, who: str) -> Timed:
    return Timed(None if who == "anonymous" else request.getfixturevalue(who))


def leads_here(answer) -> bool:
    """As browsers read it: a backslash is a slash to them, and white space before an address is nothing."""
    location = answer.headers.get("Location", "/").strip().replace("\\", "/")
    return urlsplit(urljoin("http://testserver/x/", location)).netloc == "testserver"


def chosen(number: int, values: dict[str, str], share: int) -> list[tuple[str, str]]:
    """All values, or every `share`th, beginning where the field before ended."""
    return list(values.items()) if ALL else list(values.items())[number % share :: share]


@pytest.mark.usefixtures("fresh_limits")
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_no_value_breaks_a_form(things, request, form: Sent):
    visit = visitor(request, form.who)
    whole = {name: str(value) for name, value in form.data(things).items()}

    for number, field in enumerate((*whole, *form.extra)):
        for name, value in chosen(number, VALUES, 18):
            sent = encoded({**whole, field: value}.items())
            answer = visit.ask(f"{field}={name}", form.path(things), data=sent, content_type=FORM)
            assert leads_here(answer), (field, name, answer["Location"][:100])
            is_refused = answer.status_code in {400, 409, 422}
            if is_refused and field in form.text and name in set(SHORT) - NOT_SHOWN_AGAIN:
                page = html.unescape(answer.content.decode())
                assert " ".join(value.split())[:60] in " ".join(page.split()), (field, name)

    assert visit.failures == []


def test_forms_are_all_known():
    """An address that takes POST is in the list above, or is known to take nothing."""
    without_fields = {
        "account_start_over", "account_set_password", "account_confirm_login_code", "account_complete_password_reset",
        "mfa_reauthenticate", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_remove_webauthn",
        "mfa_edit_webauthn",
    }  # fmt: skip
    looked_at = {
        "account", "account_terms", "account_inactive", "account_totp_picture", "account_password_reset_completed",
        "mfa_index", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn",
    }  # fmt: skip
    names = {name for name, _ in named_addresses() if name.startswith(("account", "mfa", "usersessions"))}

    assert names - looked_at - without_fields == {
        form.name for form in FORMS if form.name.startswith(("account", "mfa", "usersessions"))
    }


@pytest.mark.usefixtures("fresh_limits")
@pytest.mark.parametrize("who", ["anonymous", "author", "chief_editor"])
def test_no_value_breaks_a_query(things, request, who):
    visit = visitor(request, who)
    for number, (name, gaps) in enumerate(named_addresses()):
        if not set(gaps) <= set(things):
            continue
        path = reverse(name, kwargs={gap: things[gap] for gap in gaps})
        for value, text in chosen(number, VALUES, 28):
            query = encoded((parameter, text[:150]) for parameter in PARAMETERS)
            answer = visit.ask(f"{name} ?{value}", f"{path}?{query}", method="GET")
            assert leads_here(answer), (name, answer["Location"][:100])

    assert visit.failures == []


@pytest.mark.parametrize("who", ["anonymous", "author", "editor"])
def test_no_value_breaks_an_address(things, request, who):
    """In the place of a number, a slug, a name or a key."""
    visit = visitor(request, who)
    for number, (name, gaps) in enumerate(named_addresses()):
        for gap in gaps:
            if name.startswith("admin:") or gap not in things:
                continue
            whole = reverse(name, kwargs={each: things[each] for each in gaps})
            good = str(things[gap])
            for value, text in chosen(number, VALUES, 18):
                path = whole.replace(f"/{good}", f"/{encoded([('', text[:3000])])[1:]}", 1)
                path = path.replace("+", "%20")
                visit.ask(f"{name} {gap}={value}", path, method="GET")

    assert visit.failures == []


def named_addresses() -> list[tuple[str, tuple[str, ...]]]:
    return sorted(set(_walk(get_resolver(), "", ())))


def _walk(resolver: URLResolver, above: str, gaps: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        inside = (*gaps, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern, above + namespace, inside)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield above + pattern.name, inside
