"""Two texts of a story compared for a page, with the names that a page shows: for its author and for an editor."""

from stories.models import Topic
from stories.models.written import Written
from stories.prose.compare import Comparison, compare


def comparison_of(before: Written, after: Written) -> Comparison:
    """One query, and none where the topics are the same."""
    names = names_of(before, after) if before.topics != after.topics else {}
    return compare(before.content, after.content, topic_names=names)


def names_of(*texts: Written) -> dict[str, str]:
    """The topics of all of them, by slug."""
    slugs = {slug for text in texts for slug in text.topics}
    return dict(Topic.objects.filter(slug__in=slugs).values_list("slug", "name"))
