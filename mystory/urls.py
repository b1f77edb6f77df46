"""The map of the site. Each face brings its own table."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("accounts.urls")),
    path("writing/", include("stories.writing.urls")),
    path("preview/", include("stories.writing.preview_urls")),
    path("moderation/", include("stories.moderation.urls")),
    path("admin/", admin.site.urls),
    path("", include("stories.reading.urls")),
]

handler429 = "accounts.views.too_many_requests"
