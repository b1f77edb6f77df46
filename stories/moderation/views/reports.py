"""Reports by readers: the list, reading those of one story under a lease, and answering them."""

from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_POST, require_safe

from stories.models import DisclaimerVersion, LedBy, ReportClaim, ReportDecision, ReportGroup
from stories.moderation.changes import Happening
from stories.moderation.claim_forms import ClaimingForm, HeldForm
from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.judging import Reports, load_reports, reports_of, reports_page, shown_story
from stories.moderation.leases import said
from stories.moderation.refusing import refused_by
from stories.moderation.report_forms import DISMISS, DUPLICATE, ReportDecisionForm
from stories.playing import with_players
from stories.redress import ReportState, say_redress
from stories.status import AlreadyThere, Incomplete, MoveRefused, Stale
from stories.workflow import judging, report_claiming
from stories.workflow.disclaiming import offered_versions
from stories.workflow.proposing import propose_removal
from stories.workflow.seconding import NeedsAgreement

# The badge of a submission's state that looks right.
BADGES = {
    ReportState.WAITING: "queued",
    ReportState.IN_REVIEW: "in_review",
    ReportState.UPHELD: "approved",
    ReportState.DISMISSED: "declined",
    ReportState.DUPLICATE: "declined",
    ReportState.LAPSED: "withdrawn",
}


@editors_only
@require_safe
def reports(request: EditorRequest) -> HttpResponse:
    page, rows = reports_page(request.user, cursor=request.GET.get("page", ""), now=timezone.now())
    return render(request, "stories/moderation/reports.html", {"page": page, "rows": rows})


@editors_only
@require_safe
@with_players
def report_group(request: EditorRequest, group_id: int) -> HttpResponse:
    return _show(request, load_reports(request.user, group_id))


@editors_only
@require_POST
def claim(request: EditorRequest, group_id: int) -> HttpResponse:
    group = load_reports(request.user, group_id)
    form = ClaimingForm(request.POST)
    try:
        with suppress(AlreadyThere):
            if form.is_valid():
                report_claiming.claim_reports(group, by=request.user, key=form.cleaned_data["key"])
    except MoveRefused as refused:
        messages.warning(request, refused.message)
    return redirect("moderation:report_group", group.pk)


@editors_only
@require_POST
def renew(request: EditorRequest, group_id: int) -> HttpResponse:
    """Answers the open page with the new end of the lease, and a page without scripts with itself."""
    held = _held(request, load_reports(request.user, group_id))
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    try:
        renewed = report_claiming.renew_reports(held, by=request.user)
    except Stale as lost:
        if wants_json:
            return JsonResponse({"message": lost.message}, status=409)
        messages.warning(request, lost.message)
        return redirect("moderation:report_group", group_id)
    if not wants_json:
        return redirect("moderation:report_group", group_id)
    return JsonResponse(said(renewed.expires_at))


@editors_only
@require_POST
def release(request: EditorRequest, group_id: int) -> HttpResponse:
    held = _held(request, load_reports(request.user, group_id))
    try:
        report_claiming.release_reports(held, by=request.user)
        messages.success(request, "The reports are back at their old place.")
    except MoveRefused as refused:
        messages.info(request, refused.message)
    return redirect("moderation:reports")


@editors_only
@require_POST
def decide(request: EditorRequest, group_id: int) -> HttpResponse:
    group = load_reports(request.user, group_id)
    held = _held(request, group)
    found = reports_of(group, by=request.user, now=timezone.now())
    form = ReportDecisionForm(request.POST, found=found, versions=_offered(group))
    try:
        if not form.is_valid() and held.end != ReportClaim.End.DECIDED:
            return _show(request, group, form=form, status=422)
        decision = _decide(held, form.cleaned_data, request=request, found=found)
    except AlreadyThere as there:
        messages.info(request, there.message)
        return redirect("moderation:reports")
    except Incomplete as missing:
        form.add_error(missing.field if missing.field in form.fields else None, missing.message)
        return _show(request, group, form=form, status=422)
    except NeedsAgreement:
        return _propose(request, held, form)
    except MoveRefused as refused:
        return _refuse(request, group, form, refused)
    messages.success(request, _done(decision))
    return redirect("moderation:reports")


