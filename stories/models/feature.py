"""What leads the front page: stories that editors chose, in their order, each until a day."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

MOST_FEATURED = 4  # as many as stand above the list of the newest


class FeatureQuerySet(models.QuerySet["Feature"]):
    def running(self, now: datetime) -> FeatureQuerySet:
        return self.filter(ends_at__gt=now).order_by("position", "id")


class Feature(models.Model):
    story = models.OneToOneField("stories.Story", models.CASCADE, related_name="feature")
    position = models.PositiveIntegerField()
    ends_at = models.DateTimeField("until when it leads the front page")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    objects = FeatureQuerySet.as_manager()

    class Meta:
        permissions = [("choose_features", "Can choose what leads the front page")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("chosen_at")), name="feature_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"story {self.story_id} at {self.position}"
