"""The review page as each of its views answers with it: as it is, refused, or with what changed meanwhile."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from stories.models import Revision, Submission
from stories.moderation.changes import happenings_since
from stories.moderation.comparing import between
from stories.moderation.doors import EditorRequest, load_claim, load_submission
from stories.moderation.forms import DecisionForm
from stories.moderation.going import to_review, view_of
from stories.moderation.held import held_for
from stories.moderation.news import present, present_words
from stories.moderation.noted import with_notes
from stories.moderation.previewing import Mail
from stories.moderation.reply_forms import InsertForm
from stories.moderation.reviewing import Review, blank_form, page_context, review_of
from stories.moderation.settling import SettlingForm
from stories.moderation.typed import typed_for
from stories.status import MoveRefused
from stories.workflow.deciding import Read
from stories.workflow.preparing import offered_replies


def read_under(user: User, submission: Submission, data: Mapping[str, Any]) -> Read:
    """What the page was made of, by the fields of a ReadForm."""
    return Read(
        claim=load_claim(user, submission, data["claim"]),
        revision_id=data["revision"],
        sha256=data["sha256"],
    )


def not_whole(request: EditorRequest, submission_id: int) -> HttpResponse:
    messages.error(
        request, "The page was not whole when it was sent. Nothing was decided; try it again here."
    )
    return to_review(request, submission_id)


def refuse(request: EditorRequest, submission_id: int, refused: MoveRefused, read: Read) -> HttpResponse:
    """409: nothing was decided, this is what changed, and what was typed is still here."""
    submission = load_submission(request.user, submission_id)
    found = review_of(submission, by=request.user, now=timezone.now())
    typed = typed_for(submission, by=request.user)
    form = blank_form(found, typed=typed)
    text = Revision.objects.filter(pk=read.revision_id, story=submission.story_id).first()
    changed = {
        "message": refused.message,
        "happenings": happenings_since(read.claim, submission),
        "since": between(text, submission.revision),
    }
    return show(request, found, form, changed=changed, typed=typed, status=409)


def show(
    request: EditorRequest,
    found: Review,
    form: DecisionForm | None,
    *,
    settling: SettlingForm | None = None,
    changed: dict[str, Any] | None = None,
    mail: Mail | None = None,
    typed: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    if typed is None:
        typed = typed_for(found.submission, by=request.user)
    against = request.GET.get("against", "")
    page = page_context(found, form, by=request.user, settling=settling, typed=typed, against=against)
    replies = offered_replies(request.user, found.submission.revision.language) if form is not None else []
    there = present(request.user, found.at, at=[found.submission.pk]).get(found.submission.pk, [])
    context = {
        **with_notes(found, page),
        "view": view_of(request),
        "changed": changed,
        "present": present_words(there),
        "held": held_for(request.user, now=found.at, submission=found.submission),
        "unsent": {} if form is not None or _has_decided(request.user, found) else typed,
        "inserting": InsertForm(replies=replies) if replies else None,
        "mail": mail,
    }
    return render(request, "stories/moderation/review.html", context, status=status)


def _has_decided(user: User, found: Review) -> bool:
    """What they had typed is in their decision then, and can be taken back; a colleague's says nothing of it."""
    return found.claim is not None and found.claim.is_held and found.claim.editor_id == user.pk
