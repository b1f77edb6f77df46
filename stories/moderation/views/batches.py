"""Several submissions at once: a list of what would happen, the same confirmed, what happened, and all undone."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.models import Batch
from stories.models.batch import AT_ONCE
from stories.moderation.batch_forms import BatchForm, form_for, shown, ticked
from stories.moderation.batches import Done, about_to, stories
from stories.moderation.claim_forms import ClaimingForm
from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.going import to_queue, view_of
from stories.status import Incomplete, MoveRefused
from stories.workflow.batching import carry_out
from stories.workflow.foreseeing import foresee
from stories.workflow.undoing import can_be_undone, held_by, undo


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: EditorRequest) -> HttpResponse:
    """What would happen, and nothing does: with the words that all are told once these are sent too."""
    sent = request.POST if request.method == "POST" else request.GET
    kind = form_for(sent.get("kind", ""), request.user)
    if kind is None or not ticked(sent):
        messages.info(request, "Tick stories in the queue first, then choose what to do with them.")
        return to_queue(request)
    if request.method != "POST":
        return _list(request, kind(by=request.user, initial={"key": uuid4()}), is_told=not kind.asks)
    form = kind(request.POST, by=request.user)
    if not form.is_valid():
        return _list(request, form, is_told=False, status=422)
    return _list(request, form, is_told="again" not in request.POST)


@editors_only
@require_POST
def run(request: EditorRequest) -> HttpResponse:
    kind = form_for(request.POST.get("kind", ""), request.user)
    if kind is None:
        messages.error(
            request, "The page was not whole when it was sent. Nothing was done; try it again here."
        )
        return to_queue(request)
    form = kind(request.POST, by=request.user)
    if not form.is_valid():
        return _list(request, form, is_told=False, status=422)
    deed = form.deed(Batch.Kind(request.POST["kind"]))
    try:
        batch = carry_out(deed, shown(request.POST), by=request.user, key=form.cleaned_data["key"])
    except Incomplete as missing:
        form.add_error(missing.field if missing.field in form.fields else None, missing.message)
        return _list(request, form, is_told=False, status=422)
    return _to_batch(request, batch)


@editors_only
@require_safe
def batch(request: EditorRequest, batch_id: int) -> HttpResponse:
    found = _load(request, batch_id)
    now = timezone.now()
    held = held_by(found).filter(due_at__gt=now).order_by("due_at").values_list("due_at", flat=True).first()
    context = {
        "done": Done.of(found),
        "undone": Batch.objects.filter(undoes=found).first(),
        "may_undo": can_be_undone(found, at=now),
        "held_until": held,
        "held_seconds": int((held - now).total_seconds()) if held else 0,
        "view": view_of(request),
        "key": uuid4(),
    }
    return render(request, "stories/moderation/batch.html", context)


@editors_only
@require_POST
def undo_batch(request: EditorRequest, batch_id: int) -> HttpResponse:
    found = _load(request, batch_id)
    form = ClaimingForm(request.POST)
    if not form.is_valid():
        return _to_batch(request, found)
    try:
        return _to_batch(request, undo(found, by=request.user, key=form.cleaned_data["key"]))
    except MoveRefused as refused:
        messages.info(request, refused.message)
    return _to_batch(request, found)


def _list(request: EditorRequest, form: BatchForm, *, is_told: bool, status: int = 200) -> HttpResponse:
    """`is_told` says that all that is needed is there, so that the list can be confirmed."""
    sent = request.POST if request.method == "POST" else request.GET
    ids = ticked(sent)
    data = form.cleaned_data if form.is_bound and is_told else {}
    listed = foresee(
        sent["kind"], ids[:AT_ONCE], by=request.user, now=timezone.now(),
        note=data.get("note", ""), reply=data.get("reply"),
    )  # fmt: skip
    would = [row for row in listed if row.would]
    context = {
        "form": form,
        "kind": sent["kind"],
        "does": about_to(sent["kind"], "those that are ticked"),
        "title": about_to(sent["kind"], stories(len(would))) if would else "Nothing can be done",
        "would": would,
        "why_not": [row for row in listed if row.why_not],
        "missing": min(len(ids), AT_ONCE) - len(listed),
        "too_many": len(ids) - AT_ONCE if len(ids) > AT_ONCE else 0,
        "is_told": is_told,
        "reason": data.get("reason"),
        "view": view_of(request),
    }
    return render(request, "stories/moderation/new_batch.html", context, status=status)


def _load(request: EditorRequest, batch_id: int) -> Batch:
    """One's own; anybody else's is not found."""
    return get_object_or_404(Batch, pk=batch_id, by=request.user)


def _to_batch(request: EditorRequest, found: Batch) -> HttpResponse:
    return redirect(reverse("moderation:batch", args=[found.pk]) + view_of(request).suffix)
