"""A warning to a member, or a suspension for a time: why, by whom and until when."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import formats, timezone

from stories.models.reason import ReasonVersion
from stories.models.story import Story
from stories.trust import SanctionState


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def suspending(self, now: datetime) -> SanctionQuerySet:
        """Suspensions that hold now: they end by themselves, whether or not the clock goes."""
        return self.filter(kind=Sanction.Kind.SUSPENSION, ended_at__isnull=True, ends_at__gt=now)

    def over(self, now: datetime) -> SanctionQuerySet:
        return self.filter(kind=Sanction.Kind.SUSPENSION, ended_at__isnull=True, ends_at__lte=now)


class Sanction(models.Model):
    class Kind(models.TextChoices):
        WARNING = "warning", "Warning"
        SUSPENSION = "suspension", "Suspension"

    class End(models.TextChoices):
        OVER = "over", "over"
        LIFTED = "lifted", "lifted, because the appeal was upheld"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sanctions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # What it is about: nobody is warned or suspended for nothing that can be looked at.
    story = models.ForeignKey(Story, models.PROTECT, related_name="sanctions")
    ground = models.ForeignKey(ReasonVersion, models.PROTECT, related_name="+")
    note = models.TextField("what the member is told")
    # Made by the form, so that one sent twice acts once.
    key = models.UUIDField(unique=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=8, choices=End.choices, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="warning", ends_at__isnull=True, ended_at__isnull=True)
                | models.Q(kind="suspension", ends_at__gt=models.F("given_at")),
                name="suspension_has_its_end",
            ),
            models.CheckConstraint(condition=~models.Q(note=""), name="sanction_says_why"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, end="")
                | models.Q(ended_at__isnull=False, end__in=["over", "lifted"]),
                name="sanction_end_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="sanction_of_member"),
            # the clock, and whether somebody is suspended
            models.Index(
                fields=["ends_at"],
                condition=models.Q(kind="suspension", ended_at__isnull=True),
                name="suspension_running",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of member {self.member_id}"

    @property
    def state(self) -> SanctionState:
        """As it is written down: a suspension whose time is over ends by itself, before the clock comes by."""
        if self.end:
            return SanctionState(self.end)
        return SanctionState.SUSPENDED if self.is_suspension else SanctionState.WARNED

    @property
    def is_suspension(self) -> bool:
        return self.kind == self.Kind.SUSPENSION

    @property
    def until(self) -> str:
        return formats.date_format(timezone.localtime(self.ends_at), "l j F Y, H:i") if self.ends_at else ""

    def is_running(self, now: datetime) -> bool:
        return self.ends_at is not None and self.ended_at is None and self.ends_at > now
