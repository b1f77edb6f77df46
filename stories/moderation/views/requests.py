"""What was asked, accepted or waived while the editor goes on reading."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from stories.moderation.claim_forms import ReadForm
from stories.moderation.doors import EditorRequest, editors_only, load_submission
from stories.moderation.going import to_review
from stories.moderation.reviewing import blank_form, review_of
from stories.moderation.settling import SettlingForm, asked_on
from stories.moderation.typed import FIELDS, as_typed, keep_typed, typed_for
from stories.moderation.views.shown import not_whole, read_under, refuse, show
from stories.status import MoveRefused
from stories.workflow.settling import settle_requests


@editors_only
@require_POST
def settle(request: EditorRequest, submission_id: int) -> HttpResponse:
    """Sent by the decision's form without a decision: what else was typed there is there again."""
    submission = load_submission(request.user, submission_id)
    typed = as_typed(request.POST)
    keep_typed(submission, typed, by=request.user)
    form = ReadForm(request.POST)
    settling = SettlingForm(request.POST, requests=asked_on(submission))
    if not form.is_valid():
        return not_whole(request, submission.pk)
    read = read_under(request.user, submission, form.cleaned_data)
    found = review_of(submission, by=request.user, now=timezone.now())
    is_whole = settling.is_valid()
    if not is_whole and found.claim == read.claim:
        kept = typed_for(submission, by=request.user)
        return show(request, found, blank_form(found, typed=kept), settling=settling, status=422)
    try:
        written = settle_requests(read, settling.given() if is_whole else {}, by=request.user)
    except MoveRefused as refused:
        return refuse(request, submission.pk, refused, read)
    keep_typed(submission, {name: typed.get(name, "") for name in FIELDS}, by=request.user)
    said = (
        "Your answers to what was asked are kept." if written else "These answers were as they are already."
    )
    messages.success(request, said)
    return to_review(request, submission.pk)
