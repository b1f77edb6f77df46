"""What an editor has typed about a submission and not sent: nobody else's business, and theirs until they decide."""

from django.conf import settings
from django.db import models

from stories.models.submission import Submission


class UnsentDecision(models.Model):
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    # The form's fields by name; a field with several values has a list.
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["editor", "submission"], name="one_unsent_decision_an_editor"),
        ]
        indexes = [
            # the clock: what has lain too long
            models.Index(fields=["saved_at"], name="unsent_decision_saved"),
        ]

    def __str__(self) -> str:
        return f"what user {self.editor_id} typed about submission {self.submission_id}"