def _decide(
    held: ReportClaim, data: dict[str, Any], *, request: EditorRequest, found: Reports
) -> ReportDecision:
    read = judging.ReportsRead(claim=held, up_to=data.get("up_to") or 0)
    answer = data.get("answer", "")
    chosen = data.get("decision", "")
    if chosen == DISMISS:
        return judging.dismiss(read, by=request.user, answer=answer)
    if chosen == DUPLICATE:
        earlier = next((group for group in found.earlier if group.pk == data.get("earlier")), None)
        return judging.answered_before(read, earlier, by=request.user, answer=answer)
    remedy = judging.Remedy(
        measure=chosen,
        note=data.get("note", ""),
        reason=data.get("reason"),
        disclaimers=[data["disclaimer"]] if data.get("disclaimer") else [],
    )
    return judging.uphold(read, remedy, by=request.user, answer=answer)


def _propose(request: EditorRequest, held: ReportClaim, form: ReportDecisionForm) -> HttpResponse:
    """The reports go back to their place: they are answered when the colleague has agreed or refused."""
    data = form.cleaned_data
    try:
        with transaction.atomic():
            propose_removal(
                held.group.story,
                by=request.user,
                reason=data["reason"],
                note=data["note"],
                led_by=LedBy.NOTICE,
            )
            report_claiming.release_reports(held, by=request.user)
    except MoveRefused as refused:
        return _refuse(request, held.group, form, refused)
    messages.success(
        request,
        "You proposed to remove the story, and a second editor is asked to agree. The reports wait until then.",
    )
    return redirect("moderation:reports")


def _refuse(
    request: EditorRequest, group: ReportGroup, form: ReportDecisionForm, refused: MoveRefused
) -> HttpResponse:
    """409: nothing was decided and what was typed is still here; reports that nobody took meanwhile are taken again."""
    with suppress(MoveRefused):
        report_claiming.claim_reports(group, by=request.user, key=uuid4())
    return _show(request, load_reports(request.user, group.pk), form=form, refused=refused, status=409)


def _done(decision: ReportDecision) -> str:
    if decision.kind == ReportDecision.Kind.UPHOLD:
        done = ReportDecision.Measure(decision.measure).label
        return f"The reports are upheld. {done}. Those who reported it are told."
    return "The reports are answered. Those who reported it are told."


def _held(request: EditorRequest, group: ReportGroup) -> ReportClaim:
    """The claim that the page was made under; one that is not named or not one's own is not found."""
    form = HeldForm(request.POST)
    named = form.cleaned_data["claim"] if form.is_valid() else 0
    return get_object_or_404(
        ReportClaim.objects.select_related("group__story"), pk=named, group=group, editor=request.user
    )


def _answered(group: ReportGroup) -> Happening | None:
    decision = ReportDecision.objects.filter(group=group).select_related("decided_by").first()
    if decision is None:
        return None
    return Happening(decision.decided_at, f"{decision.decided_by.name} answered these reports.")


def _offered(group: ReportGroup) -> list[DisclaimerVersion]:
    text = group.story.published_revision
    return offered_versions(text.language, text.disclosures, text.topics) if text else []


def _show(
    request: EditorRequest,
    group: ReportGroup,
    *,
    form: ReportDecisionForm | None = None,
    refused: MoveRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    found = reports_of(group, by=request.user, now=now)
    told = None
    if refused is not None and form is not None:
        told = refused_by(refused, form, in_form=found.is_mine, happened=_answered(group))
        form = form if found.is_mine else None
    if form is None and found.is_mine:
        form = ReportDecisionForm(found=found, versions=_offered(group))
    if form is not None and found.claim is not None and found.is_mine:
        # What was read is what this page shows, under the claim of now.
        held = {"claim": found.claim.pk, "up_to": found.last}
        form.initial = {**form.initial, **held}
        if form.is_bound:
            sent = request.POST.copy()
            for name, value in held.items():
                sent[name] = str(value)
            form.data = sent
    context = {
        "found": found,
        "group": group,
        "form": form,
        "refused": told,
        "body": shown_story(group.story),
        "state_words": "You are reading" if found.is_mine else capfirst(say_redress(group.state)),
        "badge": BADGES[ReportState(group.state)],
        "is_waiting": group.state in (ReportState.WAITING, ReportState.IN_REVIEW),
        "decision": getattr(group, "decision", None),
        "lease_seconds": round((found.claim.expires_at - now).total_seconds()) if found.claim else 0,
        "key": uuid4(),
        "now": now,
    }
    return render(request, "stories/moderation/report_group.html", context, status=status)
