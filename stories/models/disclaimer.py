"""Whose words these are: templates with versions, and the text that a story was given for good."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from stories.prose.disclosures import BY_KEY as DISCLOSURES


class Disclaimer(models.Model):
    """A template by its key. Its words are in its versions."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    is_default = models.BooleanField(default=False)
    is_open = models.BooleanField("offered to editors", default=True)
    # What an author discloses that makes it the first choice, as a key of stories.prose.disclosures, or "".
    answers = models.CharField(max_length=12, blank=True)
    topics = ArrayField(
        models.CharField(max_length=60),
        verbose_name="topics whose stories it is ticked for",
        default=list,
        blank=True,
        db_default=[],
    )

    class Meta:
        ordering = ["-is_default", "name"]
        permissions = [("edit_disclaimer", "Can write disclaimers")]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_disclaimer"
            ),
            models.CheckConstraint(
                condition=models.Q(answers__in=["", *DISCLOSURES]),
                name="disclaimer_answers_a_known_disclosure",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def answered(self) -> str:
        """The disclosure it answers, in words."""
        return DISCLOSURES[self.answers].label if self.answers else ""


class DisclaimerVersion(models.Model):
    """`text` may say {site} and {publisher}. A version never changes; an edit makes the next one."""

    disclaimer = models.ForeignKey(Disclaimer, models.PROTECT, related_name="versions")
    language = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=80)
    text = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    is_for_topics = False  # as `stories.workflow.disclaiming.offered_versions` finds for a story

    class Meta:
        ordering = ["disclaimer", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["disclaimer", "language", "number"], name="disclaimer_version_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disclaimer_id}, {self.language}, version {self.number}"


class CarriedDisclaimer(models.Model):
    """The words a story was given: a copy with the variables filled in, which nothing later changes."""

    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="disclaimers")
    version = models.ForeignKey(DisclaimerVersion, models.PROTECT, related_name="carried")
    position = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=8)
    label = models.CharField(max_length=80)
    text = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        permissions = [("change_published_disclaimer", "Can change the disclaimer of a published story")]
        constraints = [
            models.UniqueConstraint(fields=["story", "position"], name="disclaimer_place_once_a_story"),
        ]

    def __str__(self) -> str:
        return f"disclaimer {self.position} of story {self.story_id}"
