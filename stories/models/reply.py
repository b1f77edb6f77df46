"""What editors write again and again: replies for all of them, and each one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


NAME_CHARACTERS = 80


class PreparedReplyQuerySet(models.QuerySet["PreparedReply"]):
    def of(self, user: User) -> PreparedReplyQuerySet:
        """Those for everybody, and one's own."""
        return self.filter(models.Q(owner=None) | models.Q(owner=user))

    def offered(self) -> PreparedReplyQuerySet:
        return self.filter(retired_at=None)


class PreparedReply(models.Model):
    """`text` may say what `stories.workflow.preparing.PLACEHOLDERS` names. Decisions keep the words that were sent."""

    # Empty: for all editors.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="prepared_replies"
    )
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=NAME_CHARACTERS)
    text = models.TextField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    retired_at = models.DateTimeField("not offered any more since", null=True)

    objects = PreparedReplyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "language", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(text=""), name="reply_is_whole"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> int:
        """Another one after each change: the microsecond of the last."""
        return round(self.changed_at.timestamp() * 1_000_000)
