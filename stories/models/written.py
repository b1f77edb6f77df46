"""The columns of a text: a draft and a revision keep the same ones."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from stories.content import Content
from stories.prose.disclosures import ADDRESS_CHARACTERS
from stories.prose.languages import LANGUAGES

TITLE_CHARACTERS = 200
SUMMARY_CHARACTERS = 400
ALT_CHARACTERS = 300
TAG_CHARACTERS = 40
TAGS_A_STORY = 8
TOPICS_A_STORY = 3
DISCLOSURE_CHARACTERS = ADDRESS_CHARACTERS + 20  # with its key
LANGUAGE_CODES = [language.code for language in LANGUAGES]


class PicturesShown(models.Func):
    """The storage names of the pictures in a cover and a body; the database knows how, and may index it."""

    function = "stories_pictures_shown"
    output_field = ArrayField(models.TextField())


class Written(models.Model):
    title = models.CharField(max_length=TITLE_CHARACTERS, blank=True)
    summary = models.CharField(max_length=SUMMARY_CHARACTERS, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True, size=TOPICS_A_STORY)
    tags = ArrayField(
        models.CharField(max_length=TAG_CHARACTERS), default=list, blank=True, size=TAGS_A_STORY
    )
    cover = models.CharField(max_length=120, blank=True)
    cover_alt = models.CharField(max_length=ALT_CHARACTERS, blank=True)
    disclosures = ArrayField(
        models.CharField(max_length=DISCLOSURE_CHARACTERS), default=list, blank=True, size=12
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=LANGUAGE_CODES), name="%(class)s_language_is_known"
            ),
        ]

    @property
    def content(self) -> Content:
        return Content(
            title=self.title,
            summary=self.summary,
            body=self.body,
            language=self.language,
            topics=tuple(self.topics),
            tags=tuple(self.tags),
            cover=self.cover,
            cover_alt=self.cover_alt,
            disclosures=tuple(self.disclosures),
        )
