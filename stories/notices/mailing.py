"""A mail: plain text, and the same as HTML that looks like the site, in the language of who gets it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from stories.prose.languages import language_of


@dataclass(frozen=True)
class Letter:
    """`stop` is the path that turns such mails off, "" where nobody can; `key` makes the Message-ID."""

    to: str
    language: str
    subject: str
    text: str
    link: str
    link_label: str
    key: str
    stop: str = ""


def make_mail(letter: Letter) -> EmailMultiAlternatives:
    """Answers go to the editors. One click at the reader's mail program turns the kind off (RFC 8058)."""
    host = urlsplit(settings.SITE_URL).hostname
    stop = settings.SITE_URL + letter.stop if letter.stop else ""
    context = {
        "letter": letter,
        "language": language_of(letter.language),
        "paragraphs": [paragraph.split("\n") for paragraph in letter.text.split("\n\n")],
        "address": settings.SITE_URL + letter.link,
        "stop": stop,
        "settings_address": f"{settings.SITE_URL}/writing/mails/",
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    headers = {"Message-ID": f"<{letter.key}@{host}>", "Auto-Submitted": "auto-generated"}
    headers["Content-Language"] = letter.language
    if stop:
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    with translation.override(letter.language):
        mail = EmailMultiAlternatives(
            subject=" ".join(letter.subject.split()),
            body=render_to_string("stories/mail/notice.txt", context),
            to=[letter.to],
            reply_to=[settings.EDITORS_MAIL],
            headers=headers,
        )
        mail.attach_alternative(render_to_string("stories/mail/notice.html", context), "text/html")
    return mail
