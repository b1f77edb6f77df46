"""What one editor proposes and another one agrees to, before anything happens: a decline by law, or a removal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from stories.models.authorship import written
from stories.models.reason import Reason
from stories.models.revision import Revision
from stories.models.story import Story
from stories.models.submission import Claim, Submission
from stories.trust import ProposalState

if TYPE_CHECKING:
    from accounts.models import User
    from stories.models.appeal import Appeal

PROPOSALS_ORDER = ("proposed_at", "id")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def standing(self) -> ProposalQuerySet:
        """Without its answer, about a text and a state that are still the same: a trigger ends the others."""
        return self.filter(ended_at__isnull=True, story__deleted_at__isnull=True)

    def for_editor(self, user: User) -> ProposalQuerySet:
        """Those that `user` may see: none about a story that they wrote."""
        return self.filter(~written(models.OuterRef("story_id"), user))

    def led_to(self, appeal: Appeal) -> ProposalQuerySet:
        """What a colleague had proposed of the decision that `appeal` is against."""
        if appeal.decision_id:
            return self.filter(statement__decision=appeal.decision_id)
        return self.filter(statement__event=appeal.removal_id)

    def by_others(self, user: User) -> ProposalQuerySet:
        """Those that wait for `user`'s word."""
        return self.for_editor(user).exclude(proposed_by=user)


class Proposal(models.Model):
    """Bound to the very text, the reason and the words. None of it changes, and it ends once."""

    class Kind(models.TextChoices):
        DECLINE = "decline", "to decline it"
        REMOVE = "remove", "to remove it"

    class End(models.TextChoices):
        AGREED = "agreed", "agreed to"
        REFUSED = "refused", "refused"
        TAKEN_BACK = "taken_back", "taken back"
        LAPSED = "lapsed", "over, because the text or its state changed"

    story = models.ForeignKey(Story, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="proposals")
    # Under which the text was read; so a form sent twice proposes once.
    claim = models.OneToOneField(Claim, models.PROTECT, null=True, related_name="proposal")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    reason = models.ForeignKey(Reason, models.PROTECT, related_name="+")
    note = models.TextField("what the author would be told")
    led_by = models.CharField(max_length=8)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    proposed_at = models.DateTimeField()
    end = models.CharField(max_length=10, choices=End.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    # Nobody, where it lapsed.
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Of who refused it, or agreed, to who proposed it.
    words = models.TextField(blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story"],
                condition=models.Q(ended_at__isnull=True),
                name="one_standing_proposal_a_story",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="decline", submission__isnull=False, claim__isnull=False)
                | models.Q(kind="remove", submission__isnull=True, claim__isnull=True),
                name="proposal_is_of_a_kind",
            ),
            models.CheckConstraint(condition=~models.Q(note=""), name="proposal_says_why"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, end="", ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, end="lapsed", ended_by__isnull=True)
                | models.Q(
                    ended_at__isnull=False,
                    end__in=["agreed", "refused", "taken_back"],
                    ended_by__isnull=False,
                ),
                name="proposal_end_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(end="refused") | ~models.Q(words=""), name="refused_proposal_says_why"
            ),
        ]
        indexes = [
            # the desk's page of proposals
            models.Index(
                fields=["proposed_at", "id"],
                condition=models.Q(ended_at__isnull=True),
                name="proposals_in_order",
            ),
            models.Index(fields=["submission", "-id"], name="proposal_of_submission"),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk} about story {self.story_id}"

    @property
    def state(self) -> ProposalState:
        return ProposalState(self.end or ProposalState.STANDING)

    @property
    def is_standing(self) -> bool:
        return self.state == ProposalState.STANDING
