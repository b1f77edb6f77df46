"""The reasons there are: editors read them, chief editors write them."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.models import Reason, ReasonVersion
from stories.moderation.doors import EditorRequest, editors_only, for_users
from stories.moderation.reason_forms import NewReasonForm, ReasonOfferForm, ReasonVersionForm
from stories.permissions import may_edit_reasons
from stories.prose.languages import Language, language_of
from stories.status import AlreadyThere, Incomplete
from stories.workflow.reasoning import begin_reason, offer_reason, write_reason_version

writers_only = for_users(may_edit_reasons)


@editors_only
@require_safe
def reasons(request: EditorRequest) -> HttpResponse:
    newest = ReasonVersion.objects.order_by("reason_id", "language", "-number")
    newest = newest.distinct("reason_id", "language")
    listed = list(Reason.objects.prefetch_related(Prefetch("versions", queryset=newest, to_attr="newest")))
    families = [
        (label, [(reason, _told(reason.newest)) for reason in listed if reason.family == family])
        for family, label in Reason.Family.choices
    ]
    context = {"families": families, "may_write": may_edit_reasons(request.user)}
    return render(request, "stories/moderation/reasons.html", context)


@editors_only
@require_safe
def reason(request: EditorRequest, code: str) -> HttpResponse:
    return _show(request, get_object_or_404(Reason, code=code))


@writers_only
@require_POST
def write(request: EditorRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Reason, code=code)
    form = ReasonVersionForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form=form, status=422)
    try:
        version = write_reason_version(found, by=request.user, **form.cleaned_data)
        messages.success(request, f"Version {version.number} is what authors are told from now on.")
    except AlreadyThere as there:
        messages.info(request, there.message)
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, found, form=form, status=422)
    return redirect("moderation:reason", code)


@writers_only
@require_POST
def offer(request: EditorRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Reason, code=code)
    form = ReasonOfferForm(request.POST)
    if not form.is_valid():
        return _show(request, found, offer=form, status=422)
    try:
        offer_reason(found, by=request.user, **form.cleaned_data)
        messages.success(request, "What editors are offered is changed.")
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, found, offer=form, status=422)
    return redirect("moderation:reason", code)


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: EditorRequest) -> HttpResponse:
    form = NewReasonForm(request.POST or None)
    if form.is_valid():
        try:
            version = begin_reason(by=request.user, **form.cleaned_data)
            messages.success(request, "The reason is offered to editors from now on.")
            return redirect("moderation:reason", version.reason.code)
        except Incomplete as missing:
            form.add_error(missing.field, missing.message)
    status = 422 if form.is_bound else 200
    return render(request, "stories/moderation/new_reason.html", {"form": form}, status=status)


def _show(
    request: EditorRequest,
    found: Reason,
    *,
    form: ReasonVersionForm | None = None,
    offer: ReasonOfferForm | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = list(found.versions.select_related("made_by").order_by("language", "-number"))
    newest = next((version for version in versions if version.language == "en"), None)
    fields = ("language", "label", "text", "remedy")
    initial = {name: getattr(newest, name) for name in fields} if newest else {}
    context = {
        "reason": found,
        "versions": _told(versions),
        "form": form or ReasonVersionForm(initial=initial),
        "offer": offer or ReasonOfferForm(initial={"label": found.label, "is_open": found.is_open}),
        "may_write": may_edit_reasons(request.user),
    }
    return render(request, "stories/moderation/reason.html", context, status=status)


def _told(versions: list[ReasonVersion]) -> list[tuple[ReasonVersion, Language]]:
    return [(version, language_of(version.language)) for version in versions]
