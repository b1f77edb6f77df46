"""An address at which friends can read a draft for a while. Only the fingerprint of its token is kept."""

from datetime import datetime

from django.conf import settings
from django.db import models

from stories.models.story import Story
from stories.status import StoryState


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def live(self, now: datetime) -> "PreviewLinkQuerySet":
        """Those that open: neither ended nor taken back, of a story that is there and was not removed."""
        return self.filter(revoked_at__isnull=True, ends_at__gt=now, story__deleted_at__isnull=True).exclude(
            story__state=StoryState.REMOVED
        )


class PreviewLink(models.Model):
    story = models.ForeignKey(Story, models.CASCADE, related_name="preview_links")
    # Made by the form, so that a form sent twice makes one link; the token is made of it and the site's secret.
    key = models.UUIDField(unique=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("made_at")), name="preview_link_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["story", "-id"], name="preview_link_of_story")]

    def __str__(self) -> str:
        return f"preview link {self.pk} of story {self.story_id}"
