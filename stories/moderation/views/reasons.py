"""The reasons there are: editors read them, chief editors write them."""

from functools import partial

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.models import Reason, ReasonVersion
from stories.moderation.carrying import carried_out
from stories.moderation.doors import EditorRequest, editors_only, for_users
from stories.moderation.reason_forms import NewReasonForm, NextReasonVersionForm, ReasonOfferForm
from stories.moderation.refusing import Refused, refused_by, sent_again
from stories.permissions import may_edit_reasons
from stories.prose.languages import Language, language_of
from stories.status import MoveRefused
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
    form = NextReasonVersionForm(request.POST)
    try:
        if not carried_out(request, form, partial(write_reason_version, found), _is_newest):
            return _show(request, found, form=form, status=422)
    except MoveRefused as refused:
        return _show(request, found, form=form, refused=refused_by(refused, form, in_form=True), status=409)
    return redirect("moderation:reason", code)


@writers_only
@require_POST
def offer(request: EditorRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Reason, code=code)
    form = ReasonOfferForm(request.POST)
    if not carried_out(
        request, form, partial(offer_reason, found), lambda _: "What editors are offered is changed."
    ):
        return _show(request, found, offer=form, status=422)
    return redirect("moderation:reason", code)


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: EditorRequest) -> HttpResponse:
    form = NewReasonForm(request.POST or None)
    if carried_out(request, form, begin_reason, lambda _: "The reason is offered to editors from now on."):
        return redirect("moderation:reason", form.cleaned_data["code"])
    status = 422 if form.is_bound else 200
    return render(request, "stories/moderation/new_reason.html", {"form": form}, status=status)


def _is_newest(version: ReasonVersion) -> str:
    return f"Version {version.number} is what authors are told from now on."


def _show(
    request: EditorRequest,
    found: Reason,
    *,
    form: NextReasonVersionForm | None = None,
    refused: Refused | None = None,
    offer: ReasonOfferForm | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = list(found.versions.select_related("made_by").order_by("language", "-number"))
    newest = next((version for version in versions if version.language == "en"), None)
    fields = ("language", "label", "text", "remedy")
    initial = {name: getattr(newest, name) for name in fields} if newest else {}
    seen = {"up_to": max((version.pk for version in versions), default=0)}
    if form is not None and refused is not None:
        form = sent_again(form, **seen)
    context = {
        "reason": found,
        "versions": _told(versions),
        "form": form or NextReasonVersionForm(initial={**initial, **seen}),
        "offer": offer or ReasonOfferForm(initial={"label": found.label, "is_open": found.is_open}),
        "refused": refused,
        "may_write": may_edit_reasons(request.user),
    }
    return render(request, "stories/moderation/reason.html", context, status=status)


def _told(versions: list[ReasonVersion]) -> list[tuple[ReasonVersion, Language]]:
    return [(version, language_of(version.language)) for version in versions]
