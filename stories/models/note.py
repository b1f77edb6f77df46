"""What an editor writes beside a passage, what both sides say about it, and how it ended. Rows are only ever added.

Authors see the notes of a round from its decision on. What editors say among themselves is in a table of its own,
which nothing that an author can open ever reads.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from stories.models.decision import Decision
from stories.models.revision import Revision
from stories.models.submission import Submission
from stories.prose.anchors import MOST_QUOTED, Anchor

NOTE_CHARACTERS = 1000  # as many as a request may have
MESSAGE_CHARACTERS = 2000
PRIVATE_CHARACTERS = 2000
REPLACEMENT_CHARACTERS = 1200


class NoteQuerySet(models.QuerySet["Note"]):
    def with_what_became(self) -> NoteQuerySet:
        """Who wrote it, how it ended and what was said: one more query. `is_shown` says that authors see it."""
        said = Message.objects.select_related("by").order_by("id")
        joined = self.select_related("by", "settlement__by", "request")
        told = joined.prefetch_related(models.Prefetch("messages", queryset=said, to_attr="said"))
        return told.annotate(is_shown=_is_decided())

    def shown(self) -> NoteQuerySet:
        """Those that authors see: their round has its decision, and nobody took them back before."""
        return self.filter(_is_decided()).exclude(settlement__kind=Settlement.Kind.WITHDRAWN)

    def pending(self, submission: Submission) -> NoteQuerySet:
        """What goes to the author with the decision of this round."""
        mine = self.filter(submission=submission, round=submission.round)
        return mine.exclude(settlement__kind=Settlement.Kind.WITHDRAWN).order_by("id")


def _is_decided() -> models.Exists:
    made = Decision.objects.filter(submission=models.OuterRef("submission"), round=models.OuterRef("round"))
    return models.Exists(made)


class Note(models.Model):
    """Of a round, on the very text that was read. `block` is empty for one that is about no passage."""

    class Kind(models.TextChoices):
        NOTE = "note", "A note"
        REQUEST = "request", "A request"
        SUGGESTION = "suggestion", "Other words"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="notes")
    round = models.PositiveSmallIntegerField()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True)
    block = models.PositiveIntegerField(null=True)
    start = models.PositiveIntegerField(default=0)
    quote = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    replacement = models.TextField("the words that a suggestion has for the quote", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Made by the form, so that a form sent twice writes one note.
    key = models.UUIDField()
    is_erased = models.BooleanField(default=False, db_default=False)

    objects = NoteQuerySet.as_manager()

    # What with_what_became() adds.
    said: list[Message]
    is_shown: bool

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="note_form_sent_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["note", "request", "suggestion"]), name="note_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="suggestion") | ~models.Q(text=""), name="note_says_something"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="suggestion")
                | models.Q(is_erased=True)
                | (
                    models.Q(block__isnull=False)
                    & ~models.Q(quote="")
                    & ~models.Q(quote=models.F("replacement"))
                ),
                name="suggestion_is_for_words",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="suggestion") | models.Q(replacement=""),
                name="only_suggestion_replaces",
            ),
        ]
        indexes = [models.Index(fields=["submission", "id"], name="note_of_submission")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} on submission {self.submission_id}"

    @property
    def anchor(self) -> Anchor | None:
        if self.block is None:
            return None
        return Anchor(self.block, self.start, self.quote[:MOST_QUOTED], self.before, self.after)

    @property
    def outcome(self) -> str:
        """How it ended, or "" while it stands."""
        settled = getattr(self, "settlement", None)
        return settled.kind if settled is not None else ""


class Message(models.Model):
    """A turn of the conversation about a note."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="messages")
    text = models.TextField()
    is_from_author = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="message_form_sent_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="message_says_something"),
        ]
        indexes = [
            models.Index(fields=["note", "id"], name="message_of_note"),
            # how many somebody sent of late
            models.Index(fields=["by", "-at"], name="message_by"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} on note {self.note_id}"


class Settlement(models.Model):
    """How a note ended, once: an author takes or refuses other words, an editor takes back, uses or closes a note."""

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "taken into the text"
        REFUSED = "refused", "refused"
        WITHDRAWN = "withdrawn", "taken back"
        FIXED = "fixed", "corrected by an editor, as its author allowed"
        CLOSED = "closed", "settled"

    note = models.OneToOneField(Note, models.PROTECT, related_name="settlement")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["accepted", "refused", "withdrawn", "fixed", "closed"]),
                name="settlement_kind_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"note {self.note_id}: {self.kind}"


class PrivateNote(models.Model):
    """What editors write for each other alone, about a submission or about an author."""

    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="private_note_form_sent_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="private_note_says_something"),
            models.CheckConstraint(
                condition=models.Q(submission__isnull=True, author__isnull=False)
                | models.Q(submission__isnull=False, author__isnull=True),
                name="private_note_is_about_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["submission", "id"], name="private_note_of_submission"),
            models.Index(fields=["author", "id"], name="private_note_of_author"),
        ]

    def __str__(self) -> str:
        return f"private note {self.pk}"
