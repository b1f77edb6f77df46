"""What readers hold against a story: single reports, those of one story that wait together, and their answer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from stories.models.authorship import written
from stories.models.decision import Reason
from stories.models.revision import Revision
from stories.models.story import Story
from stories.redress import REPORTS_ENDED, REPORTS_OPEN, ReportState
from stories.tokens import known_token

if TYPE_CHECKING:
    from accounts.models import User

PASSAGE_CHARACTERS = 1_000
EXPLANATION_CHARACTERS = 5_000
ADDRESS_CHARACTERS = 4_000
RECEIPT = "stories.report"
REPORTS_ORDER = ("look_by", "id")
_OPEN, _ENDED = ([state.value for state in group] for group in (REPORTS_OPEN, REPORTS_ENDED))


class ReportGroupQuerySet(models.QuerySet["ReportGroup"]):
    def open(self) -> ReportGroupQuerySet:
        return self.filter(state__in=_OPEN)

    def waiting(self) -> ReportGroupQuerySet:
        return self.filter(state=ReportState.WAITING)

    def not_by(self, user: User) -> ReportGroupQuerySet:
        """Those that `user` may decide: neither about their own story, nor on their own report or answer."""
        heard = models.Q(group=models.OuterRef("pk")) | models.Q(group=models.OuterRef("again_of"))
        reported = Report.objects.filter(heard, reporter=user)
        answered = ReportDecision.objects.filter(group=models.OuterRef("again_of"), decided_by=user)
        return self.filter(
            ~written(models.OuterRef("story_id"), user), ~models.Exists(reported), ~models.Exists(answered)
        )


class ReportGroup(models.Model):
    """All reports of one story that get one answer."""

    story = models.ForeignKey(Story, models.PROTECT, related_name="report_groups")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ReportState])
    # The reports that this is a second look at: they stay where they are, this has none of its own.
    again_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="again")
    opened_at = models.DateTimeField()
    # The sum of its reports' weights, and when they should be looked at by it: the order of the desk.
    weight = models.FloatField(default=0)
    look_by = models.DateTimeField()
    due_at = models.DateTimeField("to be answered until")
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ReportGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in ReportState]), name="report_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["story"],
                condition=models.Q(state__in=_OPEN, again_of__isnull=True),
                name="one_open_group_of_reports_a_story",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=_OPEN, ended_at__isnull=True)
                | models.Q(state__in=_ENDED, ended_at__isnull=False),
                name="report_end_has_its_time",
            ),
        ]
        indexes = [
            # the desk's page of reports
            models.Index(
                fields=["look_by", "id"], condition=models.Q(state__in=_OPEN), name="reports_to_look_at"
            ),
            # the clock: which are nearly overdue
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=_OPEN, escalated_at__isnull=True),
                name="reports_to_escalate",
            ),
            models.Index(fields=["story", "-id"], name="reports_of_story"),
        ]

    def __str__(self) -> str:
        return f"reports {self.pk} of story {self.story_id}"

    @property
    def is_open(self) -> bool:
        return self.state in REPORTS_OPEN

    @property
    def heard(self) -> ReportGroup:
        """Whose reports are read here."""
        return self.again_of or self


class Report(models.Model):
    """Part of the record, but for who sent it and in which words: that is erased when it is not needed any more."""

    class Kind(models.TextChoices):
        SPAM = "spam", "Spam or hidden advertising"
        COPIED = "copied", "Copied from elsewhere"
        PERSONAL_DATA = "personal_data", "Somebody’s personal data"
        HATE = "hate", "Hate, or an attack on people"
        FALSE = "false", "False or misleading"
        ILLEGAL = "illegal", "Against the law"

    group = models.ForeignKey(ReportGroup, models.PROTECT, related_name="reports")
    # The text that readers saw.
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    passage = models.CharField(max_length=PASSAGE_CHARACTERS, blank=True)
    # Where in the site it stands, with a fragment that leads to the passage.
    address = models.CharField(max_length=ADDRESS_CHARACTERS, blank=True)
    explanation = models.TextField(blank=True)
    is_about_minors = models.BooleanField("sexual offences against minors", default=False)
    in_good_faith = models.BooleanField(default=False)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="reports")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    # Made by the form, so that one sent twice reports once; the token of the status page is made of it.
    key = models.UUIDField(unique=True, null=True)
    token_sha256 = models.CharField(max_length=64, unique=True, null=True)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["spam", "copied", "personal_data", "hate", "false", "illegal"]),
                name="report_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="illegal")
                | models.Q(erased_at__isnull=False)
                | (
                    ~models.Q(explanation="")
                    & models.Q(in_good_faith=True)
                    & (models.Q(is_about_minors=True) | (~models.Q(name="") & ~models.Q(email="")))
                ),
                name="report_of_illegal_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True, key__isnull=False, token_sha256__isnull=False)
                | models.Q(
                    erased_at__isnull=False,
                    key__isnull=True,
                    token_sha256__isnull=True,
                    reporter__isnull=True,
                    name="",
                    email="",
                    explanation="",
                    passage="",
                    address="",
                ),
                name="report_erased_names_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["reporter", "-id"], name="report_of_reporter"),
            # the yearly figures
            models.Index(fields=["made_at"], name="report_by_time"),
            # the clock: whose reporters are to be forgotten
            models.Index(
                fields=["group"], condition=models.Q(erased_at__isnull=True), name="report_to_forget"
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} ({self.kind})"

    @property
    def status_path(self) -> str:
        """Of the page that says how it stands, which its token alone opens; "" once its reporter is forgotten."""
        token = known_token(RECEIPT, self.key, self.token_sha256 or "") if self.key else ""
        return f"/reports/{token}/" if token else ""


class ReportClaimQuerySet(models.QuerySet["ReportClaim"]):
    def live(self) -> ReportClaimQuerySet:
        return self.filter(ended_at__isnull=True)

    def run_out(self, now: datetime) -> ReportClaimQuerySet:
        return self.live().filter(expires_at__lte=now)


class ReportClaim(models.Model):
    """A lease on the reports of a story, as stories.models.Claim is one on a submission."""

    class End(models.TextChoices):
        DECIDED = "decided"
        RELEASED = "released"
        EXPIRED = "expired"

    group = models.ForeignKey(ReportGroup, models.PROTECT, related_name="claims")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_claims")
    key = models.UUIDField()
    claimed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=8, choices=End.choices, blank=True)

    objects = ReportClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=models.Q(ended_at__isnull=True),
                name="one_live_claim_a_group_of_reports",
            ),
            models.UniqueConstraint(fields=["editor", "key"], name="report_claim_form_sent_once"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, end="")
                | models.Q(ended_at__isnull=False, end__in=["decided", "released", "expired"]),
                name="report_claim_end_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=models.Q(ended_at__isnull=True),
                name="report_claim_running_out",
            ),
        ]

    def __str__(self) -> str:
        return f"claim of reports {self.group_id} by user {self.editor_id}"

    def is_live(self, now: datetime) -> bool:
        return self.ended_at is None and self.expires_at > now


class ReportDecision(models.Model):
    """The one answer that the reports of a group got."""

    class Kind(models.TextChoices):
        UPHOLD = "uphold", "upheld"
        DISMISS = "dismiss", "dismissed"
        DUPLICATE = "duplicate", "answered before"

    class Measure(models.TextChoices):
        REMOVE = "remove", "The story is taken off the public pages"
        DISCLAIMER = "disclaimer", "The story carries another disclaimer"
        RETURN = "return", "The newer text goes back to its author"
        DONE = "done", "What was reported has been mended already"

    group = models.OneToOneField(ReportGroup, models.PROTECT, related_name="decision")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    measure = models.CharField(max_length=10, choices=Measure.choices, blank=True)
    claim = models.OneToOneField(ReportClaim, models.PROTECT, related_name="decision")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_decisions")
    decided_at = models.DateTimeField()
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, related_name="+")
    note = models.TextField("what the author was told", blank=True)
    answer = models.TextField("what the reporters were told", blank=True)
    duplicate_of = models.ForeignKey(ReportGroup, models.PROTECT, null=True, related_name="duplicates")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["uphold", "dismiss", "duplicate"]),
                name="report_decision_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="uphold", measure__in=["remove", "disclaimer", "return", "done"])
                | (~models.Q(kind="uphold") & models.Q(measure="")),
                name="uphold_has_its_measure",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="dismiss") | ~models.Q(answer=""), name="dismiss_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="duplicate", duplicate_of__isnull=False)
                | (~models.Q(kind="duplicate") & models.Q(duplicate_of__isnull=True)),
                name="duplicate_names_the_answer",
            ),
        ]
        # the yearly figures
        indexes = [models.Index(fields=["decided_at"], name="report_decision_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} of reports {self.group_id}"
