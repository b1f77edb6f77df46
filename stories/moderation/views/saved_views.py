"""Views of the queue under a name: keep what is shown, rename it, share it, delete it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.models import SavedView, Topic
from stories.models.saved_view import MOST
from stories.moderation.carrying import carried_out
from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.going import to_queue, view_of
from stories.moderation.narrowing import in_words
from stories.moderation.saved_views import Kept
from stories.moderation.view_forms import NewViewForm, ViewNameForm
from stories.permissions import may_change_view, may_share_views
from stories.status import MoveRefused, NoRoom
from stories.workflow.keeping_views import delete_view, keep_view, rename_view, share_view


@editors_only
@require_safe
def saved_views(request: EditorRequest) -> HttpResponse:
    topics = _topics()
    found = [Kept.of(saved, topics) for saved in SavedView.objects.of(request.user)]
    rows = [(kept, may_change_view(request.user, kept.saved)) for kept in found]
    groups = [
        ("Your own", [row for row in rows if row[0].saved.owner_id is not None]),
        ("For all editors", [row for row in rows if row[0].saved.owner_id is None]),
    ]
    return render(request, "stories/moderation/saved_views.html", {"groups": groups, "most": MOST})


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: EditorRequest) -> HttpResponse:
    """Keeps what the address narrows the queue to."""
    view = view_of(request)
    form = NewViewForm(request.POST or None, may_share=may_share_views(request.user))
    said = "The view stands above the queue from now on."
    try:
        if carried_out(request, form, keep_view, lambda _: said, query=view.query):
            return to_queue(request)
    except NoRoom as full:
        form.add_error(None, full.message)
    context = {"form": form, "view": view, "words": in_words(view, topics=_topics())}
    status = 422 if form.is_bound else 200
    return render(request, "stories/moderation/new_saved_view.html", context, status=status)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def saved_view(request: EditorRequest, view_id: int) -> HttpResponse:
    found = _load(request, view_id)
    form = ViewNameForm(request.POST or None, initial={"name": found.name})
    if carried_out(request, form, partial(rename_view, found), lambda _: "The view has its new name."):
        return redirect("moderation:saved_views")
    may_share = found.owner_id is not None and may_share_views(request.user)
    context = {"form": form, "kept": Kept.of(found, _topics()), "may_share": may_share}
    status = 422 if form.is_bound else 200
    return render(request, "stories/moderation/saved_view.html", context, status=status)


@editors_only
@require_POST
def share(request: EditorRequest, view_id: int) -> HttpResponse:
    found = _load(request, view_id)
    try:
        share_view(found, by=request.user)
        messages.success(request, f"All editors see the view “{found.name}” from now on.")
    except MoveRefused as refused:
        messages.warning(request, refused.message)
    return redirect("moderation:saved_views")


@editors_only
@require_POST
def delete(request: EditorRequest, view_id: int) -> HttpResponse:
    found = _load(request, view_id)
    try:
        delete_view(found, by=request.user)
        messages.success(request, f"The view “{found.name}” is deleted. No story is touched by that.")
    except MoveRefused as refused:
        messages.info(request, refused.message)
    return redirect("moderation:saved_views")


def _load(request: EditorRequest, view_id: int) -> SavedView:
    """One that may be changed; anybody else's is not found."""
    found = get_object_or_404(SavedView.objects.of(request.user), pk=view_id)
    if not may_change_view(request.user, found):
        raise Http404
    return found


def _topics() -> dict[str, str]:
    return dict(Topic.objects.values_list("slug", "name"))
