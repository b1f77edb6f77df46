"""What search reads of a published story: folded text and a weighted vector that the database keeps."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from stories.models.story import Story

# PostgreSQL has a stemmer of its own for three of our languages; the others match word by word.
IN_ENGLISH = models.Q(language="en")
IN_HINDI = models.Q(language="hi")
IN_TAMIL = models.Q(language="ta")
UNSTEMMED = ~models.Q(language__in=("en", "hi", "ta"))
BY_CONFIGURATION = {"english": IN_ENGLISH, "hindi": IN_HINDI, "tamil": IN_TAMIL, "simple": UNSTEMMED}


def _weighted(config: str) -> models.Expression:
    return (
        SearchVector("title", weight="A", config=config)
        + SearchVector("lead", weight="B", config=config)
        + SearchVector("text", weight="C", config=config)
    )


class SearchEntry(models.Model):
    """One row a public story; gone when the story is. All text is folded (stories.prose.fold)."""

    story = models.OneToOneField(Story, models.CASCADE, primary_key=True, related_name="search_entry")
    language = models.CharField(max_length=8)
    title = models.TextField()
    lead = models.TextField("summary, author, topics and tags")
    text = models.TextField()
    vector = models.GeneratedField(
        expression=models.Case(
            models.When(language="en", then=_weighted("english")),
            models.When(language="hi", then=_weighted("hindi")),
            models.When(language="ta", then=_weighted("tamil")),
            default=_weighted("simple"),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name_plural = "search entries"
        indexes = [
            # An index for each way of stemming, so that a search reads no row of another language.
            GinIndex(fields=["vector"], condition=IN_ENGLISH, name="search_words_english"),
            GinIndex(fields=["vector"], condition=IN_HINDI, name="search_words_hindi"),
            GinIndex(fields=["vector"], condition=IN_TAMIL, name="search_words_tamil"),
            GinIndex(fields=["vector"], condition=UNSTEMMED, name="search_words_unstemmed"),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="search_title_likeness"),
        ]

    def __str__(self) -> str:
        return f"search entry of story {self.story_id}"
