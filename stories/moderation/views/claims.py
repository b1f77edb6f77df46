"""The lease on a submission: take this one, keep it, put it back."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import formats, timezone
from django.views.decorators.http import require_POST

from stories.models import Claim
from stories.moderation.doors import EditorRequest, editors_only, load_claim, load_submission
from stories.moderation.forms import ClaimingForm, HeldForm
from stories.status import AlreadyThere, MoveRefused, Stale
from stories.workflow import claiming


@editors_only
@require_POST
def claim(request: EditorRequest, submission_id: int) -> HttpResponse:
    submission = load_submission(request.user, submission_id)
    form = ClaimingForm(request.POST)
    try:
        with suppress(AlreadyThere):
            if form.is_valid():
                claiming.claim(submission, by=request.user, key=form.cleaned_data["key"])
    except MoveRefused as refused:
        messages.warning(request, refused.message)
    return redirect("moderation:review", submission.pk)


@editors_only
@require_POST
def renew(request: EditorRequest, submission_id: int) -> HttpResponse:
    """Answers the open page with the new end of the lease, and a page without scripts with itself."""
    held = _held(request, submission_id)
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    try:
        renewed = claiming.renew(held, by=request.user)
    except Stale as lost:
        if wants_json:
            return JsonResponse({"message": lost.message}, status=409)
        messages.warning(request, lost.message)
        return redirect("moderation:review", submission_id)
    if wants_json:
        return JsonResponse(_lease(renewed))
    return redirect("moderation:review", submission_id)


@editors_only
@require_POST
def release(request: EditorRequest, submission_id: int) -> HttpResponse:
    held = _held(request, submission_id)
    try:
        claiming.release(held, by=request.user)
        messages.success(request, "The story is back at its old place in the queue.")
    except MoveRefused as refused:
        messages.info(request, refused.message)
    return redirect("moderation:queue")


def _held(request: EditorRequest, submission_id: int) -> Claim:
    """The claim that the page was made under; one that is not named or not one's own is not found."""
    submission = load_submission(request.user, submission_id)
    form = HeldForm(request.POST)
    return load_claim(request.user, submission, form.cleaned_data["claim"] if form.is_valid() else 0)


def _lease(claim: Claim) -> dict[str, str | int]:
    """`seconds` as well, because the clock of the page's machine may be wrong."""
    return {
        "until": formats.time_format(timezone.localtime(claim.expires_at), "H:i"),
        "moment": claim.expires_at.isoformat(),
        "seconds": round((claim.expires_at - timezone.now()).total_seconds()),
    }
