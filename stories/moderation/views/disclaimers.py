"""The templates of disclaimers: editors see them, chief editors write them."""

from functools import partial

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.body import ShownDisclaimer
from stories.models import Disclaimer, DisclaimerVersion
from stories.moderation.carrying import carried_out
from stories.moderation.doors import EditorRequest, editors_only, for_users
from stories.moderation.forms import NewDisclaimerForm, NextVersionForm, OfferForm
from stories.moderation.refusing import Refused, refused_by, sent_again
from stories.moderation.reviewing import shown
from stories.permissions import may_edit_disclaimers
from stories.prose.languages import Language, language_of
from stories.status import MoveRefused
from stories.workflow.disclaiming import begin_disclaimer, offer_disclaimer, write_version

writers_only = for_users(may_edit_disclaimers)


@editors_only
@require_safe
def disclaimers(request: EditorRequest) -> HttpResponse:
    newest = DisclaimerVersion.objects.order_by("disclaimer_id", "language", "-number")
    newest = newest.distinct("disclaimer_id", "language")
    listed = Disclaimer.objects.prefetch_related(Prefetch("versions", queryset=newest, to_attr="newest"))
    context = {
        "disclaimers": [(disclaimer, _texts(disclaimer.newest)) for disclaimer in listed],
        "may_write": may_edit_disclaimers(request.user),
    }
    return render(request, "stories/moderation/disclaimers.html", context)


@editors_only
@require_safe
def disclaimer(request: EditorRequest, key: str) -> HttpResponse:
    return _show(request, get_object_or_404(Disclaimer, key=key))


@writers_only
@require_POST
def write(request: EditorRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Disclaimer, key=key)
    form = NextVersionForm(request.POST)
    try:
        if not carried_out(request, form, partial(write_version, found), _is_newest):
            return _show(request, found, form=form, status=422)
    except MoveRefused as refused:
        return _show(request, found, form=form, refused=refused_by(refused, form, in_form=True), status=409)
    return redirect("moderation:disclaimer", key)


@writers_only
@require_POST
def offer(request: EditorRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Disclaimer, key=key)
    form = OfferForm(request.POST)
    if not carried_out(
        request, form, partial(offer_disclaimer, found), lambda _: "What editors are offered is changed."
    ):
        return _show(request, found, offer=form, status=422)
    return redirect("moderation:disclaimer", key)


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: EditorRequest) -> HttpResponse:
    form = NewDisclaimerForm(request.POST or None)
    if carried_out(
        request, form, begin_disclaimer, lambda _: "The disclaimer is offered to editors from now on."
    ):
        return redirect("moderation:disclaimer", form.cleaned_data["key"])
    status = 422 if form.is_bound else 200
    return render(request, "stories/moderation/new_disclaimer.html", {"form": form}, status=status)


def _is_newest(version: DisclaimerVersion) -> str:
    return f"Version {version.number} is what stories are given from now on."


def _show(
    request: EditorRequest,
    found: Disclaimer,
    *,
    form: NextVersionForm | None = None,
    refused: Refused | None = None,
    offer: OfferForm | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = list(found.versions.select_related("made_by").order_by("language", "-number"))
    newest = next(
        (version for version in versions if version.language == "en"), versions[0] if versions else None
    )
    fields = ("language", "label", "text")
    initial = {name: getattr(newest, name) for name in fields} if newest else {}
    seen = {"up_to": max((version.pk for version in versions), default=0)}
    if form is not None and refused is not None:
        form = sent_again(form, **seen)
    context = {
        "disclaimer": found,
        "versions": _texts(versions),
        "form": form or NextVersionForm(initial={**initial, **seen}),
        "offer": offer or OfferForm(initial={name: getattr(found, name) for name in _OFFERED}),
        "refused": refused,
        "may_write": may_edit_disclaimers(request.user),
    }
    return render(request, "stories/moderation/disclaimer.html", context, status=status)


_OFFERED = ("is_open", "is_default", "answers", "topics")


def _texts(versions: list[DisclaimerVersion]) -> list[tuple[DisclaimerVersion, ShownDisclaimer, Language]]:
    """Each version, its words as readers see them, and its language."""
    return [(version, shown(version), language_of(version.language)) for version in versions]
