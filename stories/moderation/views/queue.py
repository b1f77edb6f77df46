"""The queue, and taking the next story from it."""

from dataclasses import replace
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from stories.moderation.claim_forms import ClaimingForm
from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.filters import QueueFilter
from stories.moderation.going import to_queue, to_review, view_of
from stories.moderation.held import held_for
from stories.moderation.narrowing import NarrowingForm
from stories.moderation.news import Seen
from stories.moderation.proposed import proposed_to
from stories.moderation.queue import queue_for
from stories.permissions import may_free, may_share_views
from stories.workflow.claiming import Narrowing, NothingWaiting, claim_next


@editors_only
@require_safe
def queue(request: EditorRequest) -> HttpResponse:
    seen = Seen.now()  # first: what happens while the page is made is news to it
    view = view_of(request)
    now = timezone.now()
    listed = queue_for(request.user, view=view, cursor=request.GET.get("page", ""), now=now)
    context = {
        "queue": listed,
        "tabs": listed.tabs,
        "saved_tabs": listed.saved_tabs,
        "may_share": may_share_views(request.user),
        "may_free": may_free(request.user),
        "form": NarrowingForm.of(view, topics=listed.topics),
        "key": uuid4(),
        "seen": seen,
        "just_decided": "decided" in request.GET,
        "held": held_for(request.user, now=now),
        "proposed": proposed_to(request.user),
    }
    return render(request, "stories/moderation/queue.html", context)


@editors_only
@require_POST
def take_next(request: EditorRequest) -> HttpResponse:
    form = ClaimingForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The page was too old to take a story from. Nothing was taken; try it here.")
        return to_queue(request)
    view = view_of(request)
    try:
        claim = claim_next(
            by=request.user, key=form.cleaned_data["key"], among=_waiting_in(view, request.user)
        )
    except NothingWaiting as nothing:
        messages.info(request, nothing.message)
        return to_queue(request)
    return to_review(request, claim.submission_id)


def _waiting_in(view: QueueFilter, editor: User) -> Narrowing | None:
    """What a view of the queue leaves of those that wait; all of them when it narrows to another state."""
    view = replace(view, state="")
    if view.is_empty:
        return None
    return lambda waiting: view.apply(waiting, editor=editor, now=timezone.now())
