"""What somebody sees when an address, a right, a form or we ourselves went wrong. Kept by no cache."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist, loader
from django.views import defaults
from django.views.decorators.cache import never_cache

from mystory.context import site


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
    except TemplateDoesNotExist:
        return defaults.server_error(request)
