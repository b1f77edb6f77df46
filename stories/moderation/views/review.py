"""Reading one submission, and deciding on it."""

from typing import Any, NoReturn

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from stories.models import Claim, Decision, Revision
from stories.moderation.changes import fields_that_differ, happenings_since, links_added
from stories.moderation.doors import EditorRequest, editors_only, load_claim, load_submission
from stories.moderation.forms import DecisionForm
from stories.moderation.reviewing import Review, blank_form, page_context, review_of
from stories.moderation.typed import forget_typed, keep_typed, typed_for
from stories.playing import with_players
from stories.status import AlreadyThere, Incomplete, MoveRefused, Stale
from stories.workflow.deciding import Read, approve, decline, return_to_author


@editors_only
@require_safe
@with_players
def review(request: EditorRequest, submission_id: int) -> HttpResponse:
    submission = load_submission(request.user, submission_id)
    found = review_of(submission, by=request.user, now=timezone.now())
    form = blank_form(found, typed=typed_for(request, submission.pk))
    return _show(request, found, form)


@editors_only
@require_POST
def decide(request: EditorRequest, submission_id: int) -> HttpResponse:
    submission = load_submission(request.user, submission_id)
    found = review_of(submission, by=request.user, now=timezone.now())
    form = DecisionForm(
        request.POST, versions=found.versions, disclosures=found.submission.revision.disclosures
    )
    is_complete = form.is_valid()
    keep_typed(request, submission.pk, request.POST.dict())
    data = form.cleaned_data
    if not {"claim", "revision", "sha256"} <= data.keys():
        messages.error(
            request, "The page was not whole when it was sent. Nothing was decided; try it again here."
        )
        return redirect("moderation:review", submission.pk)
    read = Read(
        claim=load_claim(request.user, submission, data["claim"]),
        revision_id=data["revision"],
        sha256=data["sha256"],
    )
    if not is_complete and found.claim == read.claim:
        return _show(request, found, form, status=422)
    try:
        decision = _decide(read, data, by=request.user) if is_complete else _refuse_incomplete(read)
    except AlreadyThere as there:
        forget_typed(request, submission.pk)
        messages.info(request, there.message)
        return _next_one()
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, found, form, status=422)
    except MoveRefused as refused:
        return _refuse(request, submission.pk, refused, read)
    forget_typed(request, submission.pk)
    messages.success(request, _done(decision))
    return _next_one()


def _decide(read: Read, data: dict[str, Any], *, by: User) -> Decision:
    note = data.get("note", "")
    match data.get("decision"):
        case Decision.Kind.APPROVE:
            chosen = [data["disclaimer"]] if data.get("disclaimer") else []
            return approve(read, by=by, disclaimers=chosen, note=note, publish_at=data.get("publish_at"))
        case Decision.Kind.DECLINE:
            return decline(read, by=by, reason=data.get("reason"), note=note)
    requests = data.get("requests", "").splitlines()
    return return_to_author(read, by=by, note=note, requests=requests)


def _refuse_incomplete(read: Read) -> NoReturn:
    """A form that lacks something, sent under a claim that is over: nothing is decided by it."""
    if read.claim.end == Claim.End.DECIDED:
        raise AlreadyThere("You have decided on this story already. Nothing was done twice.")
    raise Stale("Your time with this story ran out before you sent this. Take it again to go on.")


def _done(decision: Decision) -> str:
    title = f"“{decision.revision.title}”"
    if decision.kind == Decision.Kind.RETURN:
        return f"{title} is back with its author, who is told what you ask for."
    if decision.kind == Decision.Kind.DECLINE:
        return f"{title} is declined. Its author is told the reason and your note."
    if decision.publish_at is not None:
        when = formats.date_format(timezone.localtime(decision.publish_at), "l j F Y, H:i")
        return f"{title} is approved and will be published on {when}."
    return f"{title} is published."


def _next_one() -> HttpResponse:
    return redirect(reverse("moderation:queue") + "?decided")


def _refuse(request: EditorRequest, submission_id: int, refused: MoveRefused, read: Read) -> HttpResponse:
    """409: nothing was decided, this is what changed, and what was typed is still here."""
    submission = load_submission(request.user, submission_id)
    found = review_of(submission, by=request.user, now=timezone.now())
    form = blank_form(found, typed=typed_for(request, submission.pk))
    text = (
        Revision.objects.select_related("rendering")
        .filter(pk=read.revision_id, story=submission.story_id)
        .first()
    )
    changed = {
        "message": refused.message,
        "happenings": happenings_since(read.claim, submission),
        "fields": fields_that_differ(text, submission.revision),
        "links": links_added(text, submission.revision),
    }
    return _show(request, found, form, changed=changed, status=409)


def _show(
    request: EditorRequest,
    found: Review,
    form: DecisionForm | None,
    *,
    changed: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **page_context(found, form),
        "changed": changed,
        "unsent": {} if form is not None else typed_for(request, found.submission.pk),
    }
    return render(request, "stories/moderation/review.html", context, status=status)
