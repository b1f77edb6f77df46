"""What all public pages have in common: read only, the same for everybody, kept for a moment by what is shared."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

READS = ("GET", "HEAD")
# A browser asks each time and is mostly told "not modified"; what many people share may keep a page this long.
SHARED_SECONDS = 30
KEPT_SHORTLY = f"public, max-age=0, s-maxage={SHARED_SECONDS}"

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Answers only GET and HEAD, marks the answer as one for everybody, and says "not modified" when it is not.

    Without the CSRF check, because there is no form on a public page that changes anything: another
    method is refused before it could.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in READS:
            return HttpResponseNotAllowed(READS)
        return _shared(request, view(request, *args, **kwargs))

    return csrf_exempt(answer)


def _shared(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = KEPT_SHORTLY if response.status_code < 500 else "no-store"
    if response.status_code != 200:
        return response
    etag = f'"{_fingerprint(response.content)}"'
    response.headers["ETag"] = etag
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return response
    return get_conditional_response(request, etag=etag, response=response) or response


def _fingerprint(content: bytes) -> str:
    # In slices: over two kilobytes at once the hash would let another thread go first, and wait for its turn again.
    sums = hashlib.blake2b(digest_size=12)
    for start in range(0, len(content), 2047):
        sums.update(content[start : start + 2047])
    return sums.hexdigest()
