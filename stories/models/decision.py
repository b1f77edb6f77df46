"""What was decided about a text: by an editor about the very one they read, or by a policy that the site has."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from stories.models.reason import Reason
from stories.models.revision import Revision
from stories.models.submission import Claim, Submission


class Decision(models.Model):
    class Kind(models.TextChoices):
        APPROVE = "approve", "approved"
        RETURN = "return", "sent back"
        DECLINE = "decline", "declined"

    class Policy(models.TextChoices):
        """By name and version: another policy gets another name."""

        SMALL_CHANGE = "small-change-1", "the policy for small changes by trusted authors, version 1"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="decisions")
    sha256 = models.CharField(max_length=64)
    claim = models.OneToOneField(Claim, models.PROTECT, null=True, related_name="decision")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions"
    )
    # Either an editor decided, under a claim, or a policy did; then so many approvals in a row were asked for.
    policy = models.CharField(max_length=20, choices=Policy.choices, blank=True, db_default="", default="")
    approvals = models.PositiveIntegerField("approvals in a row that were asked for", null=True)
    decided_at = models.DateTimeField()
    # When this round began to wait; the submission forgets it in the next one.
    waiting_since = models.DateTimeField(null=True)
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, related_name="decisions")
    note = models.TextField(blank=True)
    publish_at = models.DateTimeField(null=True)
    # The disclaimer versions an approval attaches, the base one first.
    disclaimers = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "round"], name="one_decision_a_round"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["approve", "return", "decline"]), name="decision_kind_is_known"
            ),
            # A return says it in its requests or its note: a trigger sees to that.
            models.CheckConstraint(
                condition=models.Q(kind__in=["approve", "return"]) | ~models.Q(note=""),
                name="decision_says_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="decline") | models.Q(reason__isnull=False),
                name="decline_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="approve") | ~models.Q(disclaimers=[]),
                name="approve_has_its_disclaimer",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    policy="", claim__isnull=False, decided_by__isnull=False, approvals__isnull=True
                )
                | models.Q(
                    policy__in=["small-change-1"],
                    kind="approve",
                    round=1,
                    claim__isnull=True,
                    decided_by__isnull=True,
                    approvals__isnull=False,
                    approvals__gte=1,
                    reason__isnull=True,
                    publish_at__isnull=True,
                ),
                name="decision_is_by_an_editor_or_a_policy",
            ),
        ]
        indexes = [
            models.Index(fields=["revision", "kind"], name="decision_on_revision"),
            # how long stories waited of late
            models.Index(
                fields=["-decided_at"],
                condition=models.Q(waiting_since__isnull=False),
                name="decision_of_late",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of submission {self.submission_id}, round {self.round}"

    @property
    def decider(self) -> str:
        """By name, as authors and editors read it."""
        return self.decided_by.name if self.decided_by else self.get_policy_display()

    @property
    def reason_given(self) -> str:
        """In the very words that the author was given: those of the statement, where there is one."""
        if hasattr(self, "statement"):
            return self.statement.ground.words
        return f"{self.reason.label}." if self.reason else ""
