"""What every template may say of the site itself: no request, no user, so public pages stay the same for all."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.SITE_NAME,
        "publisher_name": settings.PUBLISHER_NAME,
        "site_url": settings.SITE_URL,
        "demo": settings.DEMO,
    }
