"""Which editor has which submission open just now: a row lives for as long as the page says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from stories.models.submission import Submission

if TYPE_CHECKING:
    from accounts.models import User

BEAT = timedelta(seconds=30)  # how often an open page says that it is there
GONE_AFTER = timedelta(seconds=80)  # two beats and something for the way


class PresenceQuerySet(models.QuerySet["Presence"]):
    def there(self, now: datetime) -> PresenceQuerySet:
        return self.filter(seen_at__gt=now - GONE_AFTER)

    def others_than(self, user: User) -> PresenceQuerySet:
        return self.exclude(editor=user)


class Presence(models.Model):
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="presences")
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "editor"], name="one_presence_an_editor"),
        ]
        indexes = [
            # who is anywhere at the desk
            models.Index(fields=["seen_at"], name="presence_seen"),
        ]

    def __str__(self) -> str:
        return f"user {self.editor_id} at submission {self.submission_id}"
