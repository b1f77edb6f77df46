"""The lease on a submission: take this one, keep it, put it back, take it over."""

from contextlib import suppress
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from stories.models import Claim, Submission
from stories.moderation.claim_forms import ClaimingForm, HeldForm, TakeOverForm
from stories.moderation.doors import EditorRequest, editors_only, load_claim, load_submission
from stories.moderation.going import to_queue, to_review, view_of
from stories.moderation.leases import said
from stories.status import AlreadyThere, Incomplete, MoveRefused, Stale
from stories.workflow import claiming, taking_over


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
    return to_review(request, submission.pk)


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
        return to_review(request, submission_id)
    if wants_json:
        return JsonResponse(said(renewed.expires_at))
    return to_review(request, submission_id)


@editors_only
@require_POST
def release(request: EditorRequest, submission_id: int) -> HttpResponse:
    held = _held(request, submission_id)
    try:
        claiming.release(held, by=request.user)
        messages.success(request, "The story is back at its old place in the queue.")
    except MoveRefused as refused:
        messages.info(request, refused.message)
    return to_queue(request)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: EditorRequest, submission_id: int) -> HttpResponse:
    """From a colleague who reads it now. The form also stands on the review page; here it is asked again."""
    submission = load_submission(request.user, submission_id)
    form = TakeOverForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask_why(request, submission, form)
    held = get_object_or_404(
        submission.claims.select_related("editor", "submission__story"), pk=form.cleaned_data["claim"]
    )
    try:
        taking_over.take_over(
            held, by=request.user, key=form.cleaned_data["key"], note=form.cleaned_data["note"]
        )
    except AlreadyThere:
        pass
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _ask_why(request, submission, form)
    except Stale as stale:
        form.add_error(None, stale.message)
        return _ask_why(request, submission, form, status=409)
    except MoveRefused as refused:
        messages.warning(request, refused.message)
    return to_review(request, submission.pk)


def _ask_why(
    request: EditorRequest, submission: Submission, form: TakeOverForm, *, status: int = 200
) -> HttpResponse:
    """For the claim that is live now, with what was typed."""
    live = submission.claims.live().select_related("editor").exclude(editor=request.user).first()
    context = {
        "submission": submission,
        "claim": live,
        "form": form,
        "key": uuid4(),
        "view": view_of(request),
    }
    if form.is_bound and status == 200:
        status = 422
    return render(request, "stories/moderation/take_over.html", context, status=status)


def _held(request: EditorRequest, submission_id: int) -> Claim:
    """The claim that the page was made under; one that is not named or not one's own is not found."""
    submission = load_submission(request.user, submission_id)
    form = HeldForm(request.POST)
    return load_claim(request.user, submission, form.cleaned_data["claim"] if form.is_valid() else 0)
