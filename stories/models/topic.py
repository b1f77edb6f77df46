"""Topics are the site's own few shelves; tags are the authors' words."""

from django.db import models


class Topic(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_open = models.BooleanField("offered to authors", default=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    slug = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Listing(models.Model):
    """Where a story stands on a shelf. `listed_at` is empty while readers may not find it there."""

    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="%(class)ss")
    position = models.PositiveSmallIntegerField()
    listed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class TopicListing(Listing):
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="listings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "topic"], name="topic_once_a_story")]
        indexes = [
            # the topic page, newest first
            models.Index(
                fields=["topic", "-listed_at", "-story"],
                condition=models.Q(listed_at__isnull=False),
                name="topic_page",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} under {self.topic_id}"


class TagListing(Listing):
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="listings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "tag"], name="tag_once_a_story")]
        indexes = [
            # the tag page, newest first
            models.Index(
                fields=["tag", "-listed_at", "-story"],
                condition=models.Q(listed_at__isnull=False),
                name="tag_page",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} tagged {self.tag_id}"
