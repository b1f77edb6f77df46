"""A frozen text with its number and its fingerprint. It never changes: decisions point at it.

Only when its author deletes the story for good do its words go; number, fingerprint and time stay.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from stories.content import Content
from stories.models.story import Story
from stories.models.written import PicturesShown, Written


class Revision(Written):
    story = models.ForeignKey(Story, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    pictures = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    sha256 = models.CharField(max_length=64)
    draft_version = models.PositiveIntegerField()
    frozen_at = models.DateTimeField()
    is_erased = models.BooleanField(default=False, db_default=False)

    class Meta(Written.Meta):
        abstract = False
        constraints = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=["story", "number"], name="revision_number_once_a_story"),
            models.CheckConstraint(
                condition=models.Q(is_erased=True) | ~models.Q(title=""), name="revision_has_title"
            ),
            models.CheckConstraint(
                condition=models.Q(is_erased=True) | ~models.Q(body=""), name="revision_has_body"
            ),
        ]
        # which texts show a picture
        indexes = [
            GinIndex(fields=["pictures"], name="revision_pictures"),
            GinIndex(PicturesShown("cover", "body"), name="revision_pictures_shown"),
            # the sitemap: which stories were somewhere else before
            models.Index(
                fields=["story"], condition=~models.Q(disclosures=[]), name="revision_that_discloses"
            ),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of story {self.story_id}"

    @property
    def content(self) -> Content:
        return super().content.changed(pictures=tuple(self.pictures))


class Rendering(models.Model):
    """What a page shows of a revision, made once, and made anew when the renderer is newer."""

    revision = models.OneToOneField(Revision, models.CASCADE, primary_key=True, related_name="rendering")
    renderer_version = models.PositiveIntegerField()
    html = models.TextField()
    text = models.TextField("the words alone, for search")
    contents = models.JSONField("headings: [level, anchor, text]", default=list, blank=True)
    links = models.JSONField("where it points: [href, host, text]", default=list, blank=True)
    words = models.PositiveIntegerField()
    minutes = models.PositiveSmallIntegerField()
    excerpt = models.CharField(max_length=400)
    cover = models.JSONField(
        "the cover as stories.prose.pictures.picture_of reads it", default=dict, blank=True
    )

    class Meta:
        indexes = [models.Index(fields=["renderer_version", "revision"], name="rendering_to_renew")]

    def __str__(self) -> str:
        return f"rendering of revision {self.revision_id}"
