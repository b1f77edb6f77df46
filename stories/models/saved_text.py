"""What a draft was before it was changed: kept for a while, thinner and thinner, so that no change is for good."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from stories.models.story import Story
from stories.models.written import PicturesShown, Written


class SavedText(Written):
    class Why(models.TextChoices):
        WRITING = "writing", "Saved while you wrote"
        REPLACED = "replaced", "Kept when another text took its place"
        ASIDE = "aside", "Sent from another tab or device, and not saved"

    story = models.ForeignKey(Story, models.CASCADE, related_name="saved_texts")
    why = models.CharField(max_length=8, choices=Why.choices)
    sha256 = models.CharField(max_length=64)
    words = models.PositiveIntegerField()
    size = models.PositiveIntegerField("bytes")
    saved_at = models.DateTimeField("when the draft was saved with this text")
    due_at = models.DateTimeField("when it is asked next whether it is kept on")

    class Meta(Written.Meta):
        abstract = False
        constraints = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=["story", "sha256"], name="saved_text_once_a_story"),
            models.CheckConstraint(
                condition=models.Q(why__in=["writing", "replaced", "aside"]), name="saved_text_why_is_known"
            ),
        ]
        indexes = [
            # a story's history; thinning
            models.Index(fields=["story", "-saved_at", "-id"], name="saved_text_of_story"),
            # the clock: what is due
            models.Index(fields=["due_at"], name="saved_text_due"),
            # pictures that nobody uses
            GinIndex(PicturesShown("cover", "body"), name="saved_text_pictures_shown"),
        ]

    def __str__(self) -> str:
        return f"text {self.pk} of story {self.story_id}"
