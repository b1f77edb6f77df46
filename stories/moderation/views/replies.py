"""Prepared replies: read them, write one, change it, retire it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.models import PreparedReply
from stories.moderation.carrying import carried_out
from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.refusing import refused_by, sent_again
from stories.moderation.reply_forms import ChangedReplyForm, NewReplyForm
from stories.permissions import may_change_reply, may_share_replies
from stories.prose.languages import language_of
from stories.status import MoveRefused, Stale
from stories.workflow.preparing import change_reply, offer_reply_again, retire_reply, write_reply


@editors_only
@require_safe
def replies(request: EditorRequest) -> HttpResponse:
    found = list(PreparedReply.objects.of(request.user))
    rows = [(reply, language_of(reply.language), may_change_reply(request.user, reply)) for reply in found]
    groups = [
        ("Your own", [row for row in rows if row[0].owner_id is not None]),
        ("For all editors", [row for row in rows if row[0].owner_id is None]),
    ]
    return render(request, "stories/moderation/replies.html", {"groups": groups})


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: EditorRequest) -> HttpResponse:
    form = NewReplyForm(request.POST or None, may_share=may_share_replies(request.user))
    said = "The reply can be inserted into notes from now on."
    if carried_out(request, form, write_reply, lambda _: said, is_shared=False):
        return redirect("moderation:replies")
    status = 422 if form.is_bound else 200
    return render(request, "stories/moderation/reply.html", {"form": form}, status=status)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: EditorRequest, reply_id: int) -> HttpResponse:
    found = _load(request, reply_id)
    initial = {name: getattr(found, name) for name in ("name", "language", "text")}
    form = ChangedReplyForm(request.POST or None, initial={**initial, "up_to": found.edition})
    said = "The reply is changed. What was sent before stays as it was."
    context: dict[str, object] = {"form": form, "reply": found}
    try:
        if carried_out(request, form, partial(change_reply, found), lambda _: said):
            return redirect("moderation:replies")
    except Stale as stale:
        found.refresh_from_db()
        context["form"] = sent_again(form, up_to=found.edition)
        context["refused"] = refused_by(stale, form, in_form=True)
        return render(request, "stories/moderation/reply.html", context, status=409)
    status = 422 if form.is_bound else 200
    return render(request, "stories/moderation/reply.html", context, status=status)


@editors_only
@require_POST
def retire(request: EditorRequest, reply_id: int) -> HttpResponse:
    """Takes it from the choice, or puts it back there when the form says so."""
    found = _load(request, reply_id)
    try:
        if request.POST.get("again"):
            offer_reply_again(found, by=request.user)
            messages.success(request, "The reply is offered again.")
        else:
            retire_reply(found, by=request.user)
            messages.success(request, "The reply is not offered any more.")
    except MoveRefused as refused:
        messages.info(request, refused.message)
    return redirect("moderation:replies")


def _load(request: EditorRequest, reply_id: int) -> PreparedReply:
    """One that may be changed; anybody else's is not found."""
    found = get_object_or_404(PreparedReply.objects.of(request.user), pk=reply_id)
    if not may_change_reply(request.user, found):
        return get_object_or_404(PreparedReply.objects.none())
    return found
