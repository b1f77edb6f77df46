"""The pages of one's account that allauth has not: profile, user name, terms, the QR code, "too often"."""

from allauth.account.decorators import reauthentication_required
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.account.views import SignupView as AllauthSignupView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import joining, names, profiles
from accounts.models import User
from accounts.profile_forms import ProfileForm, UsernameForm


class SignupView(AllauthSignupView):
    """allauth's, but a user name that somebody took in the same moment is an error at its field."""

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error("username", error)
            return self.form_invalid(form)


sign_up = sensitive_post_parameters("password1")(SignupView.as_view())


@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """From the page that waits for a code: a sign-up that was never confirmed is undone, and its name is free.

    Where the sign-up was to lead, an invitation for example, the next one leads too.
    """
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    newcomer = stage.login.user if stage and stage.login.signup else None
    logout(request)
    if isinstance(newcomer, User):
        joining.forget_newcomer(newcomer)
    leads_to = {"next": stage.login.redirect_url} if stage and stage.login.redirect_url else {}
    return redirect(reverse("account_signup", query=leads_to))


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/settings.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    member = _member(request)
    form = ProfileForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        profiles.change(
            member,
            display_name=form.cleaned_data["display_name"],
            bio=form.cleaned_data["bio"],
            links=form.cleaned_data["links"],
            languages=form.cleaned_data["languages"],
            by=member,
        )
        messages.success(request, "Your profile is saved. Readers see it from now on.")
        return redirect("account_profile")
    return render(request, "accounts/profile.html", {"form": form, "member": member})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def username(request: HttpRequest) -> HttpResponse:
    member = _member(request)
    form = UsernameForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        try:
            names.rename(member, username=form.cleaned_data["username"], by=member)
        except ValidationError as error:
            form.add_error("username", error)
        else:
            messages.success(request, f"Your user name is {member.username} now.")
            return redirect("account_profile")
    return render(request, "accounts/username.html", {"form": form, "member": member})


@require_safe
@cache_control(public=True, max_age=3600)
def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/terms.html", {"terms_version": settings.TERMS_VERSION})


@require_safe
@reauthentication_required(app="allauth.mfa")
def totp_picture(request: HttpRequest) -> HttpResponse:
    """The secret that the page of this session shows, as a picture that the content policy lets in."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    drawing = adapter.build_totp_svg(adapter.build_totp_url(_member(request), secret))
    return HttpResponse(drawing, content_type="image/svg+xml")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """As long as the longest of the limits counts."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "300"
    return response


def _member(request: HttpRequest) -> User:
    member = request.user
    if not isinstance(member, User):
        raise Http404
    return member
