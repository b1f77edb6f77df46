"""A change that an editor asks for by name, what its author answered, how it was settled. None is ever rewritten."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from stories.models.decision import Decision
from stories.models.note import Note
from stories.models.submission import Submission

REQUEST_CHARACTERS = 1000
ANSWER_CHARACTERS = 2000


class RequestQuerySet(models.QuerySet["Request"]):
    def made_on(self, submission: Submission) -> RequestQuerySet:
        """In all its rounds, as they were asked."""
        return self.filter(decision__submission=submission).order_by("decision", "position")

    def unsettled(self) -> RequestQuerySet:
        """Neither accepted nor waived by now: these hold an approval up."""
        last = Answer.objects.filter(request=models.OuterRef("pk"), kind__in=VERDICTS).order_by("-id")
        found = self.alias(last=models.Subquery(last.values("kind")[:1]))
        return found.filter(models.Q(last__isnull=True) | models.Q(last=Answer.Kind.REOPENED))

    def with_answers(self) -> RequestQuerySet:
        """What both sides said, oldest first: one more query."""
        return self._with(Answer.objects.all())

    def with_answers_told(self, submission: Submission) -> RequestQuerySet:
        """As its authors may read them: what an editor says of a request reaches them with the decision."""
        return self._with(Answer.objects.exclude(kind__in=VERDICTS, round__gt=submission.decided_round))

    def _with(self, answers: models.QuerySet[Answer]) -> RequestQuerySet:
        said = answers.select_related("by").order_by("id")
        return self.prefetch_related(models.Prefetch("answers", queryset=said, to_attr="said"))


class Request(models.Model):
    """Made with the decision that sends a story back: the decision has its round, revision and editor."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="requests")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=REQUEST_CHARACTERS)
    # The passage that it is about, when it was asked beside one.
    note = models.OneToOneField(Note, models.PROTECT, null=True, related_name="request")

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="one_request_a_place"),
            models.CheckConstraint(condition=~models.Q(text=""), name="request_says_what"),
        ]

    # What with_answers() adds; those of editors, and of the author.
    said: list[Answer]

    def __str__(self) -> str:
        return self.text

    @property
    def answer(self) -> Answer | None:
        """The author's that counts. Needs with_answers()."""
        return next((said for said in reversed(self.said) if said.kind not in VERDICTS), None)

    @property
    def state(self) -> str:
        """What its author says of it. Needs with_answers()."""
        return self.answer.kind if self.answer else Answer.Kind.OPEN

    @property
    def verdict(self) -> Answer | None:
        """That by which it was settled, None while it is open. Needs with_answers()."""
        last = next((said for said in reversed(self.said) if said.kind in VERDICTS), None)
        return last if last is not None and last.kind in SETTLED else None


class Answer(models.Model):
    """The last one of each side counts; those before it stay, so that nobody wonders what was said when."""

    class Kind(models.TextChoices):
        # Of who wrote the story.
        OPEN = "open", "not yet"  # an answer taken back
        DONE = "done", "done"
        DISAGREED = "disagreed", "I disagree"
        # Of who reads it as its editor.
        ACCEPTED = "accepted", "accepted"
        WAIVED = "waived", "no longer asked for"
        REOPENED = "reopened", "still asked for"  # a verdict taken back

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
                condition=models.Q(kind__in=["open", "done", "disagreed", "accepted", "waived", "reopened"]),
                name="answer_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="disagreed") | ~models.Q(text=""), name="disagreement_says_why"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="waived") | ~models.Q(text=""), name="waiving_says_why"
            ),
        ]
        indexes = [models.Index(fields=["request", "-id"], name="answer_of_request")]

    def __str__(self) -> str:
        return f"{self.kind}: request {self.request_id}"


SETTLED = (Answer.Kind.ACCEPTED.value, Answer.Kind.WAIVED.value)
VERDICTS = (*SETTLED, Answer.Kind.REOPENED.value)
