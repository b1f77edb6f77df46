"""Signing up, signing in, one's profile and settings."""

from django.urls import include, path

urlpatterns = [
    path("", include("allauth.urls")),
]
