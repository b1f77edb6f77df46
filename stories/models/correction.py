"""What was wrong in a published story, said above it with its day. In the record: nobody words it anew in silence."""

from django.conf import settings
from django.db import models

CORRECTION_CHARACTERS = 1000


class Correction(models.Model):
    story = models.ForeignKey("stories.Story", models.PROTECT, related_name="corrections")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Made by the form, so that one sent twice says it once.
    key = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="correction_says_something"),
            models.UniqueConstraint(fields=["by", "key"], name="correction_form_sent_once"),
        ]
        indexes = [models.Index(fields=["story", "id"], name="correction_of_story")]

    def __str__(self) -> str:
        return f"correction of story {self.story_id}"
