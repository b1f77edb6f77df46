"""A mailbox for everybody on this machine: who tries the demo reads here what its members are told."""

import base64
import hashlib
import html
import re
from pathlib import Path

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from mystory.demo import mailbox

STYLE = re.compile(r'<style[^>]*>(.*?)</style>|\sstyle="([^"]*)"', re.DOTALL | re.IGNORECASE)


@never_cache
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mails.html", {"mails": mailbox.newest(Path(settings.EMAIL_FILE_PATH))})


@never_cache
@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # it does pass the key on
def mail(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "demo/mail.html", {"mail": mail_or_404(key)})


@never_cache
@require_safe
@xframe_options_sameorigin
def mail_as_html(request: HttpRequest, key: str) -> HttpResponse:
    """For a frame on our own page: it may show its own styles, and do nothing at all."""
    text = mail_or_404(key).html
    styles = " ".join(("'unsafe-hashes'", *hashes_of_styles(text))) if STYLE.search(text) else "'none'"
    answer = HttpResponse(text)
    answer["Content-Security-Policy"] = (
        f"default-src 'none'; img-src 'self'; style-src {styles}; frame-ancestors 'self'; sandbox"
    )
    return answer


def mail_or_404(key: str) -> mailbox.Mail:
    found = mailbox.find(Path(settings.EMAIL_FILE_PATH), key)
    if found is None:
        raise Http404
    return found


def hashes_of_styles(text: str) -> list[str]:
    """Names each style by its hash, so that the policy needs no unsafe-inline."""
    styles = {inside or html.unescape(attribute) for inside, attribute in STYLE.findall(text)}
    digests = (hashlib.sha256(style.encode()).digest() for style in sorted(styles))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
