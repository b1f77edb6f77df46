"""The day on which an author wishes to be published: read from the form that submits, and shown in it again."""

from datetime import datetime

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from stories.models import Submission
from stories.status import OPEN, Incomplete
from stories.workflow.submitting import Wish
from stories.writing.standing import Standing

FIELD = "wished_for"
_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def wish_in(request: HttpRequest) -> Wish | None:
    """None where the form does not ask for it. Raises Incomplete for what is no date and time."""
    if FIELD not in request.POST:
        return None
    field = forms.DateTimeField(required=False, input_formats=_FORMATS)
    try:
        return Wish(field.clean(request.POST[FIELD]))
    except forms.ValidationError:
        raise Incomplete("Write the day you wish for as a date and a time.", field=FIELD) from None


def wish_kept(standing: Standing) -> datetime | None:
    """What stands with the submission that is open."""
    if standing.submission_id is None or standing.state not in OPEN:
        return None
    return Submission.objects.filter(pk=standing.submission_id).values_list("wished_for", flat=True).first()


def wish_shown(request: HttpRequest, kept: datetime | None) -> str:
    """As it was sent, else as it is kept."""
    if FIELD in request.POST:
        return request.POST[FIELD][:40]
    return timezone.localtime(kept).strftime("%Y-%m-%dT%H:%M") if kept else ""
