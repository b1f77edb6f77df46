"""Closing one's account, and keeping it after all."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from stories.status import AlreadyThere, MoveRefused
from stories.workflow.closing import begin, live_closing, stakes_of, take_back
from stories.writing.closing import ClosingForm
from stories.writing.doors import MemberRequest, members_only


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@reauthentication_required(allow_get=True)
def closing(request: MemberRequest) -> HttpResponse:
    """Says plainly what happens. To begin it, the password or passkey is asked for anew."""
    if request.method != "POST":
        return _show(request, ClosingForm())
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=400)
    try:
        begun = begin(by=request.user, stories=form.chosen)
    except AlreadyThere as refusal:
        messages.info(request, refusal.message)
    except MoveRefused as refusal:
        form.add_error(None, refusal.message)
        return _show(request, form, status=409)
    else:
        messages.success(request, f"Your account is closed on {begun.ends_on}. Until then you can keep it.")
    return redirect("writing:closing")


@require_POST
@members_only
def keep(request: MemberRequest) -> HttpResponse:
    try:
        take_back(by=request.user)
    except AlreadyThere as refusal:
        messages.info(request, refusal.message)
    else:
        messages.success(
            request,
            "Your account stays. What was taken back from the editors is with you and can be submitted again.",
        )
    return redirect("writing:stories")


def _show(request: MemberRequest, form: ClosingForm, *, status: int = 200) -> HttpResponse:
    page = {"closing": live_closing(request.user), "form": form, "stakes": stakes_of(request.user)}
    return render(request, "stories/writing/closing.html", page, status=status)
