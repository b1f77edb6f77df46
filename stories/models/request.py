"""A change that an editor asks for by name, and what its author answered. Neither is ever rewritten."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from stories.models.decision import Decision
from stories.models.submission import Submission

REQUEST_CHARACTERS = 1000
ANSWER_CHARACTERS = 2000


class RequestQuerySet(models.QuerySet["Request"]):
    def made_on(self, submission: Submission) -> RequestQuerySet:
        """In all its rounds, as they were asked."""
        return self.filter(decision__submission=submission).order_by("decision", "position")

    def with_answers(self) -> RequestQuerySet:
        """The answers oldest first: one more query."""
        said = Answer.objects.select_related("by").order_by("id")
        return self.prefetch_related(models.Prefetch("answers", queryset=said, to_attr="said"))


class Request(models.Model):
    """Made with the decision that sends a story back: the decision has its round, revision and editor."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="requests")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=REQUEST_CHARACTERS)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="one_request_a_place"),
            models.CheckConstraint(condition=~models.Q(text=""), name="request_says_what"),
        ]

    # What with_answers() adds.
    said: list[Answer]

    def __str__(self) -> str:
        return self.text

    @property
    def answer(self) -> Answer | None:
        """The one that counts. Needs with_answers()."""
        return self.said[-1] if self.said else None

    @property
    def state(self) -> str:
        return self.answer.kind if self.answer else Answer.Kind.OPEN


class Answer(models.Model):
    """The last one of a request counts; those before it stay, so that nobody wonders what was said when."""

    class Kind(models.TextChoices):
        OPEN = "open", "not yet"  # an answer taken back
        DONE = "done", "done"
        DISAGREED = "disagreed", "I disagree"
        WAIVED = "waived", "no longer asked for"

    request = models.ForeignKey(Request, models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    text = models.TextField(blank=True)
    # The round that it goes with: editors read it beside the text of that round.
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["open", "done", "disagreed", "waived"]),
                name="answer_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="disagreed") | ~models.Q(text=""), name="disagreement_says_why"
            ),
        ]
        indexes = [models.Index(fields=["request", "-id"], name="answer_of_request")]

    def __str__(self) -> str:
        return f"{self.kind}: request {self.request_id}"
