"""The lease on an appeal: take it, keep it, put it back, take it over."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from stories.moderation.claim_forms import ClaimingForm, TakeOverForm
from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.hearings import load_hearing
from stories.moderation.leases import said
from stories.moderation.views.appeals import held_by, show
from stories.status import AlreadyThere, Incomplete, MoveRefused, Stale
from stories.workflow import appeal_claiming


@editors_only
@require_POST
def claim(request: EditorRequest, appeal_id: int) -> HttpResponse:
    found = load_hearing(request.user, appeal_id)
    form = ClaimingForm(request.POST)
    try:
        with suppress(AlreadyThere):
            if form.is_valid():
                appeal_claiming.claim_appeal(found, by=request.user, key=form.cleaned_data["key"])
    except MoveRefused as refused:
        messages.warning(request, refused.message)
    return redirect("moderation:appeal", appeal_id)


@editors_only
@require_POST
def renew(request: EditorRequest, appeal_id: int) -> HttpResponse:
    """Answers the open page with the new end of the lease, and a page without scripts with itself."""
    held = held_by(request, load_hearing(request.user, appeal_id))
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    try:
        renewed = appeal_claiming.renew_appeal(held, by=request.user)
    except Stale as lost:
        if wants_json:
            return JsonResponse({"message": lost.message}, status=409)
        messages.warning(request, lost.message)
        return redirect("moderation:appeal", appeal_id)
    if not wants_json:
        return redirect("moderation:appeal", appeal_id)
    return JsonResponse(said(renewed.expires_at))


@editors_only
@require_POST
def release(request: EditorRequest, appeal_id: int) -> HttpResponse:
    held = held_by(request, load_hearing(request.user, appeal_id))
    try:
        appeal_claiming.release_appeal(held, by=request.user)
        messages.success(request, "The appeal is back at its old place.")
    except MoveRefused as refused:
        messages.info(request, refused.message)
    return redirect("moderation:appeals")


@editors_only
@require_POST
def take_over(request: EditorRequest, appeal_id: int) -> HttpResponse:
    """From a colleague who reads it now, by the form on the appeal's page."""
    found = load_hearing(request.user, appeal_id)
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        return show(request, found, taking=form, status=422)
    claims = found.claims.select_related("editor", "hearing__appeal__story")
    held = get_object_or_404(claims, pk=form.cleaned_data["claim"])
    key, note = form.cleaned_data["key"], form.cleaned_data["note"]
    try:
        with suppress(AlreadyThere):
            appeal_claiming.take_over_appeal(held, by=request.user, key=key, note=note)
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return show(request, found, taking=form, status=422)
    except MoveRefused as refused:
        form.add_error(None, refused.message)
        return show(request, load_hearing(request.user, appeal_id), taking=form, status=409)
    return redirect("moderation:appeal", appeal_id)
