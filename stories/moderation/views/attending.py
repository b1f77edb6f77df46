"""What an open page says of itself: that its reader is there, and what is typed on it."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from stories.moderation.doors import EditorRequest, editors_only, load_submission
from stories.moderation.typed import as_typed, keep_typed
from stories.workflow.attending import attend, go_away


@editors_only
@require_POST
def presence(request: EditorRequest, submission_id: int) -> HttpResponse:
    submission = load_submission(request.user, submission_id)
    if request.POST.get("gone"):
        go_away(submission, by=request.user)
    else:
        attend(submission, by=request.user)
    return HttpResponse(status=204)


@editors_only
@require_POST
def keep(request: EditorRequest, submission_id: int) -> HttpResponse:
    """Saves while the editor types, with or without a claim."""
    submission = load_submission(request.user, submission_id)
    keep_typed(submission, as_typed(request.POST), by=request.user)
    return HttpResponse(status=204)
