"""Mails about an account: in its member's language, as text and as HTML."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.languages import choose_mail_language


@pytest.mark.usefixtures("fresh_limits")
@pytest.mark.parametrize(("language", "asked"), [("en", "choose a new password"), ("hi", "नया पासवर्ड")])
def test_mails_about_an_account_come_in_its_language_as_text_and_html(author, language, asked):
    choose_mail_language(author, language)

    Client().post("/accounts/password/reset/", {"email": author.email})

    (sent,) = mail.outbox
    ((html, kind),) = sent.alternatives
    assert kind == "text/html"
    assert f'<html lang="{language}" dir="ltr">' in html
    for text in (sent.subject, sent.body, html):
        assert asked in text
    (code,) = re.findall(r"^[A-Z]{4}-[A-Z]{4}$", sent.body, re.MULTILINE)
    assert f"{code}</b>" in html
