"""A disclaimer's newer words for all stories that carry older ones: ordered once, given by a worker, batch by batch."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from stories.models.disclaimer import CarriedDisclaimer, DisclaimerVersion


class RewordingQuerySet(models.QuerySet["Rewording"]):
    def going(self) -> RewordingQuerySet:
        return self.filter(done_at__isnull=True, stopped_at__isnull=True)


class Rewording(models.Model):
    """What is left to do is never kept here: it is asked of the stories, so that a worker that dies loses nothing."""

    version = models.OneToOneField(DisclaimerVersion, models.PROTECT, related_name="rewording")
    note = models.TextField("why, as the record has it")
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    expected = models.PositiveIntegerField("stories that carried older words when it was ordered")
    changed = models.PositiveIntegerField("stories that have the newer words by now", default=0)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = RewordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(note=""), name="rewording_says_why"),
            models.CheckConstraint(
                condition=models.Q(stopped_at__isnull=True, stopped_by__isnull=True)
                | models.Q(stopped_at__isnull=False, stopped_by__isnull=False, done_at__isnull=True),
                name="rewording_stop_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version_id} for {self.expected} stories"

    @property
    def is_going(self) -> bool:
        return self.done_at is None and self.stopped_at is None


def carrying_older(version: DisclaimerVersion) -> models.QuerySet[CarriedDisclaimer]:
    """Where stories carry earlier words of the same disclaimer in the same language."""
    earlier = DisclaimerVersion.objects.filter(
        disclaimer=version.disclaimer_id, language=version.language, number__lt=version.number
    )
    return CarriedDisclaimer.objects.filter(version__in=earlier, story__deleted_at__isnull=True)
