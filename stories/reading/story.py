"""The story page, and what stands where a story was."""

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string

from stories.body import Author, Body, Cover, Link, ShownCorrection, ShownDisclaimer, shown_disclosures
from stories.models import Event, Reason, Story
from stories.playing import has_embeds, with_players
from stories.prose.disclosures import earlier_address
from stories.prose.languages import language_of
from stories.prose.pictures import picture_of
from stories.prose.safe import as_html, as_json
from stories.prose.slug import make_slug
from stories.reading.addresses import in_full, one_spelling
from stories.reading.public import public_page
from stories.reading.public_story import PublicStory, by_slug
from stories.reading.shell import Shell
from stories.reading.structured import article_data, modified
from stories.status import Action, StoryState

_page = Shell("stories/reading/story.html")
_about = Shell("stories/reading/_about_author.html")
_slug_of_tag = lru_cache(maxsize=10_000)(make_slug)


@public_page
@with_players
def story(request: HttpRequest, slug: str) -> HttpResponse:
    found = by_slug.first(slug)
    if found is None:
        return _instead_of(request, slug)
    return HttpResponse(_page.fill(_values(found)))


def _values(story: PublicStory) -> dict[str, str]:
    page = page_of(story)
    address = in_full(story.path)
    with_page = [author for author in page.authors if author.username]
    first = (with_page or page.authors)[0]
    shared = page.cover.shared if page.cover else None
    return {
        "title": page.title,
        "about": story.about,
        "address": address,
        "canonical": earlier_address(story.disclosures) or address,
        "language": page.language,
        "published": story.first_published_at.isoformat(),
        "modified": modified(story, page).isoformat(),
        "data": as_json(article_data(story, page, address)),
        "author": ", ".join(author.name for author in page.authors),
        "first": first.name,
        "username": first.username,
        "about_authors": as_html("".join(_about.fill(_facts(author)) for author in with_page)),
        "report": f"{story.path}report/",
        "cover": shared.address if shared else "",
        "cover_width": str(shared.width) if shared else "",
        "cover_height": str(shared.height) if shared else "",
        "cover_alt": page.cover.alt if page.cover else "",
        "embeds": "yes" if has_embeds(story.html) else "",
        "body": render_to_string("stories/_story_body.html", {"page": page}),
    }


def _facts(author: Author) -> dict[str, str]:
    return {
        "name": author.name,
        "username": author.username,
        "bio": author.bio,
        "picture": author.picture,
        "initial": author.name[:1],
    }


def page_of(story: PublicStory) -> Body:
    return Body(
        authors=story.authors,
        title=story.title,
        summary=story.summary,
        language=story.language,
        direction=language_of(story.language).direction,
        html=as_html(story.html),
        minutes=story.minutes,
        disclaimers=tuple(ShownDisclaimer(**disclaimer) for disclaimer in story.carried),
        corrections=tuple(ShownCorrection(**correction) for correction in story.corrected),
        disclosures=shown_disclosures(story.disclosures),
        topics=tuple(Link(**topic) for topic in story.shelf),
        tags=tuple(Link(_slug_of_tag(tag), tag) for tag in story.tags),
        cover=Cover(story.cover, story.cover_alt, picture_of(story.cover_facts)) if story.cover else None,
        date=story.first_published_at,
    )


def _instead_of(request: HttpRequest, slug: str) -> HttpResponse:
    """A redirect from another spelling or a former slug, the notice of a removal or deletion, or "not found"."""
    spelled = one_spelling(slug)
    found = (
        Story.objects.filter(slug=spelled).first() or Story.objects.filter(former_slugs__slug=spelled).first()
    )
    if found is not None and found.erased_at is not None:
        return render(request, "stories/reading/gone.html", status=410)
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
