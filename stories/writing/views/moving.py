"""The moves an author makes with a story, each its own address and POST only."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.views import too_many_requests
from stories.status import AlreadyThere, MoveRefused
from stories.workflow import publishing, submitting
from stories.writing.allowing import fixes_in
from stories.writing.covering import forget_cover_note, keep_cover_note
from stories.writing.doors import MemberRequest, members_only, own_story
from stories.writing.limits import wait_before_submission
from stories.writing.trusted import said_of


@require_POST
@members_only
def submit(request: MemberRequest, story_id: int) -> HttpResponse:
    """Hands in the draft as it was saved last."""
    if wait_before_submission(request.user):
        return too_many_requests(request)
    note = keep_cover_note(request, story_id)
    return _move(
        request,
        story_id,
        partial(submitting.submit, note=note, may_fix=fixes_in(request)),
        said_of,
        leads_to=lambda submission: redirect("writing:submission", story_id, submission.pk),
    )


@require_POST
@members_only
def withdraw(request: MemberRequest, story_id: int) -> HttpResponse:
    return _move(request, story_id, submitting.withdraw, "You took your story back; it is a draft again.")


@require_POST
@members_only
def unlist(request: MemberRequest, story_id: int) -> HttpResponse:
    return _move(request, story_id, publishing.unlist, "Your story is off the public pages.")


@require_POST
@members_only
def publish_again(request: MemberRequest, story_id: int) -> HttpResponse:
    return _move(request, story_id, publishing.publish_again, "Your story is on the public pages again.")


@require_POST
@members_only
def unschedule(request: MemberRequest, story_id: int) -> HttpResponse:
    return _move(
        request, story_id, publishing.unschedule, "The publication is taken back; the story is a draft."
    )


def _move(
    request: MemberRequest,
    story_id: int,
    verb: Callable[..., Any],
    done: str | Callable[[Any], str],
    *,
    leads_to: Callable[[Any], HttpResponse] | None = None,
) -> HttpResponse:
    """`leads_to` and `done` are given what the verb made; without one, and where it refuses, the editor comes next."""
    story = own_story(request, story_id)
    try:
        moved = verb(story, by=request.user)
    except AlreadyThere as refusal:
        messages.info(request, refusal.message)
    except MoveRefused as refusal:
        messages.error(request, refusal.message)
    else:
        forget_cover_note(request, story_id)
        messages.success(request, done if isinstance(done, str) else done(moved))
        if leads_to is not None:
            return leads_to(moved)
    return redirect("writing:edit", story.pk)
