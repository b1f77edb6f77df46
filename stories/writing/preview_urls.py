"""Previews behind an unguessable address."""

from django.urls import URLPattern

app_name = "preview"
urlpatterns: list[URLPattern] = []
