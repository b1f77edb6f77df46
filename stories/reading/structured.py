"""What the story page tells search engines and other programs, in the words of schema.org."""

from datetime import datetime
from typing import cast

from django.conf import settings

from stories.body import Body
from stories.models import Revision, Story
from stories.reading.addresses import in_full


def article_data(story: Story, page: Body) -> dict[str, object]:
    """The disclaimer is the article's `backstory`: "why and how an article was created"."""
    rendering = cast(Revision, story.published_revision).rendering
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "backstory": "\n\n".join(disclaimer.text for disclaimer in page.disclaimers),
        "headline": page.title,
        "description": page.summary or rendering.excerpt,
        "datePublished": cast(datetime, story.first_published_at).isoformat(),
        "dateModified": cast(datetime, story.published_at).isoformat(),
        "inLanguage": page.language,
        "wordCount": rendering.words,
        "timeRequired": f"PT{page.minutes}M",
        "articleSection": [topic.name for topic in page.topics],
        "keywords": [tag.name for tag in page.tags],
        "mainEntityOfPage": in_full(story.path),
        "isAccessibleForFree": True,
        "author": {
            "@type": "Person",
            "name": page.author.name,
            "url": in_full(f"/authors/{page.author.username}/"),
        },
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": in_full("/")},
    }
    if page.cover is not None:
        data["image"] = {
            "@type": "ImageObject",
            "url": in_full(page.cover.address),
            "width": page.cover.width,
            "height": page.cover.height,
        }
    return data
