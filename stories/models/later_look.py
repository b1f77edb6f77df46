"""A small change that went live by the policy, and what an editor who looked at it afterwards said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from stories.models.authorship import written
from stories.models.decision import Decision
from stories.models.reason import Reason
from stories.models.revision import Revision
from stories.status import StoryState
from stories.trust import LookState

if TYPE_CHECKING:
    from accounts.models import User


class LaterLookQuerySet(models.QuerySet["LaterLook"]):
    def waiting(self) -> LaterLookQuerySet:
        """Of texts that readers see: a newer one has its own, or was read by an editor."""
        return self.filter(
            looked_at__isnull=True,
            is_chosen=True,
            decision__submission__story__published_revision=models.F("decision__revision"),
            decision__submission__story__state__in=(StoryState.PUBLISHED, StoryState.UNLISTED),
            decision__submission__story__deleted_at__isnull=True,
        )

    def for_editor(self, user: User) -> LaterLookQuerySet:
        return self.filter(~written(models.OuterRef("decision__submission__story_id"), user))


class LaterLook(models.Model):
    class Verdict(models.TextChoices):
        FINE = "fine", "fine"
        PUT_BACK = "put_back", "put back"

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="later_look")
    # The last text that an editor read: it is what the change is compared with, and what comes back.
    before = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    is_chosen = models.BooleanField("whether an editor is asked to look")
    chosen_at = models.DateTimeField()
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="later_looks"
    )
    looked_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

    objects = LaterLookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(looked_by__isnull=True, looked_at__isnull=True, verdict="")
                | models.Q(
                    looked_by__isnull=False, looked_at__isnull=False, verdict__in=["fine", "put_back"]
                ),
                name="later_look_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(models.Q(verdict="put_back", reason__isnull=False), ~models.Q(note=""))
                | models.Q(~models.Q(verdict="put_back"), reason__isnull=True, note=""),
                name="put_back_says_why",
            ),
        ]
        indexes = [
            # the desk's page of second looks
            models.Index(
                fields=["id"],
                condition=models.Q(looked_at__isnull=True, is_chosen=True),
                name="later_look_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"second look at decision {self.decision_id}"

    @property
    def state(self) -> LookState:
        return LookState(self.verdict or LookState.WAITING)
