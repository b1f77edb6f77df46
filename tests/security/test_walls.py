"""What stands round every answer: headers, cookies, hosts, methods, and what a shared cache may keep."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from stories.models import Picture, Story
from tests.cast import PASSWORD, one_of_the_cast
from tests.security.forms import FORMS
from tests.stories import make_published

PUBLIC = (
    "/", "/latest/", "/topics/", "/topics/work/", "/search/?q=oven", "/feed/", "/feed/rss/", "/feed/json/",
    "/topics/work/feed/", "/sitemap.xml", "/sitemap-0.xml", "/sitemap-pages.xml", "/robots.txt",
    "/.well-known/security.txt", "/authors/asha-rao/", "/authors/asha-rao/feed/", "/accounts/terms/",
    "/about/moderation/", "/about/moderation/figures.csv",
)  # fmt: skip
PRIVATE = (
    "/writing/",
    "/writing/new/",
    "/writing/notices/",
    "/accounts/settings/",
    "/accounts/profile/",
    "/personal/",
)
MISSING = (
    "/no-such-page/",
    "/stories/none/",
    "/media/none.webp",
    "/static/none.css",
    "/moderation/",
    "/preview/x/",
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
)
HTTPS = {
    "SECURE_HSTS_SECONDS": 31536000, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True, "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True, "SESSION_COOKIE_NAME": "__Host-session", "CSRF_COOKIE_NAME": "__Host-csrf",
}  # fmt: skip
# What a request may say of itself without being believed.
UNKEYED = {
    "X-Forwarded-Host": "evil.example", "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "1337", "X-Original-URL": "/admin/", "X-Rewrite-URL": "/admin/", "X-Host": "evil.example",
    "Forwarded": "host=evil.example;proto=https", "X-HTTP-Method-Override": "DELETE", "Accept-Language": "ur",
    "Cookie": "theme=x; session=forged; csrf=forged; messages=x", "User-Agent": '"><script>',
    "Accept": "application/json",
    "X-Requested-With": "XMLHttpRequest", "Range": "bytes=0-3", "Origin": "https://evil.example", "Referer": "https://evil",
}  # fmt: skip


@pytest.fixture(scope="module")
def stood(standing):
    return make_published(one_of_the_cast("author"), editor=one_of_the_cast("editor"))


@pytest.fixture
def story(stood, db):
    """Published once for all tests of this file."""
    return Story.objects.get(pk=stood.pk)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("who", ["anonymous", "author"])
def test_every_answer_carries_the_headers(story, author, who):
    client = Client(raise_request_exception=False)
    if who == "author":
        client.force_login(author)

    for path in (*PUBLIC, *PRIVATE, *MISSING, story.path):
        answer = client.get(path)
        assert {name: answer.get(name) for name in HEADERS} == HEADERS, path
        policy = answer["Content-Security-Policy"]
        assert all(part in policy for part in POLICY), path
        assert "unsafe" not in policy, path
        assert "camera=()" in answer["Permissions-Policy"], path
        assert "Server" not in answer, path
        assert "X-Powered-By" not in answer, path
        content_type = answer.get("Content-Type", "")
        if content_type.startswith("text/"):
            assert "charset=utf-8" in content_type, path


def test_broken_page_and_refused_form_carry_the_headers(db, monkeypatch):
    monkeypatch.setattr("stories.reading.lists._cards", lambda: 1 / 0)
    broken = Client(raise_request_exception=False).get("/")
    refused = Client(enforce_csrf_checks=True).post("/accounts/login/")
    with override_settings(ALLOWED_HOSTS=["stories.example"]):
        elsewhere = Client().get("/")

    for answer, status in ((broken, 500), (refused, 403), (elsewhere, 400)):
        assert answer.status_code == status
        assert {name: answer.get(name) for name in HEADERS} == HEADERS
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]


@override_settings(**HTTPS)
def test_https_is_told_for_a_year_on_every_kind_of_answer(story):
    for path in (
        "/",
        story.path,
        "/no-such-page/",
        "/accounts/login/",
        "/feed/",
        "/media/none.webp",
        "/writing/",
    ):
        told = Client().get(path, secure=True)["Strict-Transport-Security"]
        assert told == "max-age=31536000; includeSubDomains", path


@pytest.mark.usefixtures("fresh_limits")
@pytest.mark.parametrize("secure", [False, True])
def test_cookies_are_for_this_site_and_no_script(author, secure):
    with override_settings(**(HTTPS if secure else {})):
        client = Client()
        sent = {"login": author.username, "password": PASSWORD, "remember": "on"}
        answers = [
            client.get("/accounts/login/", secure=secure),
            client.post("/accounts/login/", sent, secure=secure),
        ]
        cookies = {name: morsel for answer in answers for name, morsel in answer.cookies.items()}

    assert set(cookies) == ({"__Host-session", "__Host-csrf"} if secure else {"session", "csrf"})
    for morsel in cookies.values():
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"
        assert morsel["path"] == "/"
        assert not morsel["domain"]
        assert bool(morsel["secure"]) is secure


@pytest.mark.usefixtures("fresh_limits")
def test_session_of_somebody_else_is_not_taken_over(author):
    """A session id that was planted before signing in is not the one after it, and opens nothing."""
    planted = Client()
    planted.get("/accounts/login/")
    session = planted.session
    session["planted"] = "1"
    session.save()
    planted.cookies["session"] = session.session_key
    victim = Client()
    victim.cookies["session"] = session.session_key

    victim.post("/accounts/login/", {"login": author.username, "password": PASSWORD})

    assert victim.cookies["session"].value != session.session_key
    assert planted.get("/writing/").status_code == 302


@pytest.mark.usefixtures("fresh_limits")
def test_old_cookie_opens_nothing_after_signing_out(author):
    client, thief = Client(), Client()
    client.post("/accounts/login/", {"login": author.username, "password": PASSWORD})
    thief.cookies["session"] = client.cookies["session"].value
    assert thief.get("/writing/").status_code == 200

    client.post("/accounts/logout/")

    assert thief.get("/writing/").status_code == 302


def test_public_pages_are_the_same_for_everybody(story, author):
    member = Client()
    member.force_login(author)

    for path in (*PUBLIC, story.path):
        plain = Client().get(path)
        assert plain.status_code == 200, path
        assert plain.cookies == {}, path
        assert "Cookie" not in plain.get("Vary", ""), path
        assert b"csrf" not in body(plain).lower(), path
        assert body(member.get(path)) == plain.content, path
        assert member.get(path).cookies == {}, path


def test_what_a_request_says_of_itself_changes_no_public_page(story):
    for path in ("/", story.path, "/latest/", "/feed/", "/search/?q=oven", "/no-such-page/", "/sitemap.xml"):
        plain = Client().get(path)
        for name, value in UNKEYED.items():
            answer = Client().get(path, headers={name: value})
            assert (answer.status_code, answer.content) == (plain.status_code, plain.content), (path, name)
            assert answer.get("Cache-Control") == plain.get("Cache-Control"), (path, name)


@override_settings(SITE_URL="https://stories.example")
def test_whole_addresses_come_from_the_settings(story):
    for path in ("/", story.path, "/feed/", "/feed/rss/", "/feed/json/", "/sitemap.xml", "/robots.txt"):
        answer = Client().get(path, headers={"host": "other.example", "x-forwarded-host": "evil.example"})
        assert b"other.example" not in answer.content, path
        assert b"evil.example" not in answer.content, path


def test_private_pages_are_kept_by_nobody(author):
    client = Client()
    client.force_login(author)

    for path in PRIVATE:
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_deceiving_spellings_show_no_private_page(author, story):
    """A cache that keeps whatever looks like a style sheet must not be handed somebody's page."""
    client = Client()
    client.force_login(author)
    spellings = (
        "a.css",
        ";a.css",
        "%2ea.css",
        "%0a.css",
        "%00.css",
        "..%2fa.css",
        "?a.css",
        "#.css",
        "%3b.js",
        ".",
        "//",
    )

    for path in (f"/writing/{story.pk}/", "/writing/", "/accounts/settings/", "/personal/", "/moderation/"):
        for end in spellings:
            for asked in (path + end, path.rstrip("/") + end, f"/{path}", path.upper()):
                answer = client.get(asked)
                if answer.status_code == 200:
                    is_kept_by_nobody = "no-store" in answer["Cache-Control"]
                    assert is_kept_by_nobody or answer.content == Client().get(asked).content, asked
                else:
                    assert author.email.encode() not in answer.content, asked
                    assert answer.get("Location", "/").startswith("/"), asked
                    assert not answer.get("Location", "/").startswith("//"), asked


