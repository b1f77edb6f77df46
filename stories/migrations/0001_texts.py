"""Stories, the texts of them that are written, sent and kept, and who writes them."""

import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models import Q

from mystory.database.together import Together
from stories.models.written import PicturesShown

ID = models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")
LANGUAGES = ["en", "hi", "bn", "te", "ta", "kn", "mr", "ml", "or", "gu", "pa", "as", "ur"]
# What every kind of text has.
WRITTEN = [
    ("title", models.CharField(max_length=200, blank=True)),
    ("summary", models.CharField(max_length=400, blank=True)),
    ("body", models.TextField(blank=True)),
    ("language", models.CharField(max_length=8, default="en")),
    ("topics", ArrayField(models.CharField(max_length=60), blank=True, default=list, size=3)),
    ("tags", ArrayField(models.CharField(max_length=40), blank=True, default=list, size=8)),
    ("cover", models.CharField(max_length=120, blank=True)),
    ("cover_alt", models.CharField(max_length=300, blank=True)),
    ("disclosures", ArrayField(models.CharField(max_length=1020), blank=True, default=list, size=12)),
]
SHOWN = r"""
CREATE FUNCTION stories_pictures_shown(cover text, body text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(pg_catalog.array_agg(DISTINCT found[1]), '{}'::text[])
    FROM pg_catalog.regexp_matches(cover || ' ' || body, '/media/(pictures/[A-Za-z0-9_-]+\.[a-z]+)', 'g') AS found
$$;
"""

