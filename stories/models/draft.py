"""The working text of a story, with the version that each save must name."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from stories.models.story import Story
from stories.models.written import PicturesShown, Written

PAGE_CHARACTERS = 32


class Draft(Written):
    story = models.OneToOneField(Story, models.CASCADE, primary_key=True, related_name="draft")
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    # The opened page that saved it last, by the name that page took, and which of its saves that was.
    saved_from = models.CharField(max_length=PAGE_CHARACTERS, blank=True)
    saved_turn = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField("when its text was last kept in the history", null=True)

    class Meta(Written.Meta):
        abstract = False
        # which drafts show a picture
        indexes = [GinIndex(PicturesShown("cover", "body"), name="draft_pictures_shown")]

    def __str__(self) -> str:
        return self.title or f"draft of story {self.story_id}"

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.summary or self.body)
