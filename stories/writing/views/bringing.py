"""Brings stories in from files: a form, and a report on what each file became."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from stories.writing.bringing import FilesForm, bring_in
from stories.writing.doors import MemberRequest, members_only


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def files(request: MemberRequest) -> HttpResponse:
    """The report is the answer to the form: sent again it says the same, and makes nothing a second time."""
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "stories/writing/files.html", {"form": form}, status=400 if form.errors else 200
        )
    sent = form.cleaned_data
    outcomes = list(bring_in(sent["documents"], by=request.user, key=sent["key"]))
    made = [outcome for outcome in outcomes if outcome.made]
    page = {
        "made": made,
        "refused": [outcome for outcome in outcomes if not outcome.made],
        "form": FilesForm(),
    }
    return render(request, "stories/writing/files_report.html", page, status=200 if made else 400)
