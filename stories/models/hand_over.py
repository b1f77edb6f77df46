"""An offer to lead a story: by who leads it now, to one of its authors, who says yes or no."""

from django.conf import settings
from django.db import models

from stories.models.story import Story


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def waiting(self) -> "HandOverQuerySet":
        return self.filter(state=HandOver.State.WAITING)


class HandOver(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", "waiting for an answer"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "taken back"

    story = models.ForeignKey(Story, models.CASCADE, related_name="hand_overs")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    offered_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=models.Q(state="waiting"), name="one_waiting_hand_over_a_story"
            ),
            models.CheckConstraint(
                condition=~models.Q(offered_by=models.F("offered_to")), name="hand_over_is_to_another"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", answered_at__isnull=True)
                | models.Q(
                    state__in=["accepted", "declined", "withdrawn"],
                    answered_at__isnull=False,
                ),
                name="hand_over_end_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"hand-over {self.pk} of story {self.story_id}"
