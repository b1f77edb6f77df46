"""Reading one submission, and deciding on it."""

from typing import NoReturn

from django.contrib import messages
from django.http import HttpResponse
from django.utils import formats, timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from stories.models import Claim, Decision, HeldDecision, Proposal
from stories.moderation.answers import meant_by
from stories.moderation.doors import EditorRequest, editors_only, load_submission
from stories.moderation.forms import DecisionForm
from stories.moderation.going import to_queue
from stories.moderation.reviewing import Review, blank_form, review_of
from stories.moderation.settling import SettlingForm, asked_on
from stories.moderation.typed import as_typed, forget_typed, keep_typed, typed_for
from stories.moderation.views.shown import not_whole, read_under, refuse, show
from stories.playing import with_players
from stories.status import AlreadyThere, Incomplete, MoveRefused, Stale
from stories.workflow import taking_back
from stories.workflow.deciding import Read
from stories.workflow.proposing import propose_decline
from stories.workflow.seconding import NeedsAgreement
from stories.workflow.settling import settle_requests


@editors_only
@require_safe
@with_players
def review(request: EditorRequest, submission_id: int) -> HttpResponse:
    submission = load_submission(request.user, submission_id)
    found = review_of(submission, by=request.user, now=timezone.now())
    typed = typed_for(submission, by=request.user)
    return show(request, found, blank_form(found, typed=typed), typed=typed)


@editors_only
@require_POST
def decide(request: EditorRequest, submission_id: int) -> HttpResponse:
    submission = load_submission(request.user, submission_id)
    found = review_of(submission, by=request.user, now=timezone.now())
    form = DecisionForm(
        request.POST, versions=found.versions, disclosures=found.submission.revision.disclosures
    )
    settling = SettlingForm(request.POST, requests=asked_on(submission))
    is_complete = form.is_valid() and settling.is_valid()
    keep_typed(submission, as_typed(request.POST), by=request.user)
    data = form.cleaned_data
    if not {"claim", "revision", "sha256"} <= data.keys():
        return not_whole(request, submission.pk)
    read = read_under(request.user, submission, data)
    if not is_complete and found.is_mine and found.claim == read.claim:
        return show(request, found, form, settling=settling, status=422)
    try:
        if not is_complete:
            _refuse_incomplete(read, found)
        settle_requests(read, settling.given(), by=request.user)
        decision = _decide(read, meant_by(data, form.versions()), by=request.user)
    except AlreadyThere as there:
        if read.claim.end:
            forget_typed(submission, by=request.user)
        messages.info(request, there.message)
        return to_queue(request, decided=True)
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return show(request, found, form, settling=settling, status=422)
    except MoveRefused as refused:
        return refuse(request, submission.pk, refused, read)
    if isinstance(decision, Proposal):
        forget_typed(submission, by=request.user)
    if not isinstance(decision, HeldDecision):
        messages.success(request, _done(decision))
    return to_queue(request, decided=True)


def _decide(read: Read, meant: taking_back.Meant, *, by: User) -> Decision | HeldDecision | Proposal:
    """Where a second editor has to agree, nothing is decided yet: it is proposed."""
    try:
        return taking_back.decide(read, meant, by=by)
    except NeedsAgreement:
        return propose_decline(read, by=by, reason=meant.reason, note=meant.note, led_by=meant.led_by)


def _refuse_incomplete(read: Read, found: Review) -> NoReturn:
    """A form that lacks something, sent under a claim that is over: nothing is decided by it."""
    is_held = found.claim == read.claim and not found.is_mine
    if is_held or read.claim.end == Claim.End.DECIDED:
        raise AlreadyThere("You have decided on this story already. Nothing was done twice.")
    raise Stale("Your time with this story ran out before you sent this. Take it again to go on.")


def _done(decision: Decision | Proposal) -> str:
    title = f"“{decision.revision.title}”"
    if isinstance(decision, Proposal):
        return f"You proposed to decline {title}. Nothing is sent before a second editor agrees."
    if decision.kind == Decision.Kind.RETURN:
        return f"{title} is back with its author, who is told what you ask for."
    if decision.kind == Decision.Kind.DECLINE:
        return f"{title} is declined. Its author is told the reason and your note."
    if decision.publish_at is not None:
        when = formats.date_format(timezone.localtime(decision.publish_at), "l j F Y, H:i")
        return f"{title} is approved and will be published on {when}."
    return f"{title} is published."
