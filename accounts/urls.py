"""Signing up, signing in, one's profile and settings."""

from django.urls import include, path
from django.views.generic import RedirectView

from accounts import views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account")),
    path("settings/", views.account, name="account"),
    path("profile/", views.profile, name="account_profile"),
    path("username/", views.username, name="account_username"),
    path("terms/", views.terms, name="account_terms"),
    path("signup/", views.sign_up, name="account_signup"),
    path("start-over/", views.start_over, name="account_start_over"),
    path("2fa/totp/picture.svg", views.totp_picture, name="account_totp_picture"),
    path("", include("allauth.urls")),
]
