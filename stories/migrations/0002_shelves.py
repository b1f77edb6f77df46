"""Where readers find a story, and the words a site has of its own: topics, disclaimers and reasons."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models import Q

from mystory.database.together import Together

ID = models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")

TABLES = [
    migrations.CreateModel(
        "Topic",
        [
            ("id", ID),
            ("slug", models.SlugField(max_length=60, unique=True)),
            ("name", models.CharField(max_length=80)),
            ("description", models.CharField(max_length=300, blank=True)),
            ("position", models.PositiveSmallIntegerField(default=0)),
            ("is_open", models.BooleanField(default=True, verbose_name="offered to authors")),
        ],
        {"ordering": ["position", "name"]},
    ),
    migrations.CreateModel(
        "TopicListing",
        [
            ("id", ID),
            ("story", models.ForeignKey("stories.story", models.CASCADE, related_name="%(class)ss")),
            ("position", models.PositiveSmallIntegerField()),
            ("listed_at", models.DateTimeField(null=True)),
            ("topic", models.ForeignKey("stories.topic", models.PROTECT, related_name="listings")),
        ],
        {
            "indexes": [
                models.Index(
                    fields=["topic", "-listed_at", "-story"],
                    condition=Q(listed_at__isnull=False),
                    name="topic_page",
                )
            ],
            "constraints": [models.UniqueConstraint(fields=("story", "topic"), name="topic_once_a_story")],
        },
    ),
    migrations.CreateModel(
        "Tag",
        [
            ("id", ID),
            ("slug", models.CharField(max_length=80, unique=True)),
            ("name", models.CharField(max_length=40)),
        ],
        {"ordering": ["slug"]},
    ),
    migrations.CreateModel(
        "TagListing",
        [
            ("id", ID),
            ("story", models.ForeignKey("stories.story", models.CASCADE, related_name="%(class)ss")),
            ("position", models.PositiveSmallIntegerField()),
            ("listed_at", models.DateTimeField(null=True)),
            ("tag", models.ForeignKey("stories.tag", models.PROTECT, related_name="listings")),
        ],
        {
            "indexes": [
                models.Index(
                    fields=["tag", "-listed_at", "-story"],
                    condition=Q(listed_at__isnull=False),
                    name="tag_page",
                )
            ],
            "constraints": [models.UniqueConstraint(fields=("story", "tag"), name="tag_once_a_story")],
        },
    ),
    migrations.CreateModel(
        "SearchEntry",
        [
            (
                "story",
                models.OneToOneField(
                    "stories.story",
                    models.CASCADE,
                    primary_key=True,
                    serialize=False,
                    related_name="search_entry",
                ),
            ),
            ("language", models.CharField(max_length=8)),
            ("title", models.TextField()),
            ("lead", models.TextField(verbose_name="summary, author, topics and tags")),
            ("text", models.TextField()),
            (
                "vector",
                models.GeneratedField(
                    db_persist=True,
                    expression=models.Case(
                        models.When(
                            language="en",
                            then=SearchVector("title", weight="A", config="english")
                            + SearchVector("lead", weight="B", config="english")
                            + SearchVector("text", weight="C", config="english"),
                        ),
                        models.When(
                            language="hi",
                            then=SearchVector("title", weight="A", config="hindi")
                            + SearchVector("lead", weight="B", config="hindi")
                            + SearchVector("text", weight="C", config="hindi"),
                        ),
                        models.When(
                            language="ta",
                            then=SearchVector("title", weight="A", config="tamil")
                            + SearchVector("lead", weight="B", config="tamil")
                            + SearchVector("text", weight="C", config="tamil"),
                        ),
                        default=SearchVector("title", weight="A", config="simple")
                        + SearchVector("lead", weight="B", config="simple")
                        + SearchVector("text", weight="C", config="simple"),
                    ),
                    output_field=SearchVectorField(),
                ),
            ),
        ],
        {
            "verbose_name_plural": "search entries",
            "indexes": [
                GinIndex(fields=["vector"], condition=Q(language="en"), name="search_words_english"),
                GinIndex(fields=["vector"], condition=Q(language="hi"), name="search_words_hindi"),
                GinIndex(fields=["vector"], condition=Q(language="ta"), name="search_words_tamil"),
                GinIndex(
                    fields=["vector"],
                    condition=~Q(language__in=("en", "hi", "ta")),
                    name="search_words_unstemmed",
                ),
                GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="search_title_likeness"),
            ],
        },
    ),
    migrations.CreateModel(
        "Disclaimer",
        [
            ("id", ID),
            ("key", models.SlugField(max_length=40, unique=True)),
            ("name", models.CharField(max_length=80)),
            ("is_default", models.BooleanField(default=False)),
            ("is_open", models.BooleanField(default=True, verbose_name="offered to editors")),
            ("answers", models.CharField(max_length=12, blank=True)),
        ],
        {
            "ordering": ["-is_default", "name"],
            "permissions": [("edit_disclaimer", "Can write disclaimers")],
            "constraints": [
                models.UniqueConstraint(
                    fields=("is_default",), condition=Q(is_default=True), name="one_default_disclaimer"
                ),
                models.CheckConstraint(
                    condition=Q(answers__in=["", "company", "paid", "ai", "before", "relation"]),
                    name="disclaimer_answers_a_known_disclosure",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "DisclaimerVersion",
        [
            ("id", ID),
            ("disclaimer", models.ForeignKey("stories.disclaimer", models.PROTECT, related_name="versions")),
            ("language", models.CharField(max_length=8)),
            ("number", models.PositiveIntegerField()),
            ("label", models.CharField(max_length=80)),
            ("text", models.TextField()),
            (
                "made_by",
                models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"),
            ),
            ("made_at", models.DateTimeField()),
        ],
        {
            "ordering": ["disclaimer", "language", "-number"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("disclaimer", "language", "number"), name="disclaimer_version_number_once"
                )
            ],
        },
    ),
    migrations.CreateModel(
        "CarriedDisclaimer",
        [
            ("id", ID),
            ("story", models.ForeignKey("stories.story", models.CASCADE, related_name="disclaimers")),
            (
                "version",
                models.ForeignKey("stories.disclaimerversion", models.PROTECT, related_name="carried"),
            ),
            ("position", models.PositiveSmallIntegerField(default=0)),
            ("language", models.CharField(max_length=8)),
            ("label", models.CharField(max_length=80)),
            ("text", models.TextField()),
            ("given_at", models.DateTimeField()),
        ],
        {
            "ordering": ["position"],
            "permissions": [
                ("change_published_disclaimer", "Can change the disclaimer of a published story")
            ],
            "constraints": [
                models.UniqueConstraint(fields=("story", "position"), name="disclaimer_place_once_a_story")
            ],
        },
    ),
    migrations.CreateModel(
        "Reason",
        [
            ("id", ID),
            ("code", models.SlugField(max_length=40, unique=True)),
            (
                "family",
                models.CharField(
                    max_length=10,
                    choices=[("editorial", "Editorial choice"), ("rules", "House rules"), ("law", "Law")],
                ),
            ),
            ("label", models.CharField(max_length=120)),
            ("position", models.PositiveSmallIntegerField(default=0)),
            ("is_open", models.BooleanField(default=True, verbose_name="offered to editors")),
        ],
        {"ordering": ["position", "code"], "permissions": [("edit_reason", "Can write reasons")]},
    ),
    migrations.CreateModel(
        "ReasonVersion",
        [
            ("id", ID),
            ("reason", models.ForeignKey("stories.reason", models.PROTECT, related_name="versions")),
            ("language", models.CharField(max_length=8)),
            ("number", models.PositiveIntegerField()),
            ("label", models.CharField(max_length=120)),
            ("text", models.TextField()),
            ("remedy", models.TextField(verbose_name="what the author can do")),
            (
                "made_by",
                models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"),
            ),
            ("made_at", models.DateTimeField()),
        ],
        {
            "ordering": ["reason", "language", "-number"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("reason", "language", "number"), name="reason_version_number_once"
                )
            ],
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [("stories", "0004_search_by_language"), ("stories", "0007_disclosures")]
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("stories", "0001_texts")]

    operations = [Together(TABLES)]
