"""One trip of a story to the editors, in one or more rounds, and the lease an editor reads it under."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from stories.models.authorship import written
from stories.models.revision import Revision
from stories.models.story import Story
from stories.status import ENDED, OPEN, UNDECIDED, WITH_EDITORS, SubmissionState

if TYPE_CHECKING:
    from accounts.models import User

QUEUE_ORDER = ("due_at", "id")
_OPEN, _WITH_EDITORS, _ENDED = ([s.value for s in group] for group in (OPEN, WITH_EDITORS, ENDED))


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def open(self) -> SubmissionQuerySet:
        return self.filter(state__in=OPEN)

    def waiting(self) -> SubmissionQuerySet:
        return self.filter(state=SubmissionState.QUEUED)

    def with_editors(self) -> SubmissionQuerySet:
        """The queue page: who waits and who is being read."""
        return self.filter(state__in=WITH_EDITORS)

    def in_line(self) -> SubmissionQuerySet:
        """What is due first comes first."""
        return self.order_by(*QUEUE_ORDER)

    def not_by(self, user: User) -> SubmissionQuerySet:
        """Nobody reads their own story as its editor, nor one that they wrote at once."""
        return self.filter(~written(models.OuterRef("story_id"), user))


class Submission(models.Model):
    class AuthorRecord(models.TextChoices):
        FIRST = "first", "Nothing published yet"
        PUBLISHED = "published", "Published before"
        DECLINED = "declined", "Declined or removed before"

    story = models.ForeignKey(Story, models.CASCADE, related_name="submissions")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in SubmissionState])
    round = models.PositiveSmallIntegerField(default=1)
    # The text that editors read now.
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="submissions")
    # Counts every change, so that a decision made on an older look is refused.
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    queued_at = models.DateTimeField("waiting in this round since")
    # By the team's working hours. While its author has it: when it would have been.
    due_at = models.DateTimeField("when an answer is due", db_default=Now())
    warned_at = models.DateTimeField("when its reader was told that it is due soon", null=True)
    escalated_at = models.DateTimeField("when the chief editors were told that it is overdue", null=True)
    ended_at = models.DateTimeField(null=True)
    # Where editors look for it: kept by a trigger, so that a page of the queue is read from one index.
    language = models.CharField("that of the text", max_length=8, blank=True, db_default="", editable=False)
    topics = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, db_default=[], editable=False
    )
    author_record = models.CharField(
        max_length=9, choices=AuthorRecord.choices, default=AuthorRecord.FIRST, db_default="first"
    )
    wished_for = models.DateTimeField("when its author wishes to be published", null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        permissions = [
            ("review_submission", "Can take stories from the queue and decide on them"),
            ("read_log", "Can read the record of the editors' desk"),
            ("export_log", "Can take the record of the editors' desk away as a file"),
            ("see_colleagues_load", "Can see what each editor does"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in SubmissionState]),
                name="submission_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["story"], condition=models.Q(state__in=_OPEN), name="one_open_submission_a_story"
            ),
            models.CheckConstraint(
                condition=models.Q(author_record__in=["first", "published", "declined"]),
                name="author_record_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=_OPEN, ended_at__isnull=True)
                | models.Q(state__in=_ENDED, ended_at__isnull=False),
                name="submission_end_has_its_time",
            ),
        ]
        indexes = [
            # claim the next one
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state=SubmissionState.QUEUED.value),
                name="submission_waiting",
            ),
            # the queue page, whole and narrowed
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state__in=_WITH_EDITORS),
                name="submission_with_editors",
            ),
            models.Index(
                fields=["language", "due_at", "id"],
                condition=models.Q(state__in=_WITH_EDITORS),
                name="submission_in_language",
            ),
            models.Index(
                fields=["author_record", "due_at", "id"],
                condition=models.Q(state__in=_WITH_EDITORS),
                name="submission_by_record",
            ),
            GinIndex(
                fields=["topics"], condition=models.Q(state__in=_WITH_EDITORS), name="submission_on_topic"
            ),
            models.Index(
                fields=["queued_at"],
                condition=models.Q(state__in=_WITH_EDITORS),
                name="submission_waiting_since",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state=SubmissionState.IN_REVIEW.value),
                name="submission_being_read",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state=SubmissionState.RETURNED.value),
                name="submission_returned",
            ),
            # the clock: of which nobody was told yet
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=_WITH_EDITORS, warned_at__isnull=True),
                name="submission_to_warn_of",
            ),
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=_WITH_EDITORS, escalated_at__isnull=True),
                name="submission_to_escalate",
            ),
            models.Index(fields=["story", "-id"], name="submission_of_story"),
        ]

    def __str__(self) -> str:
        return f"submission {self.pk} of story {self.story_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def decided_round(self) -> int:
        """The last round that has its decision; 0 while there is none."""
        return self.round - (self.state in UNDECIDED)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def live(self) -> ClaimQuerySet:
        return self.filter(ended_at__isnull=True)

    def run_out(self, now: datetime) -> ClaimQuerySet:
        """Under a held decision a claim does not run out: the clock ends both, however late it comes."""
        return self.live().filter(~_held(), expires_at__lte=now)

    def not_held(self) -> ClaimQuerySet:
        """Those whose editor has still to decide."""
        return self.filter(~_held())

    def with_held(self) -> ClaimQuerySet:
        """Each says whether its editor has decided and may still take it back."""
        return self.annotate(is_held=_held())


def _held() -> models.Exists:
    held = Claim.objects.filter(pk=models.OuterRef("pk"), held_decisions__isnull=False)
    return models.Exists(held.filter(held_decisions__end__isnull=True))


class Claim(models.Model):
    """A lease: renewed while the editor's page is open, and over when it runs out."""

    class End(models.TextChoices):
        DECIDED = "decided"
        RELEASED = "released"
        EXPIRED = "expired"
        TAKEN = "taken"  # over, by a colleague

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="claims")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims")
    # Made by the form that claims, so that a form sent twice claims once.
    key = models.UUIDField()
    claimed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=8, choices=End.choices, blank=True)

    objects = ClaimQuerySet.as_manager()
    is_held: bool  # as `with_held` says

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=models.Q(ended_at__isnull=True),
                name="one_live_claim_a_submission",
            ),
            models.UniqueConstraint(fields=["editor", "key"], name="claim_form_sent_once"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, end="")
                | models.Q(ended_at__isnull=False, end__in=["decided", "released", "expired", "taken"]),
                name="claim_end_is_whole",
            ),
        ]
        indexes = [
            # the clock: which leases have run out
            models.Index(
                fields=["expires_at"], condition=models.Q(ended_at__isnull=True), name="claim_running_out"
            ),
            models.Index(
                fields=["editor"], condition=models.Q(ended_at__isnull=True), name="claim_of_editor"
            ),
        ]

    def __str__(self) -> str:
        return f"claim of submission {self.submission_id} by user {self.editor_id}"

    def is_live(self, now: datetime) -> bool:
        return self.ended_at is None and self.expires_at > now
