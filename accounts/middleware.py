"""Two rules: an answer that depends on who asks is kept by nobody; editors bring a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from accounts.roles import CHIEF_EDITORS, EDITORS

Handler = Callable[[HttpRequest], HttpResponseBase]

EDITORS_PATHS = ("/moderation/", "/admin/")
ACCOUNTS_PATH = "/accounts/"


def never_keep_private_pages(get_response: Handler) -> Handler:
    """Stands outside SessionMiddleware: a page that looked at the session is neither shared nor stored.

    Public pages do not look, so this touches neither them nor their cookies.
    """

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        session = getattr(request, "session", None)
        asked_who = session is not None and session.accessed
        if asked_who or (request.path.startswith(ACCOUNTS_PATH) and "Cache-Control" not in response):
            add_never_cache_headers(response)
        return response

    return handle


def ask_editors_for_second_factor(get_response: Handler) -> Handler:
    """Sends an editor without a second factor to the page that sets one up, before any editors' page."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if (
            settings.REQUIRE_SECOND_FACTOR_FOR_EDITORS
            and request.path.startswith(EDITORS_PATHS)
            and _lacks_second_factor(request)
        ):
            messages.info(
                request,
                "Editors sign in with a second factor. Set one up here; then the editors' pages open.",
            )
            return redirect("mfa_index")
        return get_response(request)

    return handle


def _lacks_second_factor(request: HttpRequest) -> bool:
    user = request.user
    if not user.is_authenticated:
        return False
    is_editor = user.is_staff or user.groups.filter(name__in=[EDITORS, CHIEF_EDITORS]).exists()
    return is_editor and not is_mfa_enabled(user)
