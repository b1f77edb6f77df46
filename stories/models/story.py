"""A story: what readers find, where it stands, and the words that say which stories somebody may see."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject

from stories.models.authorship import authors_of, written
from stories.models.correction import Correction
from stories.models.disclaimer import CarriedDisclaimer
from stories.models.topic import Tag, Topic, TopicListing
from stories.status import StoryState

if TYPE_CHECKING:
    from accounts.models import User

_CARD = (
    "slug",
    "state",
    "first_published_at",
    "published_at",
    "published_revision__title",
    "published_revision__summary",
    "published_revision__language",
    "published_revision__cover",
    "published_revision__cover_alt",
    "published_revision__rendering__excerpt",
    "published_revision__rendering__minutes",
    "published_revision__rendering__words",
    "published_revision__rendering__cover",
)


class StoryQuerySet(models.QuerySet["Story"]):
    def published(self) -> StoryQuerySet:
        """What readers may see. Every public page, feed, map and search starts here."""
        return self.filter(state=StoryState.PUBLISHED)

    def kept(self) -> StoryQuerySet:
        """What its author has not deleted. What lies in the bin, or is gone for good, is nowhere but there."""
        return self.filter(deleted_at__isnull=True)

    def in_bin(self) -> StoryQuerySet:
        return self.filter(deleted_at__isnull=False, erased_at__isnull=True)

    def written_by(self, author: User) -> StoryQuerySet:
        """Those on the desk of `author`: begun by them, or written with others and not left (DESK_ORDER)."""
        return self.kept().filter(authorships__author=author, authorships__left_at__isnull=True)

    def on_page_of(self, author: User) -> StoryQuerySet:
        """What readers find under the author's name; page by the authorship's own columns (AUTHOR_ORDER)."""
        return self.filter(authorships__author=author, authorships__listed_at__isnull=False)

    def not_by(self, user: User) -> StoryQuerySet:
        """Those that `user` never wrote at: the only ones they may decide about."""
        return self.filter(~written(models.OuterRef("pk"), user))

    def newest_first(self) -> StoryQuerySet:
        return self.order_by("-first_published_at", "-id")

    def under_topic(self, topic: Topic) -> StoryQuerySet:
        """Newest first; page by the listing's own columns (TOPIC_ORDER)."""
        return self.filter(topiclistings__topic=topic, topiclistings__listed_at__isnull=False)

    def tagged(self, tag: Tag) -> StoryQuerySet:
        """Newest first; page by the listing's own columns (TAG_ORDER)."""
        return self.filter(taglistings__tag=tag, taglistings__listed_at__isnull=False)

    def for_cards(self) -> StoryQuerySet:
        """With all that a card in a list shows, and without the bodies: one query."""
        return (
            self.select_related("published_revision__rendering")
            .only(*_CARD)
            .annotate(
                shelf=_topics_of_story(),
                writers=authors_of(models.OuterRef("pk"), "username", "display_name"),
            )
        )

    def for_page(self) -> StoryQuerySet:
        """With all that the story page shows: one query."""
        return self.select_related("author", "published_revision__rendering").annotate(
            shelf=_topics_of_story(),
            carried=_disclaimers_of_story(),
            corrected=_corrections_of_story(),
            writers=authors_of(models.OuterRef("pk"), "username", "display_name", "bio", "picture"),
        )


NEWEST_ORDER = ("-first_published_at", "-id")
AUTHOR_ORDER = ("-authorships__listed_at", "-authorships__story_id")
DESK_ORDER = ("-authorships__story_id",)
TOPIC_ORDER = ("-topiclistings__listed_at", "-topiclistings__story_id")
TAG_ORDER = ("-taglistings__listed_at", "-taglistings__story_id")


def _topics_of_story() -> ArraySubquery:
    """`shelf`: a list of {slug, name} in the author's order."""
    return ArraySubquery(
        TopicListing.objects.filter(story=models.OuterRef("pk"))
        .order_by("position")
        .values(topic_json=JSONObject(slug="topic__slug", name="topic__name"))
    )


def _disclaimers_of_story() -> ArraySubquery:
    """`carried`: a list of {label, text, language}, the base disclaimer first."""
    return ArraySubquery(
        CarriedDisclaimer.objects.filter(story=models.OuterRef("pk"))
        .order_by("position")
        .values(disclaimer_json=JSONObject(label="label", text="text", language="language"))
    )