def test_other_methods_are_refused_everywhere(things):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    for path in (
        "/",
        "/writing/",
        "/accounts/login/",
        f"/stories/{things['slug']}/",
        "/feed/",
        "/media/x.webp",
        "/none/",
    ):
        for method in ("TRACE", "TRACK", "PUT", "PATCH", "DELETE", "FOO", "CONNECT", "PROPFIND"):
            answer = client.generic(method, path, data="x", HTTP_COOKIE="session=secret-value")
            assert answer.status_code in {302, 403, 404, 405}, (method, path, answer.status_code)
            assert b"secret-value" not in answer.content, (method, path)


@pytest.mark.usefixtures("fresh_limits")
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_form_needs_its_token_and_an_origin_of_ours(things, state, request, form):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if form.who != "anonymous":
        client.force_login(request.getfixturevalue(form.who))
    client.get("/accounts/password/reset/")
    client.get("/accounts/login/")
    page = Client(enforce_csrf_checks=True).get("/accounts/login/")
    token = page.cookies["csrf"].value
    client.cookies["csrf"] = token
    data = {**form.data(things)}
    before = state()

    tries = {
        "none": client.post(form.path(things), data),
        "wrong": client.post(form.path(things), {**data, "csrfmiddlewaretoken": "a" * 64}),
        "elsewhere": client.post(
            form.path(things),
            {**data, "csrfmiddlewaretoken": token},
            headers={"origin": "https://evil.example"},
        ),
        "nowhere": client.post(
            form.path(things), {**data, "csrfmiddlewaretoken": token}, headers={"origin": "null"}
        ),
    }

    assert {name: answer.status_code for name, answer in tries.items()} == dict.fromkeys(tries, 403)
    assert state() == before


