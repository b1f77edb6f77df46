"""The map of the site. Each face brings its own table."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("accounts.urls")),
    path("writing/", include("stories.writing.urls")),
    path("preview/", include("stories.writing.preview_urls")),
    path("moderation/", include("stories.moderation.urls")),
    path("admin/", admin.site.urls),
    path("", include("stories.reading.urls")),
]

if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("mystory.demo.urls")))

handler400 = "mystory.errors.bad_request"
handler403 = "mystory.errors.permission_denied"
handler404 = "mystory.errors.page_not_found"
handler500 = "mystory.errors.server_error"
handler429 = "accounts.views.too_many_requests"
