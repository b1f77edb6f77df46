"""What somebody sees when an address, a right, a form or we ourselves went wrong. Kept by no cache."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.cache import never_cache

from mystory.context import site

logger = logging.getLogger(__name__)


@never_cache
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


@never_cache
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`reason` is Django's, for developers; the page says what a person can do."""
    return render(request, "403_csrf.html", status=403)


@never_cache
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


@never_cache
def server_error(request: HttpRequest) -> HttpResponse:
    """Without a request's context, which may be what failed; without a template when that is what failed."""
    try:
        return HttpResponse(loader.get_template("500.html").render(site(request)), status=500)
    except Exception:
        logger.exception("The page that says that something broke is broken itself.")
        return HttpResponse(
            "Something broke on our side. What you had saved is safe; try again in a minute.",
            status=500,
            content_type="text/plain; charset=utf-8",
        )
