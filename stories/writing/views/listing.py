"""My stories, each with where it stands."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.models import Sanction, Story
from stories.models.keyset import page_of
from stories.models.story import DESK_ORDER
from stories.writing.doors import MemberRequest, members_only
from stories.writing.standing import as_seen_by, standings
from stories.writing.views.deleting import just_deleted

_NOT_LISTED = ("draft__body", "draft__summary", "published_revision__body", "published_revision__summary")


@require_safe
@members_only
def stories(request: MemberRequest) -> HttpResponse:
    mine = (
        Story.objects.written_by(request.user)
        .select_related("draft", "published_revision")
        .defer(*_NOT_LISTED)
    )
    page = page_of(mine, order=DESK_ORDER, cursor=request.GET.get("page", ""))
    found = standings(page.items)
    rows = [(story, as_seen_by(request.user, story, found[story.pk])) for story in page.items]
    suspended = Sanction.objects.filter(member=request.user).suspending(timezone.now()).first()
    context = {"suspended": suspended, "rows": rows, "page": page, "deleted": just_deleted(request)}
    return render(request, "stories/writing/stories.html", context)
