"""The story page, and what stands where a story was."""

from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from stories.body import Body, ShownDisclaimer, body_of
from stories.models import Event, Reason, Revision, Story
from stories.prose.safe import as_json
from stories.reading.addresses import in_full, one_spelling
from stories.reading.public import public_page
from stories.reading.structured import article_data
from stories.status import Action, StoryState


@public_page
def story(request: HttpRequest, slug: str) -> HttpResponse:
    found = Story.objects.published().for_page().filter(slug=slug).first()
    if found is None:
        return _instead_of(request, slug)
    page = page_of(found)
    text = cast(Revision, found.published_revision)
    context = {
        "page": page,
        "about": page.summary or text.rendering.excerpt,
        "address": in_full(found.path),
        "published": cast(datetime, found.first_published_at).isoformat(),
        "modified": cast(datetime, found.published_at).isoformat(),
        "data": as_json(article_data(found, page)),
    }
    return render(request, "stories/reading/story.html", context)


def page_of(story: Story) -> Body:
    """`story` comes from for_page()."""
    text = cast(Revision, story.published_revision)
    return body_of(
        text,
        author=story.author,
        html=text.rendering.html,
        minutes=text.rendering.minutes,
        topic_names={topic["slug"]: topic["name"] for topic in story.shelf},
        disclaimers=[ShownDisclaimer(**disclaimer) for disclaimer in story.carried],
        cover_size=text.rendering.cover,
        date=story.first_published_at,
    )


def _instead_of(request: HttpRequest, slug: str) -> HttpResponse:
    """A redirect from another spelling or a former slug, the notice of a removal, or "not found"."""
    spelled = one_spelling(slug)
    found = (
        Story.objects.filter(slug=spelled).first() or Story.objects.filter(former_slugs__slug=spelled).first()
    )
    if found is None or found.state in {StoryState.DRAFT, StoryState.UNLISTED}:
        raise Http404
    if found.slug != slug:
        return HttpResponsePermanentRedirect(found.path)
    return render(request, "stories/reading/removed.html", _removal(found), status=410)


def _removal(story: Story) -> dict[str, object]:
    """When, and for which kind of reason; neither the title nor the note, which are its author's business."""
    event = Event.objects.filter(story=story, action=Action.REMOVE).latest("id")
    reason = Reason.objects.filter(code=event.data.get("reason")).first()
    return {"at": event.at, "reason": reason}
