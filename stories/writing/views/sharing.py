"""Showing a draft to friends: the author's page of links, and the page that friends see."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.models import PreviewLink
from stories.playing import with_players
from stories.status import AlreadyThere, MoveRefused
from stories.workflow import sharing
from stories.writing.doors import MemberRequest, members_only, own_story
from stories.writing.preview import shown_to_friends

# Neither kept on the way, nor found by a search, nor told to where its links lead.
HEADERS = {
    "Cache-Control": "private, no-store, max-age=0",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@require_safe
@with_players
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The draft as it is now. A link that is over looks like one that never was."""
    story = sharing.story_behind(token)
    if story is None:
        raise Http404
    page = render(request, "stories/writing/shared.html", {"page": shown_to_friends(story)})
    for name, value in HEADERS.items():
        page[name] = value
    return page


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def links(request: MemberRequest, story_id: int) -> HttpResponse:
    """POST makes a link; `key` is made with the page, so that a form sent twice makes one."""
    story = own_story(request, story_id)
    if request.method == "POST":
        try:
            sharing.make_link(story, by=request.user, key=_key(request))
        except MoveRefused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "The link is made. Who has it can read your draft for 14 days.")
        return redirect("writing:sharing", story.pk)
    rows = [(link, _address(link)) for link in story.preview_links.live(timezone.now()).order_by("-id")]
    page = {"story": story, "rows": rows, "key": uuid4(), "may_make": len(rows) < sharing.MOST}
    return render(request, "stories/writing/sharing.html", page)


@require_POST
@members_only
def end(request: MemberRequest, story_id: int, link_id: int) -> HttpResponse:
    story = own_story(request, story_id)
    link = get_object_or_404(PreviewLink.objects.select_related("story"), pk=link_id, story=story)
    try:
        sharing.end_link(link, by=request.user)
    except AlreadyThere as refusal:
        messages.info(request, refusal.message)
    else:
        messages.success(request, "The link is over. Who follows it finds nothing.")
    return redirect("writing:sharing", story.pk)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _address(link: PreviewLink) -> str:
    token = sharing.token_of(link)
    return f"{settings.SITE_URL}{reverse('preview:shared', args=[token])}" if token else ""
