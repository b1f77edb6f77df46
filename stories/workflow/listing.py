"""Puts a story on the shelves where readers find it, and takes it off."""

from datetime import datetime

from stories.models import SearchEntry, Story, Tag, TagListing, Topic, TopicListing
from stories.prose.fold import fold
from stories.prose.slug import make_slug

# What the index reads of a body: PostgreSQL refuses a vector of more than a megabyte.
INDEXED_CHARACTERS = 150_000


def list_story(story: Story) -> None:
    """Makes authors' pages, topic, tag and search entries agree with what readers may see of the story now."""
    revision = story.published_revision
    if revision is None:
        return
    when = story.listed_at()
    writers = _list_authors(story, when)
    names = _list_topics(story, revision.topics, when)
    _list_tags(story, revision.tags, when)
    if when is None:
        SearchEntry.objects.filter(story=story).delete()
        return
    lead = [revision.summary, *writers, *names, *revision.tags]
    SearchEntry.objects.update_or_create(
        story=story,
        defaults={
            "language": revision.language,
            "title": fold(revision.title),
            "lead": fold(" · ".join(part for part in lead if part)),
            "text": fold(revision.rendering.text[:INDEXED_CHARACTERS]),
        },
    )


def take_off_shelves(story: Story) -> None:
    """Every entry that says something of the story goes."""
    TopicListing.objects.filter(story=story).delete()
    TagListing.objects.filter(story=story).delete()
    SearchEntry.objects.filter(story=story).delete()
    story.authorships.update(listed_at=None)


def _list_authors(story: Story, when: datetime | None) -> list[str]:
    story.authorships.current().update(listed_at=when)
    named = [author for author in story.authors() if not author.is_nameless]
    return [name for author in named for name in (author.display_name, author.username)]


def _list_topics(story: Story, slugs: list[str], when: datetime | None) -> list[str]:
    topics = {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)}
    kept = [topics[slug] for slug in dict.fromkeys(slugs) if slug in topics]
    TopicListing.objects.filter(story=story).delete()
    TopicListing.objects.bulk_create(
        TopicListing(story=story, topic=topic, position=place, listed_at=when)
        for place, topic in enumerate(kept)
    )
    return [topic.name for topic in kept]


def _list_tags(story: Story, words: list[str], when: datetime | None) -> None:
    wanted = {make_slug(word): word for word in reversed(words)}
    Tag.objects.bulk_create(
        [Tag(slug=slug, name=word) for slug, word in sorted(wanted.items())], ignore_conflicts=True
    )
    tags = {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted)}
    TagListing.objects.filter(story=story).delete()
    TagListing.objects.bulk_create(
        TagListing(story=story, tag=tags[slug], position=place, listed_at=when)
        for place, slug in enumerate(reversed(wanted))
    )
