"""How the desk is doing, drawn on the server and readable as tables."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stories.figures import labels_of_reasons
from stories.moderation.desk_figures import LOAD_WEEKS, WEEKS, DeskFigures
from stories.moderation.doors import EditorRequest, editors_only
from stories.permissions import may_see_load


@editors_only
@require_safe
def figures(request: EditorRequest) -> HttpResponse:
    sees_names = may_see_load(request.user)
    found = DeskFigures(request.user, sees_names=sees_names, reasons=labels_of_reasons())
    context = {
        "charts": found.charts(),
        "decisions": found.decisions(),
        "load": found.load(),
        "sees_names": sees_names,
        "measured_at": found.measured_at,
        "weeks": WEEKS,
        "load_weeks": LOAD_WEEKS,
    }
    return render(request, "stories/moderation/figures.html", context)
