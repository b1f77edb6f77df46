"""The doors of the author's pages: a member comes in, and to a stranger another's story is not found."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.models import User
from stories.models import Story

View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request that came through `members_only`."""

    user: User


def members_only(view: View) -> Callable[..., Any]:
    """Sends everybody else to sign in; a script is told 401, so that it keeps the text and says so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if wants_json(request):
            return JsonResponse(
                {"message": "You are signed out. Your text is kept on this device."}, status=401
            )
        return redirect_to_login(_way_back(request, kwargs.get("story_id")))

    return guarded


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


class InBin(Http404):
    """The member deleted this story: its pages are not found, but for the one that can bring it back."""

    def __init__(self, story: Story) -> None:
        super().__init__("This story lies in the bin.")
        self.story = story


def own_story(request: MemberRequest, story_id: int) -> Story:
    """A story that the member writes, with its draft. Raises InBin for one that they put into the bin."""
    mine = Story.objects.filter(authorships__author=request.user, authorships__left_at__isnull=True)
    story = _found(mine, story_id)
    if story.is_deleted and story.author_id == request.user.pk:
        raise InBin(story)
    if story.is_deleted:
        raise Http404("Who leads this story deleted it.")
    return story


def own_story_in_bin(request: MemberRequest, story_id: int) -> Story:
    """A story that the member leads, wherever it lies, for those moves that begin or end in the bin."""
    return _found(Story.objects.filter(author=request.user), story_id)


def _found(mine: QuerySet[Story], story_id: int) -> Story:
    kept = mine.filter(erased_at__isnull=True).select_related("draft", "published_revision")
    story = kept.filter(pk=story_id).first()
    if story is None:
        raise Http404("No story of yours is at this address.")
    return story


def _way_back(request: HttpRequest, story_id: int | None) -> str:
    """After signing in a page is opened, never a form's address that only takes POST."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return reverse("writing:edit", args=[story_id]) if story_id else reverse("writing:stories")
