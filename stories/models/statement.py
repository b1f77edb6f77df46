"""What a restriction is answered for with: the statement of reasons, and the line of it that anybody may read."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from stories.models.decision import Decision
from stories.models.event import Event
from stories.models.proposal import Proposal
from stories.models.reason import Reason, ReasonVersion


class LedBy(models.TextChoices):
    """What drew an editor's eye to it. Whatever it was, a person decided."""

    OWN = "own", "An editor read it, as every story is read"
    NOTICE = "notice", "Somebody sent us a notice about it"
    CHECK = "check", "An automatic check drew the editor's attention to it"


class Statement(models.Model):
    """What article 17 of the EU's Digital Services Act asks, in the words that the author was given. Never changed."""

    class Restriction(models.TextChoices):
        NOT_PUBLISHED = "not_published", "The story is not published"
        REMOVED = "removed", "The story is not shown to anybody but its authors any more"
        PUT_BACK = "put_back", "The change is not shown to anybody but its authors any more"
        SUSPENDED = "suspended", "The member can neither submit nor publish for a time"

    event = models.OneToOneField(Event, models.PROTECT, related_name="statement")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="statement")
    restriction = models.CharField(max_length=16, choices=Restriction.choices)
    facts = models.TextField("what in the story it is about")
    led_by = models.CharField(max_length=8, choices=LedBy.choices)
    ground = models.ForeignKey(ReasonVersion, models.PROTECT, related_name="statements")
    redress = models.TextField()
    # Whether the site asked for two editors when it was decided, and what one proposed and this one agreed to.
    needs_agreement = models.BooleanField(default=False)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="statement")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(restriction__in=["not_published", "removed", "put_back", "suspended"]),
                name="restriction_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(led_by__in=["own", "notice", "check"]),
                name="statement_says_what_led_to_it",
            ),
            models.CheckConstraint(
                condition=~models.Q(facts="") & ~models.Q(redress=""), name="statement_is_whole"
            ),
            models.CheckConstraint(
                condition=models.Q(needs_agreement=False) | models.Q(proposal__isnull=False),
                name="statement_has_its_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.restriction}: event {self.event_id}"

    @property
    def scope(self) -> str:
        """What is restricted, where and for how long."""
        if self.restriction == self.Restriction.REMOVED:
            return "The story was taken off the public pages, everywhere, until an editor puts it back."
        if self.restriction == self.Restriction.PUT_BACK:
            return (
                "Readers see the text from before this change again. Small changes of yours wait for an editor now, "
                "until enough of your texts were approved in a row again."
            )
        if self.restriction == self.Restriction.SUSPENDED:
            return (
                "For a time you can neither submit nor publish. You can read, keep drafts, take your work with you, "
                "and leave."
            )
        return "This text of the story is not published, anywhere. Nothing else is restricted."

    @property
    def family(self) -> str:
        """The kind of ground."""
        return _GROUNDS[self.ground.reason.family]

    @property
    def origin(self) -> str:
        return f"{self.cause} {self.deciders}"

    @property
    def cause(self) -> str:
        """Whether a notice or an automatic check led to it."""
        return _ORIGINS[self.led_by]

    @property
    def deciders(self) -> str:
        return _DECIDERS[bool(self.proposal_id)]


_GROUNDS: dict[str, str] = {
    Reason.Family.EDITORIAL: "It is an editorial choice, within the terms that you agreed to.",
    Reason.Family.RULES: "It goes against the house rules, which are part of the terms that you agreed to.",
    Reason.Family.LAW: "We hold it to be against the law.",
}
_DECIDERS = {False: "A person decided.", True: "Two people decided, one on the word of the other."}
_ORIGINS: dict[str, str] = {
    LedBy.OWN: "An editor read the story; no notice led to it and no automatic means were used.",
    LedBy.NOTICE: "A notice that somebody sent us led to it; no automatic means were used.",
    LedBy.CHECK: "An automatic check drew the editor's attention to it. A person read the story.",
}


class PublicLine(models.Model):
    """One deed of the editors as anybody may read it and count it: no name, no title, no address."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="public_line")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="public_line")
    at = models.DateTimeField()
    kind = models.CharField("what was done", max_length=24)
    family = models.CharField(max_length=10, blank=True)
    reason = models.CharField("code of the reason", max_length=40, blank=True)
    led_by = models.CharField(max_length=8, choices=LedBy.choices, default=LedBy.OWN)
    # Empty where it is about a member, and so are the topics.
    language = models.CharField(max_length=8, blank=True)
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    waited = models.PositiveIntegerField("seconds from the submission to this", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="public_log"),
            # the editors' log, narrowed to a reason
            models.Index(
                fields=["reason", "-at", "-event"],
                condition=~models.Q(reason=""),
                name="public_line_of_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.at:%Y-%m-%d}"