def test_head_answers_with_the_headers_of_get(story):
    for path in (*PUBLIC, story.path, "/no-such-page/", "/healthz"):
        got, looked = Client().get(path), Client().head(path)
        assert looked.status_code == got.status_code, path
        assert dict(looked.headers) == dict(got.headers), path
        assert looked.content == b"", path


def test_missing_picture_tells_no_more_to_who_guesses_its_name(author, own_media):
    """Whether a picture is there is said before anything that the asker brought is compared."""
    for headers in (
        {},
        {"if-none-match": '"pictures/none.webp"'},
        {"if-none-match": "*"},
        {"range": "bytes=0-1"},
    ):
        assert Client().get("/media/pictures/none.webp", headers=headers).status_code == 404

    for name in (
        "../secret-key",
        "pictures/../../secret-key",
        "pictures/%2e%2e/secret-key",
        "pictures//etc/passwd",
        "x.svg",
    ):
        assert Client().get(f"/media/{name}").status_code == 404
    assert Picture.objects.count() == 0


def test_sign_in_page_leads_back_here_alone(author):
    bad = (
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\t//evil.example",
        "http:evil.example",
    )
    for address in bad:
        client = Client()
        client.force_login(author)
        for name in ("account_login", "account_logout", "account_signup", "account_reauthenticate"):
            answer = client.get(reverse(name), {"next": address})
            assert "evil" not in answer.get("Location", ""), (name, address)
