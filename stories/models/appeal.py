"""What an author holds against a decision, once for each: in the record, with the one answer it got."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from stories.models.decision import Decision
from stories.models.event import Event
from stories.models.revision import Revision
from stories.models.sanction import Sanction
from stories.models.story import Story
from stories.redress import AppealState

APPEAL_CHARACTERS = 4_000
# No six months of the calendar are longer.
APPEAL_WITHIN = timedelta(days=184)
ANSWER_APPEAL_WITHIN = timedelta(days=15)


class Appeal(models.Model):
    """Against a decline, or against what an event records: that a story was removed, a small change to it put back, or
    a member suspended because of it."""

    story = models.ForeignKey(Story, models.PROTECT, related_name="appeals")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="appeal")
    removal = models.OneToOneField(Event, models.PROTECT, null=True, related_name="appeal")
    # The suspension, where the event is of one: a matter between its member and the editors alone.
    sanction = models.OneToOneField(Sanction, models.PROTECT, null=True, related_name="appeal")
    # The very text that comes back if the appeal is upheld; of a suspension the one it was given about.
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appeals")
    text = models.TextField()
    # Made by the form, so that one sent twice appeals once.
    key = models.UUIDField(unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision__isnull=False, removal__isnull=True)
                | models.Q(decision__isnull=True, removal__isnull=False),
                name="appeal_is_against_one",
            ),
            models.CheckConstraint(
                condition=models.Q(sanction__isnull=True) | models.Q(removal__isnull=False),
                name="appeal_of_a_member_has_its_event",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="appeal_says_why"),
        ]
        indexes = [models.Index(fields=["story", "-id"], name="appeal_of_story")]

    def __str__(self) -> str:
        return f"appeal {self.pk} about story {self.story_id}"

    @property
    def kind(self) -> str:
        """What it is against, by the action. Needs `removal` loaded."""
        return self.removal.action if self.removal else Decision.Kind.DECLINE.value

    @property
    def is_void(self) -> bool:
        """No text of a deleted story can come back; a suspension outlives the story that it was about."""
        return self.sanction_id is None and self.story.is_deleted

    @property
    def state(self) -> AppealState:
        """As its author sees it. Needs `answer` loaded."""
        answer: AppealAnswer | None = getattr(self, "answer", None)
        if answer is None:
            return AppealState.OPEN
        return AppealState.UPHELD if answer.is_upheld else AppealState.REJECTED

    @property
    def due_at(self) -> datetime:
        return self.made_at + ANSWER_APPEAL_WITHIN


class AppealAnswer(models.Model):
    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="answer")
    is_upheld = models.BooleanField()
    # Whether the text came back with it; it does not where a newer one has taken its place.
    is_restored = models.BooleanField(default=False)
    text = models.TextField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appeal_answers")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="appeal_answer_gives_reasons"),
            models.CheckConstraint(
                condition=models.Q(is_upheld=True) | models.Q(is_restored=False),
                name="rejected_appeal_restores_nothing",
            ),
        ]
        # the desk's figures
        indexes = [models.Index(fields=["answered_at"], name="appeal_answer_by_time")]

    def __str__(self) -> str:
        return f"answer to appeal {self.appeal_id}"
