"""The only doors to the editors' desk: to anybody else its pages are not found, and so is one's own story."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from accounts.models import User
from stories.models import Claim, Story, Submission
from stories.permissions import is_editor, may_review

P = ParamSpec("P")


class EditorRequest(HttpRequest):
    """A request that has come through the door."""

    user: User


def for_users(
    may: Callable[[User | AnonymousUser], bool],
) -> Callable[
    [Callable[Concatenate[EditorRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Outermost on a view: whoever may not is told that there is no such page, whatever the method."""

    def decorate(
        view: Callable[Concatenate[EditorRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        return guarded

    return decorate


editors_only = for_users(is_editor)


def load_submission(user: User, submission_id: int) -> Submission:
    """With its story, author, text and rendering: one query. What its author deleted is not found."""
    kept = Submission.objects.filter(story__deleted_at__isnull=True)
    found = kept.select_related("story__author", "revision__rendering")
    submission = get_object_or_404(found, pk=submission_id)
    if not may_review(user, submission):
        raise Http404
    return submission


def load_claim(user: User, submission: Submission, claim_id: int) -> Claim:
    """A claim of one's own, live or ended."""
    return get_object_or_404(Claim, pk=claim_id, submission=submission, editor=user)


def load_published(user: User, story_id: int) -> Story:
    """A story that readers have seen, and that one did not write."""
    return get_object_or_404(
        Story.objects.kept().not_by(user).filter(first_published_at__isnull=False).for_page(), pk=story_id
    )
