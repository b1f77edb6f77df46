"""Everything that a member has here, packed to be taken away: asked for, made by a worker, kept for some days."""

from datetime import datetime

from django.conf import settings
from django.db import models


class ArchiveQuerySet(models.QuerySet["Archive"]):
    def due(self, now: datetime) -> "ArchiveQuerySet":
        """To be made now, for the first time or again."""
        return self.filter(due_at__lte=now)

    def ready(self, now: datetime) -> "ArchiveQuerySet":
        return self.filter(made_at__isnull=False, ends_at__gt=now).exclude(name="")


class Archive(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="archives")
    asked_at = models.DateTimeField()
    # When it is to be made or tried again; none when it is made or was given up.
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    # The file's name in storage, which nobody can guess; "" when it is not there yet or not any more.
    name = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField("bytes", default=0)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(due_at__isnull=False), name="one_archive_at_once"
            ),
            models.CheckConstraint(
                condition=models.Q(made_at__isnull=True, ends_at__isnull=True)
                | models.Q(made_at__isnull=False, ends_at__isnull=False, due_at__isnull=True),
                name="archive_is_made_or_due",
            ),
        ]
        indexes = [
            # the worker: whose turn it is
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="archive_due"),
            # the clock: which are over
            models.Index(fields=["ends_at"], condition=~models.Q(name=""), name="archive_over"),
        ]

    def __str__(self) -> str:
        return f"archive {self.pk} of user {self.owner_id}"
