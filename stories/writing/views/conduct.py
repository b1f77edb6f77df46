"""What the editors hold against a member: each warning and suspension with its reason, and the appeal against it."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stories.models import Sanction
from stories.models.appeal import APPEAL_CHARACTERS
from stories.status import Incomplete, MoveRefused
from stories.workflow.appealing_suspensions import appeal_suspension, may_be_appealed
from stories.writing.doors import MemberRequest, members_only


class SanctionAppealForm(forms.Form):
    text = forms.CharField(
        label="Why the suspension is wrong",
        max_length=APPEAL_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text="Somebody else than who suspended you reads it and gives you a reasoned answer, within 15 days.",
        error_messages={"required": "Write why you think the suspension is wrong."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


@require_safe
@members_only
def conduct(request: MemberRequest) -> HttpResponse:
    return _show(request)


@require_POST
@members_only
def appeal(request: MemberRequest, sanction_id: int) -> HttpResponse:
    given = get_object_or_404(Sanction, pk=sanction_id, member=request.user)
    form = SanctionAppealForm(request.POST)
    if not form.is_valid():
        return _show(request, form=form, about=given.pk, status=422)
    try:
        data = form.cleaned_data
        appeal_suspension(given, data["text"], by=request.user, key=data["key"])
        messages.success(request, "Your appeal is with the editors. You are told what they answer.")
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, form=form, about=given.pk, status=422)
    except MoveRefused as refused:
        messages.info(request, refused.message)
    return redirect("writing:conduct")


def _show(
    request: MemberRequest, *, form: SanctionAppealForm | None = None, about: int = 0, status: int = 200
) -> HttpResponse:
    """Nothing of who gave it: editors answer for each other."""
    now = timezone.now()
    rows = []
    for given in request.user.sanctions.select_related(
        "ground", "story__published_revision", "story__draft", "appeal__answer"
    ).order_by("-id"):
        own = form if given.pk == about else None
        blank = _blank(given) if may_be_appealed(given, at=now) else None
        rows.append((given, given.is_running(now), own or blank))
    return render(request, "stories/writing/conduct.html", {"rows": rows}, status=status)


def _blank(given: Sanction) -> SanctionAppealForm:
    return SanctionAppealForm(auto_id=f"id_{given.pk}_%s", initial={"key": uuid4()})
