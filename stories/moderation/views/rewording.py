"""A disclaimer's newer words for all stories that carry older ones: tried out, ordered, looked at, stopped."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from stories.models import Disclaimer, DisclaimerVersion, Rewording
from stories.moderation.doors import EditorRequest
from stories.moderation.forms import RewordingForm
from stories.moderation.refusing import refused_by
from stories.moderation.reviewing import shown
from stories.moderation.views.disclaimers import writers_only
from stories.prose.languages import language_of
from stories.status import Incomplete, MoveRefused
from stories.workflow.rewording import go_on_rewording, order_rewording, stop_rewording, try_out


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: EditorRequest, key: str, language: str) -> HttpResponse:
    """GET says what would happen and changes nothing; POST orders it, for the very version that the page showed."""
    found = get_object_or_404(Disclaimer, key=key)
    newest = _newest(found, language)
    told = None
    form = RewordingForm(request.POST if request.method == "POST" else None, initial={"version": newest.pk})
    if form.is_valid():
        version = get_object_or_404(found.versions, pk=form.cleaned_data["version"], language=language)
        try:
            order_rewording(version, by=request.user, note=form.cleaned_data["note"])
            messages.success(
                request,
                "It is ordered. Stories get the newer words one batch after the other, in the background.",
            )
            return redirect("moderation:reword", key, language)
        except Incomplete as missing:
            form.add_error(missing.field, missing.message)
        except MoveRefused as refused:
            newer = Rewording.objects.filter(version=version).first()
            if newer is not None and newer.ordered_by_id == request.user.pk:
                messages.info(request, refused.message)
                return redirect("moderation:reword", key, language)
            told = refused_by(refused, form)
    if told is not None:
        form = RewordingForm(initial={"version": newest.pk, "note": form.data.get("note", "")})
    trial = try_out(newest)
    context = {
        "disclaimer": found,
        "language": language_of(language),
        "version": newest,
        "words": shown(newest),
        "trial": trial,
        "older": [(version, shown(version), number) for version, number in trial.by_version],
        "rewording": Rewording.objects.filter(version=newest).select_related("ordered_by").first(),
        "form": form,
        "refused": told,
    }
    status = 409 if told else 422 if form.is_bound else 200
    return render(request, "stories/moderation/reword.html", context, status=status)


@writers_only
@require_POST
def stop(request: EditorRequest, key: str, language: str) -> HttpResponse:
    """Stops what is going on, or goes on with what was stopped when the form says so."""
    of_newest = Rewording.objects.filter(version=_newest(get_object_or_404(Disclaimer, key=key), language))
    rewording = get_object_or_404(of_newest)
    try:
        if request.POST.get("again"):
            go_on_rewording(rewording, by=request.user)
            messages.success(request, "It goes on where it was stopped.")
        else:
            stop_rewording(rewording, by=request.user)
            messages.success(request, "It is stopped. Stories that have the newer words keep them.")
    except MoveRefused as refused:
        messages.info(request, refused.message)
    return redirect("moderation:reword", key, language)


def _newest(disclaimer: Disclaimer, language: str) -> DisclaimerVersion:
    newest = disclaimer.versions.filter(language=language).order_by("-number")
    return get_object_or_404(newest[:1])
