"""House style: an author's word that editors may fix small things, and each fix that was made of it."""

from django.conf import settings
from django.db import models

from stories.models.note import Note
from stories.models.revision import Revision
from stories.models.submission import Claim, Submission


class StyleConsent(models.Model):
    """Given or not with each sending of a text; the last one for a text counts."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="consents")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="consents")
    is_given = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["revision", "-id"], name="consent_of_revision")]

    def __str__(self) -> str:
        return f"{'may' if self.is_given else 'may not'} fix revision {self.revision_id}"


class Fix(models.Model):
    """`base` is the text that its author sent with their consent, `made` the one that editors read from now on."""

    note = models.OneToOneField(Note, models.PROTECT, related_name="fix")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="fixes")
    base = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    made = models.OneToOneField(Revision, models.PROTECT, related_name="fix")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="+")
    words = models.PositiveSmallIntegerField("how many words it changed")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"fix of note {self.note_id}"
