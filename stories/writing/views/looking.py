"""What an author can look at: the story as readers would see it, and what happened to it so far."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stories.playing import with_players
from stories.redress import KEPT_FROM_AUTHORS
from stories.writing.doors import MemberRequest, members_only, own_story
from stories.writing.history import rounds_of, tell
from stories.writing.preview import preview_of
from stories.writing.standing import as_seen_by, standing_of
from stories.writing.versions import versions_of


@require_safe
@members_only
@with_players
def preview(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story(request, story_id)
    return render(request, "stories/writing/preview.html", {"story": story, "page": preview_of(story)})


@require_safe
@members_only
def history(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story(request, story_id)
    cursor = request.GET.get("page", "")
    events = story.events.exclude(action__in=KEPT_FROM_AUTHORS).select_related("actor", "submission")
    page = {
        "story": story,
        "standing": as_seen_by(request.user, story, standing_of(story)),
        "decisions": rounds_of(story),
        "versions": versions_of(story, cursor=cursor),
        "is_first": not cursor,
        "happenings": [tell(event, reader=request.user) for event in events.order_by("-id")[:200]],
    }
    return render(request, "stories/writing/history.html", page)
