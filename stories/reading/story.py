"""The story page, and what stands where a story was."""

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from stories.body import Body, Cover, Link, ShownDisclaimer
from stories.models import Event, Reason, Story
from stories.prose.languages import language_of
from stories.prose.safe import as_html, as_json
from stories.prose.slug import make_slug
from stories.reading.addresses import in_full, one_spelling
from stories.reading.public import public_page
from stories.reading.public_story import PublicStory, by_slug
from stories.reading.structured import article_data
from stories.status import Action, StoryState

_slug_of_tag = lru_cache(maxsize=10_000)(make_slug)


@public_page
def story(request: HttpRequest, slug: str) -> HttpResponse:
    found = by_slug.first(slug)
    if found is None:
        return _instead_of(request, slug)
    page = page_of(found)
    address = in_full(found.path)
    context = {
        "page": page,
        "about": found.about,
        "address": address,
        "published": found.first_published_at.isoformat(),
        "modified": found.published_at.isoformat(),
        "data": as_json(article_data(found, page, address)),
    }
    return render(request, "stories/reading/story.html", context)


def page_of(story: PublicStory) -> Body:
    size = story.cover_size
    return Body(
        author=story.author,
        title=story.title,
        summary=story.summary,
        language=story.language,
        direction=language_of(story.language).direction,
        html=as_html(story.html),
        minutes=story.minutes,
        disclaimers=tuple(ShownDisclaimer(**disclaimer) for disclaimer in story.carried),
        topics=tuple(Link(**topic) for topic in story.shelf),
        tags=tuple(Link(_slug_of_tag(tag), tag) for tag in story.tags),
        cover=Cover(story.cover, story.cover_alt, size.get("width", 1200), size.get("height", 800))
        if story.cover
        else None,
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
