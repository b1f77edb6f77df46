"""An appeal on its way through the desk: whether it is being read, until when it is due, and the leases on it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from stories.models.appeal import Appeal
from stories.models.authorship import written
from stories.models.statement import Statement
from stories.redress import APPEALS_ENDED, APPEALS_OPEN, AppealState

if TYPE_CHECKING:
    from accounts.models import User

HEARINGS_ORDER = ("due_at", "id")
_OPEN, _ENDED = ([state.value for state in group] for group in (APPEALS_OPEN, APPEALS_ENDED))


class HearingQuerySet(models.QuerySet["Hearing"]):
    def open(self) -> HearingQuerySet:
        return self.kept().filter(state__in=_OPEN)

    def kept(self) -> HearingQuerySet:
        """Of stories that their authors did not delete meanwhile; a suspension outlives its story."""
        is_there = models.Q(appeal__story__deleted_at__isnull=True)
        return self.filter(is_there | models.Q(appeal__sanction__isnull=False))

    def for_editor(self, user: User) -> HearingQuerySet:
        """Those that `user` may answer: neither about their own story, nor against their own decision."""
        proposed = Statement.objects.filter(proposal__proposed_by=user)
        return self.filter(
            ~written(models.OuterRef("appeal__story_id"), user),
            ~models.Q(appeal__decision__decided_by=user),
            ~models.Q(appeal__removal__actor=user),
            # Nor against what they had proposed.
            ~models.Exists(proposed.filter(decision=models.OuterRef("appeal__decision"))),
            ~models.Exists(proposed.filter(event=models.OuterRef("appeal__removal"))),
        )


class Hearing(models.Model):
    """Beside the appeal, which is part of the record and never changes."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="hearing")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in AppealState])
    due_at = models.DateTimeField("to be answered until")
    warned_at = models.DateTimeField("when its reader was told that it is due soon", null=True)
    escalated_at = models.DateTimeField("when the chief editors were told that it is overdue", null=True)
    ended_at = models.DateTimeField(null=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in AppealState]), name="appeal_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=_OPEN, ended_at__isnull=True)
                | models.Q(state__in=_ENDED, ended_at__isnull=False),
                name="appeal_end_has_its_time",
            ),
        ]
        indexes = [
            # the desk's page of appeals
            models.Index(
                fields=["due_at", "id"], condition=models.Q(state__in=_OPEN), name="appeals_to_answer"
            ),
            # the clock: of which nobody was told yet
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=_OPEN, warned_at__isnull=True),
                name="appeals_to_warn_of",
            ),
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=_OPEN, escalated_at__isnull=True),
                name="appeals_to_escalate",
            ),
        ]

    def __str__(self) -> str:
        return f"hearing of appeal {self.appeal_id}"

    @property
    def is_open(self) -> bool:
        return self.state in APPEALS_OPEN


class AppealClaimQuerySet(models.QuerySet["AppealClaim"]):
    def live(self) -> AppealClaimQuerySet:
        return self.filter(ended_at__isnull=True)

    def run_out(self, now: datetime) -> AppealClaimQuerySet:
        return self.live().filter(expires_at__lte=now)


class AppealClaim(models.Model):
    """A lease on an appeal, as stories.models.Claim is one on a submission."""

    class End(models.TextChoices):
        DECIDED = "decided"
        RELEASED = "released"
        EXPIRED = "expired"
        TAKEN = "taken"  # over, by a colleague

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="claims")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appeal_claims")
    key = models.UUIDField()
    claimed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=8, choices=End.choices, blank=True)

    objects = AppealClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hearing"],
                condition=models.Q(ended_at__isnull=True),
                name="one_live_claim_an_appeal",
            ),
            models.UniqueConstraint(fields=["editor", "key"], name="appeal_claim_form_sent_once"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, end="")
                | models.Q(ended_at__isnull=False, end__in=["decided", "released", "expired", "taken"]),
                name="appeal_claim_end_is_whole",
            ),
        ]
        indexes = [
            # the clock: which leases have run out
            models.Index(
                fields=["expires_at"],
                condition=models.Q(ended_at__isnull=True),
                name="appeal_claim_running_out",
            ),
        ]

    def __str__(self) -> str:
        return f"claim of appeal {self.hearing_id} by user {self.editor_id}"

    def is_live(self, now: datetime) -> bool:
        return self.ended_at is None and self.expires_at > now
