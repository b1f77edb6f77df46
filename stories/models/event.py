"""The record: who did what to what, from which state to which, when and why. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models.expressions import RawSQL

from stories.models.story import Story
from stories.models.submission import Submission

# What editors say to each other about a story: its authors see the deed, not these words.
AMONG_EDITORS = frozenset({"take_over", "take_over_appeal"})


class Event(models.Model):
    story = models.ForeignKey(Story, models.PROTECT, related_name="events", db_constraint=True)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="events")
    action = models.CharField(max_length=24)
    # Which machine moved: "submission", "story", "report", "appeal", "held", "proposal", "sanction" or "later_look",
    # or "" when no state changed.
    machine = models.CharField(max_length=10, blank=True)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    # The transaction it was written in: the database refuses a change of state without its event.
    xact = models.BigIntegerField(db_default=RawSQL("txid_current()", ()), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["story", "-id"], name="event_of_story"),
            models.Index(fields=["submission", "-id"], name="event_of_submission"),
            # the log, whole and narrowed
            models.Index(fields=["-at", "-id"], name="event_log"),
            models.Index(fields=["actor", "-at", "-id"], name="event_log_of_actor"),
            models.Index(fields=["action", "-at", "-id"], name="event_log_of_action"),
        ]

    def __str__(self) -> str:
        return f"{self.action} of story {self.story_id}"

    @property
    def note_to_authors(self) -> str:
        return "" if self.action in AMONG_EDITORS else self.note
