"""The pages that the wiring itself answers: what went wrong, and the demo's mails."""

import urllib.parse

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.mail import EmailMultiAlternatives, get_connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import clear_url_caches, include, path, set_urlconf

from mystory import errors, urls
from mystory.demo import mailbox
from mystory.demo.views import hashes_of_styles
from tests.stories import make_published


def break_down(request):
    raise ValueError("broken")


def take_form(request):
    return HttpResponse("taken")


urlpatterns = [
    *urls.urlpatterns,
    path("broken/", break_down),
    path("form/", take_form),
    path("demo/", include("mystory.demo.urls")),
]
handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.page_not_found, errors.server_error


@pytest.fixture
def here(settings):
    settings.ROOT_URLCONF = __name__
    clear_url_caches()
    yield
    set_urlconf(None)
    clear_url_caches()


def test_site_hooks_its_own_pages_up():
    assert (urls.handler400, urls.handler403, urls.handler404, urls.handler500) == (
        "mystory.errors.bad_request",
        "mystory.errors.permission_denied",
        "mystory.errors.page_not_found",
        "mystory.errors.server_error",
    )


def test_missing_page_is_ours_without_cookie_and_kept_by_nobody(client, db):
    answer = client.get("/no-such-place/")

    assert answer.status_code == 404
    assert "There is no page here" in answer.content.decode()
    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]


def test_broken_page_says_that_nothing_is_lost(here, db):
    answer = Client(raise_request_exception=False).get("/broken/")

    assert answer.status_code == 500
    assert "Whatever was saved before is safe" in answer.content.decode()
    assert "ValueError" not in answer.content.decode()


def test_broken_error_page_still_answers(here, db, monkeypatch):
    monkeypatch.setattr(errors, "site", break_down)

    answer = Client(raise_request_exception=False).get("/broken/")

    assert (answer.status_code, answer["Content-Type"]) == (500, "text/plain; charset=utf-8")


def test_form_from_elsewhere_gets_a_page_that_says_what_to_do(here, db):
    answer = Client(enforce_csrf_checks=True).post("/form/")

    assert answer.status_code == 403
    assert "text/html" in answer["Content-Type"]


def test_host_of_somebody_else_is_refused(db):
    with override_settings(ALLOWED_HOSTS=["stories.example"]):
        assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.fixture
def sent(here, settings, tmp_path, db):
    settings.EMAIL_FILE_PATH = tmp_path
    for subject in ("First <b>", "Second"):
        with get_connection(
            "django.core.mail.backends.filebased.EmailBackend", file_path=str(tmp_path)
        ) as folder:
            mail = EmailMultiAlternatives(
                subject, "Hello,\n\n<i>you</i>", to=["asha@mystory.example"], connection=folder
            )
            mail.attach_alternative('<p style="color: red">Hello</p><script>alert(1)</script>', "text/html")
            mail.send()
    return mailbox.newest(tmp_path)


def test_mails_are_listed_newest_first_and_escaped(client, sent):
    page = client.get("/demo/mail/").content.decode()

    assert {mail.subject for mail in sent} == {"First <b>", "Second"}
    assert "First &lt;b&gt;" in page
    assert "asha@mystory.example" in page


def test_mail_shows_its_text_escaped_and_frames_its_html(client, sent):
    answer = client.get(f"/demo/mail/{sent[0].key}/")
    page = answer.content.decode()

    assert "&lt;i&gt;you&lt;/i&gt;" in page
    assert "alert(1)" not in page
    assert '<iframe class="mail-frame" sandbox' in page
    assert "frame-src 'self'" in answer["Content-Security-Policy"]


def test_html_of_a_mail_can_do_nothing(client, sent):
    answer = client.get(f"/demo/mail/{sent[0].key}/html/")
    policy = answer["Content-Security-Policy"]

    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe-inline" not in policy
    assert hashes_of_styles('<p style="color: red">')[0] in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "key", ["../settings.py-0", "20261122-100000-1.log-9", "x", "..%2f..%2fsecret-key-0"]
)
def test_no_other_file_is_shown_as_a_mail(client, sent, key):
    assert client.get(f"/demo/mail/{urllib.parse.quote(key, safe='')}/").status_code == 404


def test_mails_have_no_address_outside_the_demo(client, db, settings):
    assert not settings.DEMO
    assert client.get("/demo/mail/").status_code == 404


def test_head_has_no_body_for_the_server_to_drop(author, editor, rf):
    """The test's client takes bodies off by itself, so this asks below it."""
    handler, story = WSGIHandler(), make_published(author, editor=editor)

    for asked in ("/", story.path, "/healthz", "/feed/", "/no-such-page/"):
        answer = handler(rf._base_environ(PATH_INFO=asked, REQUEST_METHOD="HEAD"), lambda *said: None)
        assert b"".join(answer) == b"", asked
        assert int(answer.headers["Content-Length"]) > 0, asked
