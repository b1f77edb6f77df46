"""Takes a decision back before anything of it is sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from stories.models import HeldDecision
from stories.moderation.claim_forms import TakeBackForm
from stories.moderation.doors import EditorRequest, editors_only, load_submission
from stories.moderation.going import to_review
from stories.status import AlreadyThere, MoveRefused
from stories.workflow import taking_back


@editors_only
@require_POST
def take_back(request: EditorRequest, submission_id: int) -> HttpResponse:
    """One's own; a colleague's is not found. Leads to the story, with the form as it was sent."""
    submission = load_submission(request.user, submission_id)
    form = TakeBackForm(request.POST)
    own = HeldDecision.objects.filter(submission=submission, decided_by=request.user)
    held = get_object_or_404(
        own.select_related("claim"), pk=form.cleaned_data["held"] if form.is_valid() else 0
    )
    try:
        taking_back.take_back(held, by=request.user)
        messages.success(
            request, "Your decision is taken back. Nothing was sent; the story is with you again."
        )
    except AlreadyThere as there:
        messages.info(request, there.message)
    except MoveRefused as refused:
        messages.warning(request, refused.message)
    return to_review(request, submission.pk)
