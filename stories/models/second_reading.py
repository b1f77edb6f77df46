"""A decision that was chosen to be read by a second editor, who does not see it, and what that one would have done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from stories.models.authorship import written
from stories.models.decision import Decision
from stories.models.proposal import Proposal
from stories.models.reason import Reason
from stories.models.submission import Claim
from stories.trust import LookState

if TYPE_CHECKING:
    from accounts.models import User


class SecondReadingQuerySet(models.QuerySet["SecondReading"]):
    def waiting(self) -> SecondReadingQuerySet:
        return self.filter(read_at__isnull=True, decision__submission__story__deleted_at__isnull=True)

    def for_editor(self, user: User) -> SecondReadingQuerySet:
        """Those that `user` knows nothing of: neither written, nor read, nor decided on by them."""
        submission = models.OuterRef("decision__submission")
        return self.filter(
            ~written(models.OuterRef("decision__submission__story_id"), user),
            ~models.Exists(Claim.objects.filter(submission=submission, editor=user)),
            ~models.Exists(Proposal.objects.filter(submission=submission, proposed_by=user)),
        )


class SecondReading(models.Model):
    """Changes nothing by itself. The verdict is one of Decision.Kind."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="second_reading")
    chosen_at = models.DateTimeField()
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="second_readings"
    )
    read_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=8, choices=Decision.Kind.choices, blank=True)
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)

    objects = SecondReadingQuerySet.as_manager()

    class Meta:
        permissions = [("read_agreement", "Can see how often two readings agree")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reader__isnull=True, read_at__isnull=True, verdict="")
                | models.Q(
                    reader__isnull=False,
                    read_at__isnull=False,
                    verdict__in=["approve", "return", "decline"],
                ),
                name="second_reading_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="decline", reason__isnull=False)
                | models.Q(~models.Q(verdict="decline"), reason__isnull=True),
                name="second_decline_has_its_reason",
            ),
        ]
        indexes = [
            # the desk's page of second readings
            models.Index(
                fields=["id"],
                condition=models.Q(read_at__isnull=True),
                name="second_reading_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"second reading of decision {self.decision_id}"

    @property
    def state(self) -> LookState:
        return LookState.READ if self.verdict else LookState.WAITING
