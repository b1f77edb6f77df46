"""What an editor decided and may still take back: the record of it, and of how it ended.

It is no decision yet. Until its time is over nobody is told and nothing moves, so what reads decisions need not
know of it.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from stories.models.decision import Decision
from stories.models.reason import Reason
from stories.models.revision import Revision
from stories.models.statement import LedBy
from stories.models.submission import Claim, Submission
from stories.trust import HeldState


class HeldDecisionQuerySet(models.QuerySet["HeldDecision"]):
    def standing(self) -> HeldDecisionQuerySet:
        """Neither taken back nor carried out, nor overtaken by something else."""
        return self.filter(end__isnull=True)

    def due(self, now: datetime) -> HeldDecisionQuerySet:
        return self.standing().filter(due_at__lte=now).order_by("due_at", "id")


class HeldDecision(models.Model):
    """All that the verb is given when `due_at` has come. Never changed."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="held_decisions")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="held_decisions")
    kind = models.CharField(max_length=8, choices=Decision.Kind.choices)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="held_decisions")
    decided_at = models.DateTimeField()
    due_at = models.DateTimeField("until when it can be taken back")
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, related_name="+")
    led_by = models.CharField(max_length=8, choices=LedBy.choices, default=LedBy.OWN)
    note = models.TextField(blank=True)
    requests = ArrayField(models.TextField(), default=list, blank=True)
    publish_at = models.DateTimeField(null=True)
    disclaimers = ArrayField(models.BigIntegerField(), default=list, blank=True)

    objects = HeldDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["approve", "return", "decline"]),
                name="held_decision_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(due_at__gt=models.F("decided_at")), name="held_decision_has_its_time"
            ),
        ]
        indexes = [
            # the clock, and the editor whose button it is
            models.Index(fields=["due_at", "id"], name="held_decision_due"),
            models.Index(fields=["decided_by", "-id"], name="held_decision_of_editor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of submission {self.submission_id}, held until {self.due_at:%H:%M:%S}"

    @property
    def state(self) -> HeldState:
        """Needs `end` loaded."""
        end: HeldEnd | None = getattr(self, "end", None)
        return HeldState(end.kind) if end is not None else HeldState.HELD


class HeldEnd(models.Model):
    """How it ended, once. Whoever writes this row first has won; the database lets nobody write a second."""

    class Kind(models.TextChoices):
        TAKEN_BACK = "taken_back", "taken back"
        CARRIED_OUT = "carried_out", "carried out"
        OVERTAKEN = "overtaken", "not carried out"

    held = models.OneToOneField(HeldDecision, models.PROTECT, related_name="end")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    why = models.TextField("what came between", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="taken_back", by__isnull=False, why="")
                | models.Q(kind="carried_out", by__isnull=True, why="")
                | models.Q(models.Q(kind="overtaken", by__isnull=True), ~models.Q(why="")),
                name="held_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"held decision {self.held_id}: {self.kind}"
