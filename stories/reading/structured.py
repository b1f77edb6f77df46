"""What the story page tells search engines and other programs, in the words of schema.org."""

from datetime import datetime

from django.conf import settings

from stories.body import Body
from stories.prose.disclosures import Disclosure, read_disclosures
from stories.reading.addresses import in_full
from stories.reading.public_story import PublicStory


def article_data(story: PublicStory, page: Body, address: str) -> dict[str, object]:
    """Disclaimer and disclosures are the article's `backstory`: "why and how an article was created"."""
    said = read_disclosures(story.disclosures)
    authors: list[dict[str, str]] = [
        {"@type": "Person", "name": author.name}
        | ({"url": in_full(f"/authors/{author.username}/")} if author.username else {})
        for author in page.authors
    ]
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "backstory": "\n\n".join(
            [*(disclaimer.text for disclaimer in page.disclaimers), *(each.words for each in said)]
        ),
        "headline": page.title,
        "description": story.about,
        "datePublished": story.first_published_at.isoformat(),
        "dateModified": modified(story, page).isoformat(),
        "inLanguage": page.language,
        "wordCount": story.words,
        "timeRequired": f"PT{page.minutes}M",
        "articleSection": [topic.name for topic in page.topics],
        "keywords": [tag.name for tag in page.tags],
        "mainEntityOfPage": address,
        "isAccessibleForFree": True,
        "author": authors[0] if len(authors) == 1 else authors,
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": in_full("/")},
    }
    if page.corrections:
        data["correction"] = [
            {"@type": "CorrectionComment", "text": each.text, "datePublished": each.moment.isoformat()}
            for each in page.corrections
        ]
    for each in said:
        data |= _disclosed(each)
    if page.cover is not None:
        shared = page.cover.shared
        data["image"] = {
            "@type": "ImageObject",
            "url": in_full(shared.address),
            "width": shared.width,
            "height": shared.height,
        }
    return data


def modified(story: PublicStory, page: Body) -> datetime:
    """When readers last got to see something else: another text, or a correction above it."""
    return max([story.published_at, *(each.moment for each in page.corrections)])


def _disclosed(said: Disclosure) -> dict[str, object]:
    """In properties of its own, where schema.org has one."""
    match said.kind.key:
        case "company":
            return {"about": {"@type": "Thing", "name": said.answer}}
        case "paid":
            return {"sponsor": {"@type": "Organization", "name": said.answer}}
        case "ai":
            return {
                "digitalSourceType": "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource"
            }
        case "before":
            return {"sameAs": said.address}
    return {}
