"""What an editor did to several submissions at once: the record of it, row by row, with what was left out and why."""

from django.conf import settings
from django.db import models

from stories.models.event import Event
from stories.models.reason import Reason
from stories.models.revision import Revision
from stories.models.submission import Submission

AT_ONCE = 50


class Batch(models.Model):
    class Kind(models.TextChoices):
        CLAIM = "claim", "taken"
        RELEASE = "release", "put back"
        FREE = "free", "put back from a colleague"
        RETURN = "return", "sent back"
        DECLINE = "decline", "declined"
        UNDO = "undo", "undone"

    kind = models.CharField(max_length=7, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="batches")
    at = models.DateTimeField()
    # Made by the form, so that a form sent twice acts once.
    key = models.UUIDField()
    # In the editor's words: to the authors, or to the colleague.
    note = models.TextField(blank=True)
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, related_name="+")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="batch_form_sent_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["claim", "release", "free", "return", "decline", "undo"]),
                name="batch_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="undo", undoes__isnull=False)
                | (~models.Q(kind="undo") & models.Q(undoes__isnull=True)),
                name="batch_undoes_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="decline") | (models.Q(reason__isnull=False) & ~models.Q(note="")),
                name="batch_of_declines_says_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["return", "free"]) | ~models.Q(note=""),
                name="batch_says_why",
            ),
        ]
        indexes = [models.Index(fields=["by", "-id"], name="batch_of_editor")]

    def __str__(self) -> str:
        return f"batch {self.pk} by user {self.by_id}"


class BatchRow(models.Model):
    """Either `event` says what was done, or `left_out` why nothing was."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="rows")
    position = models.PositiveSmallIntegerField()
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    # The text that the list was shown for.
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, models.PROTECT, null=True, related_name="batch_row")
    left_out = models.TextField(blank=True)
    # Whether it waited before: undone, it waits again.
    was_waiting = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_batch_row_a_place"),
            models.UniqueConstraint(fields=["batch", "submission"], name="submission_once_a_batch"),
            models.CheckConstraint(
                condition=models.Q(position__gte=1, position__lte=AT_ONCE), name="batch_is_not_too_long"
            ),
            models.CheckConstraint(
                condition=models.Q(event__isnull=False, left_out="")
                | (models.Q(event__isnull=True) & ~models.Q(left_out="")),
                name="batch_row_says_what_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.position} of batch {self.batch_id}"
