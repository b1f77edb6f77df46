"""The queue, and taking the next story from it."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.filters import QueueFilter
from stories.moderation.forms import ClaimingForm
from stories.moderation.narrowing import NarrowingForm
from stories.moderation.queue import queue_for
from stories.workflow.claiming import NothingWaiting, claim_next


@editors_only
@require_safe
def queue(request: EditorRequest) -> HttpResponse:
    view = QueueFilter.read(request.GET)
    listed = queue_for(request.user, view=view, cursor=request.GET.get("page", ""), now=timezone.now())
    context = {
        "queue": listed,
        "tabs": listed.tabs,
        "form": NarrowingForm.of(view, topics=listed.topics),
        "key": uuid4(),
        "just_decided": "decided" in request.GET,
    }
    return render(request, "stories/moderation/queue.html", context)


@editors_only
@require_POST
def take_next(request: EditorRequest) -> HttpResponse:
    form = ClaimingForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The page was too old to take a story from. Nothing was taken; try it here.")
        return redirect("moderation:queue")
    try:
        claim = claim_next(by=request.user, key=form.cleaned_data["key"])
    except NothingWaiting as nothing:
        messages.info(request, nothing.message)
        return redirect("moderation:queue")
    return redirect("moderation:review", claim.submission_id)