TABLES = [
    migrations.CreateModel(
        "Story",
        [
            ("id", ID),
            ("author", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="stories")),
            ("key", models.UUIDField(unique=True)),
            (
                "state",
                models.CharField(
                    max_length=12,
                    default="draft",
                    choices=[
                        ("draft", "draft"),
                        ("published", "published"),
                        ("unlisted", "unlisted"),
                        ("removed", "removed"),
                    ],
                ),
            ),
            ("slug", models.CharField(max_length=200, unique=True, null=True)),
            (
                "published_revision",
                models.OneToOneField(
                    "stories.revision", models.PROTECT, null=True, related_name="published_as"
                ),
            ),
            ("first_published_at", models.DateTimeField(null=True)),
            ("published_at", models.DateTimeField(null=True, verbose_name="readers' text last changed")),
            (
                "scheduled_revision",
                models.OneToOneField(
                    "stories.revision", models.PROTECT, null=True, related_name="scheduled_as"
                ),
            ),
            ("scheduled_for", models.DateTimeField(null=True)),
            ("created_at", models.DateTimeField()),
            ("deleted_at", models.DateTimeField(null=True, verbose_name="in the bin since")),
            ("erased_at", models.DateTimeField(null=True)),
        ],
        {
            "verbose_name_plural": "stories",
            "permissions": [("remove_story", "Can remove a published story and restore it")],
            "indexes": [
                models.Index(
                    fields=["-first_published_at", "-id"], condition=Q(state="published"), name="story_newest"
                ),
                models.Index(fields=["author", "-id"], name="story_written_by"),
                models.Index(
                    fields=["scheduled_for"], condition=Q(scheduled_for__isnull=False), name="story_scheduled"
                ),
                models.Index(
                    fields=["deleted_at"],
                    condition=Q(deleted_at__isnull=False, erased_at__isnull=True),
                    name="story_in_bin",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(state__in=["draft", "published", "unlisted", "removed"]),
                    name="story_state_is_known",
                ),
                models.CheckConstraint(
                    condition=Q(
                        first_published_at__isnull=True,
                        published_at__isnull=True,
                        published_revision__isnull=True,
                        state="draft",
                    )
                    | (
                        ~Q(state="draft")
                        & Q(
                            first_published_at__isnull=False,
                            published_at__isnull=False,
                            published_revision__isnull=False,
                            slug__isnull=False,
                        )
                    ),
                    name="story_that_was_published_has_its_text",
                ),
                models.CheckConstraint(
                    condition=Q(scheduled_for__isnull=True, scheduled_revision__isnull=True)
                    | Q(scheduled_for__isnull=False, scheduled_revision__isnull=False),
                    name="story_schedule_is_whole",
                ),
                models.CheckConstraint(
                    condition=Q(scheduled_for__isnull=True) | Q(state__in=["draft", "published"]),
                    name="story_off_the_pages_has_no_schedule",
                ),
                models.CheckConstraint(
                    condition=Q(deleted_at__isnull=True)
                    | Q(scheduled_for__isnull=True, state__in=["draft", "unlisted"]),
                    name="story_in_bin_is_not_public",
                ),
                models.CheckConstraint(
                    condition=Q(erased_at__isnull=True) | Q(deleted_at__isnull=False),
                    name="story_erased_is_deleted",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "Revision",
        [
            ("id", ID),
            *WRITTEN,
            ("story", models.ForeignKey("stories.story", models.CASCADE, related_name="revisions")),
            ("number", models.PositiveIntegerField()),
            ("pictures", ArrayField(models.CharField(max_length=64), blank=True, default=list, size=None)),
            ("sha256", models.CharField(max_length=64)),
            ("draft_version", models.PositiveIntegerField()),
            ("frozen_at", models.DateTimeField()),
            ("is_erased", models.BooleanField(default=False, db_default=False)),
        ],
        {
            "indexes": [
                GinIndex(fields=["pictures"], name="revision_pictures"),
                GinIndex(PicturesShown("cover", "body"), name="revision_pictures_shown"),
                models.Index(fields=["story"], condition=~Q(disclosures=[]), name="revision_that_discloses"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(language__in=LANGUAGES), name="revision_language_is_known"
                ),
                models.UniqueConstraint(fields=("story", "number"), name="revision_number_once_a_story"),
                models.CheckConstraint(condition=Q(is_erased=True) | ~Q(title=""), name="revision_has_title"),
                models.CheckConstraint(condition=Q(is_erased=True) | ~Q(body=""), name="revision_has_body"),
            ],
        },
    ),
    migrations.CreateModel(
        "Draft",
        [
            *WRITTEN,
            (
                "story",
                models.OneToOneField(
                    "stories.story", models.CASCADE, primary_key=True, serialize=False, related_name="draft"
                ),
            ),
            ("version", models.PositiveIntegerField(default=0)),
            ("saved_at", models.DateTimeField()),
            ("saved_from", models.CharField(max_length=32, blank=True)),
            ("saved_turn", models.PositiveIntegerField(default=0)),
            (
                "kept_at",
                models.DateTimeField(null=True, verbose_name="when its text was last kept in the history"),
            ),
        ],
        {
            "indexes": [GinIndex(PicturesShown("cover", "body"), name="draft_pictures_shown")],
            "constraints": [
                models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="draft_language_is_known")
            ],
        },
    ),
    migrations.CreateModel(
        "SavedText",
        [
            ("id", ID),
            *WRITTEN,
            ("story", models.ForeignKey("stories.story", models.CASCADE, related_name="saved_texts")),
            (
                "why",
                models.CharField(
                    max_length=8,
                    choices=[
                        ("writing", "Saved while you wrote"),
                        ("replaced", "Kept when another text took its place"),
                        ("aside", "Sent from another tab or device, and not saved"),
                    ],
                ),
            ),
            ("sha256", models.CharField(max_length=64)),
            ("words", models.PositiveIntegerField()),
            ("size", models.PositiveIntegerField(verbose_name="bytes")),
            ("saved_at", models.DateTimeField(verbose_name="when the draft was saved with this text")),
            ("due_at", models.DateTimeField(verbose_name="when it is asked next whether it is kept on")),
        ],
        {
            "indexes": [
                models.Index(fields=["story", "-saved_at", "-id"], name="saved_text_of_story"),
                models.Index(fields=["due_at"], name="saved_text_due"),
                GinIndex(PicturesShown("cover", "body"), name="saved_text_pictures_shown"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(language__in=LANGUAGES), name="savedtext_language_is_known"
                ),
                models.UniqueConstraint(fields=("story", "sha256"), name="saved_text_once_a_story"),
                models.CheckConstraint(
                    condition=Q(why__in=["writing", "replaced", "aside"]), name="saved_text_why_is_known"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "Rendering",
        [
            (
                "revision",
                models.OneToOneField(
                    "stories.revision",
                    models.CASCADE,
                    primary_key=True,
                    serialize=False,
                    related_name="rendering",
                ),
            ),
            ("renderer_version", models.PositiveIntegerField()),
            ("html", models.TextField()),
            ("text", models.TextField(verbose_name="the words alone, for search")),
            (
                "contents",
                models.JSONField(blank=True, default=list, verbose_name="headings: [level, anchor, text]"),
            ),
            (
                "links",
                models.JSONField(
                    blank=True, default=list, verbose_name="where it points: [href, host, text]"
                ),
            ),
            ("words", models.PositiveIntegerField()),
            ("minutes", models.PositiveSmallIntegerField()),
            ("excerpt", models.CharField(max_length=400)),
            (
                "cover",
                models.JSONField(
                    blank=True,
                    default=dict,
                    verbose_name="the cover as stories.prose.pictures.picture_of reads it",
                ),
            ),
        ],
        {"indexes": [models.Index(fields=["renderer_version", "revision"], name="rendering_to_renew")]},
    ),
    migrations.CreateModel(
        "FormerSlug",
        [
            ("id", ID),
            ("slug", models.CharField(max_length=200, unique=True)),
            ("story", models.ForeignKey("stories.story", models.CASCADE, related_name="former_slugs")),
        ],
    ),
    migrations.CreateModel(
        "Picture",
        [
            ("id", ID),
            ("owner", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pictures")),
            ("name", models.CharField(max_length=100, unique=True)),
            ("sha256", models.CharField(max_length=64)),
            ("mime", models.CharField(max_length=20)),
            ("width", models.PositiveSmallIntegerField()),
            ("height", models.PositiveSmallIntegerField()),
            ("size", models.PositiveIntegerField(verbose_name="bytes")),
            ("colour", models.CharField(max_length=7)),
            ("created_at", models.DateTimeField()),
            ("recipe", models.PositiveSmallIntegerField(default=0)),
            ("widths", ArrayField(models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
            ("kinds", ArrayField(models.CharField(max_length=4), blank=True, default=list, size=None)),
            ("variants_due_at", models.DateTimeField(blank=True, null=True)),
            ("variants_tries", models.PositiveSmallIntegerField(default=0)),
            ("unused_since", models.DateTimeField(blank=True, null=True)),
            ("looked_at", models.DateTimeField(default=django.utils.timezone.now)),
        ],
        {
            "indexes": [
                models.Index(
                    fields=["variants_due_at", "id"],
                    condition=Q(variants_due_at__isnull=False),
                    name="picture_variants_due",
                ),
                models.Index(fields=["looked_at", "id"], name="picture_to_look_at"),
                models.Index(
                    fields=["unused_since", "id"],
                    condition=Q(unused_since__isnull=False),
                    name="picture_unused",
                ),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("owner", "sha256"), name="picture_kept_once_an_owner")
            ],
        },
    ),
    migrations.CreateModel(
        "PreviewLink",
        [
            ("id", ID),
            ("story", models.ForeignKey("stories.story", models.CASCADE, related_name="preview_links")),
            ("key", models.UUIDField(unique=True)),
            ("token_sha256", models.CharField(max_length=64, unique=True)),
            ("made_by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            ("made_at", models.DateTimeField()),
            ("ends_at", models.DateTimeField()),
            ("revoked_at", models.DateTimeField(null=True)),
        ],
        {
            "indexes": [models.Index(fields=["story", "-id"], name="preview_link_of_story")],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(ends_at__gt=models.F("made_at")), name="preview_link_ends_after_it_began"
                )
            ],
        },
    ),
    migrations.CreateModel(
        "Authorship",
        [
            ("id", ID),
            ("story", models.ForeignKey("stories.story", models.CASCADE, related_name="authorships")),
            (
                "author",
                models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="authorships"),
            ),
            ("position", models.PositiveSmallIntegerField(verbose_name="place of the name")),
            ("joined_at", models.DateTimeField()),
            ("left_at", models.DateTimeField(null=True)),
            ("listed_at", models.DateTimeField(null=True)),
        ],
        {
            "indexes": [
                models.Index(
                    fields=["author", "-listed_at", "-story"],
                    condition=Q(listed_at__isnull=False),
                    name="author_page",
                ),
                models.Index(
                    fields=["author", "-story"], condition=Q(left_at__isnull=True), name="author_desk"
                ),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("story", "author"), name="author_once_a_story"),
                models.CheckConstraint(
                    condition=Q(left_at__isnull=True) | Q(listed_at__isnull=True),
                    name="author_who_left_is_not_listed",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "Invitation",
        [
            ("id", ID),
            ("story", models.ForeignKey("stories.story", models.CASCADE, related_name="invitations")),
            ("invited_by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            (
                "member",
                models.ForeignKey(
                    settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="invitations"
                ),
            ),
            ("email", models.EmailField(max_length=254, blank=True)),
            (
                "state",
                models.CharField(
                    max_length=9,
                    default="waiting",
                    choices=[
                        ("waiting", "waiting for an answer"),
                        ("accepted", "accepted"),
                        ("declined", "declined"),
                        ("withdrawn", "withdrawn"),
                        ("run_out", "ran out"),
                    ],
                ),
            ),
            ("invited_at", models.DateTimeField()),
            ("expires_at", models.DateTimeField()),
            ("answered_at", models.DateTimeField(null=True)),
        ],
        {
            "indexes": [
                models.Index(
                    fields=["expires_at"], condition=Q(state="waiting"), name="invitation_running_out"
                ),
                models.Index(fields=["story", "-id"], name="invitation_of_story"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(email="", member__isnull=False) | Q(Q(member__isnull=True), ~Q(email="")),
                    name="invitation_is_to_one",
                ),
                models.UniqueConstraint(
                    fields=("story", "member"),
                    condition=Q(state="waiting"),
                    name="one_waiting_invitation_a_member",
                ),
                models.UniqueConstraint(
                    fields=("story", "email"),
                    condition=Q(state="waiting") & ~Q(email=""),
                    name="one_waiting_invitation_an_address",
                ),
                models.CheckConstraint(
                    condition=Q(answered_at__isnull=True, state="waiting")
                    | (~Q(state="waiting") & Q(answered_at__isnull=False)),
                    name="invitation_end_has_its_time",
                ),
                models.CheckConstraint(
                    condition=Q(state__in=["waiting", "accepted", "declined", "withdrawn", "run_out"]),
                    name="invitation_state_is_known",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "HandOver",
        [
            ("id", ID),
            ("story", models.ForeignKey("stories.story", models.CASCADE, related_name="hand_overs")),
            ("offered_by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            ("offered_to", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            (
                "state",
                models.CharField(
                    max_length=9,
                    default="waiting",
                    choices=[
                        ("waiting", "waiting for an answer"),
                        ("accepted", "accepted"),
                        ("declined", "declined"),
                        ("withdrawn", "taken back"),
                    ],
                ),
            ),
            ("offered_at", models.DateTimeField()),
            ("answered_at", models.DateTimeField(null=True)),
        ],
        {
            "constraints": [
                models.UniqueConstraint(
                    fields=("story",), condition=Q(state="waiting"), name="one_waiting_hand_over_a_story"
                ),
                models.CheckConstraint(
                    condition=~Q(offered_by=models.F("offered_to")), name="hand_over_is_to_another"
                ),
                models.CheckConstraint(
                    condition=Q(answered_at__isnull=True, state="waiting")
                    | Q(answered_at__isnull=False, state__in=["accepted", "declined", "withdrawn"]),
                    name="hand_over_end_has_its_time",
                ),
            ]
        },
    ),
]


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("stories", "0001_stories"),
        ("stories", "0005_no_schedule_off_the_pages"),
        ("stories", "0009_saves_by_page"),
        ("stories", "0010_bin_and_erasure"),
        ("stories", "0012_variants_of_pictures"),
        ("stories", "0015_unused_pictures"),
        ("stories", "0016_saved_texts"),
        ("stories", "0017_preview_links"),
        ("stories", "0020_authors"),
        ("stories", "0023_stories_that_disclose"),
        ("stories", "0024_hand_overs"),
        ("stories", "0038_taking_over_and_presence"),
    ]
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(SHOWN, "DROP FUNCTION stories_pictures_shown(text, text)"),
        Together(TABLES),
    ]