def _corrections_of_story() -> ArraySubquery:
    """`corrected`: a list of {text, at}, the first one first."""
    return ArraySubquery(
        Correction.objects.filter(story=models.OuterRef("pk"))
        .order_by("id")
        .values(correction_json=JSONObject(text="text", at="at"))
    )


class Story(models.Model):
    # Who leads it: who began it, or to whom it was handed over. All who write it are its authorships.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="stories")
    # Made by the form that begins a story, so that a form sent twice begins one.
    key = models.UUIDField(unique=True)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in StoryState], default=StoryState.DRAFT.value
    )
    slug = models.CharField(max_length=200, unique=True, null=True)
    published_revision = models.OneToOneField(
        "stories.Revision", models.PROTECT, null=True, related_name="published_as"
    )
    first_published_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField("readers' text last changed", null=True)
    scheduled_revision = models.OneToOneField(
        "stories.Revision", models.PROTECT, null=True, related_name="scheduled_as"
    )
    scheduled_for = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField("in the bin since", null=True)
    # Its texts are gone; the row stays, because decisions and events point at it.
    erased_at = models.DateTimeField(null=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        permissions = [("remove_story", "Can remove a published story and restore it")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in StoryState]), name="story_state_is_known"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(
                        state=StoryState.DRAFT.value,
                        published_revision__isnull=True,
                        first_published_at__isnull=True,
                        published_at__isnull=True,
                    )
                    | models.Q(
                        ~models.Q(state=StoryState.DRAFT.value),
                        published_revision__isnull=False,
                        first_published_at__isnull=False,
                        published_at__isnull=False,
                        slug__isnull=False,
                    )
                ),
                name="story_that_was_published_has_its_text",
            ),
            models.CheckConstraint(
                condition=models.Q(scheduled_revision__isnull=True, scheduled_for__isnull=True)
                | models.Q(scheduled_revision__isnull=False, scheduled_for__isnull=False),
                name="story_schedule_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(scheduled_for__isnull=True)
                | models.Q(state__in=[StoryState.DRAFT.value, StoryState.PUBLISHED.value]),
                name="story_off_the_pages_has_no_schedule",
            ),
            models.CheckConstraint(
                condition=models.Q(deleted_at__isnull=True)
                | models.Q(
                    state__in=[StoryState.DRAFT.value, StoryState.UNLISTED.value], scheduled_for__isnull=True
                ),
                name="story_in_bin_is_not_public",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(deleted_at__isnull=False),
                name="story_erased_is_deleted",
            ),
        ]
        indexes = [
            # front page, /latest/, feed, sitemap
            models.Index(
                fields=["-first_published_at", "-id"],
                condition=models.Q(state=StoryState.PUBLISHED.value),
                name="story_newest",
            ),
            # what the desk knows of who leads it
            models.Index(fields=["author", "-id"], name="story_written_by"),
            # the clock: what is due
            models.Index(
                fields=["scheduled_for"],
                condition=models.Q(scheduled_for__isnull=False),
                name="story_scheduled",
            ),
            # the clock: whose time in the bin is over
            models.Index(
                fields=["deleted_at"],
                condition=models.Q(deleted_at__isnull=False, erased_at__isnull=True),
                name="story_in_bin",
            ),
        ]

    # What for_cards() and for_page() add.
    shelf: list[dict[str, str]]
    corrected: list[dict[str, str]]
    carried: list[dict[str, str]]
    writers: list[dict[str, str]]

    def __str__(self) -> str:
        return self.slug or f"story {self.pk}"

    def authors(self) -> list[User]:
        """Whose names it carries, in their order: one query."""
        return [row.author for row in self.authorships.current().select_related("author")]

    @property
    def is_public(self) -> bool:
        """The instance twin of `published()`."""
        return self.state == StoryState.PUBLISHED

    @property
    def is_scheduled(self) -> bool:
        return self.scheduled_revision_id is not None

    @property
    def is_deleted(self) -> bool:
        """In the bin, or gone for good: the instance twin of not being `kept()`."""
        return self.deleted_at is not None

    @property
    def has_pending_change(self) -> bool:
        """Its author wrote on after the text that readers see. Needs `draft` and `published_revision` loaded."""
        shown = self.published_revision
        return shown is not None and self.draft.version > shown.draft_version

    @property
    def path(self) -> str:
        return f"/stories/{self.slug}/"

    def listed_at(self) -> datetime | None:
        """When lists say it appeared, or None while they must not show it."""
        return self.first_published_at if self.is_public else None


class FormerSlug(models.Model):
    """A slug a story once had: its address redirects for ever, and nobody else gets it."""

    slug = models.CharField(max_length=200, unique=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug
