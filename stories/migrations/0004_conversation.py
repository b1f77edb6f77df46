"""What editors and authors say to each other: notes beside the text, requests and their answers."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from mystory.database.together import Together

ID = models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")

TABLES = [
    migrations.CreateModel(
        "Note",
        [
            ("id", ID),
            ("submission", models.ForeignKey("stories.submission", models.PROTECT, related_name="notes")),
            ("round", models.PositiveSmallIntegerField()),
            ("revision", models.ForeignKey("stories.revision", models.PROTECT, related_name="+")),
            (
                "kind",
                models.CharField(
                    max_length=10,
                    choices=[("note", "A note"), ("request", "A request"), ("suggestion", "Other words")],
                ),
            ),
            ("text", models.TextField(blank=True)),
            ("block", models.PositiveIntegerField(null=True)),
            ("start", models.PositiveIntegerField(default=0)),
            ("quote", models.TextField(blank=True)),
            ("before", models.TextField(blank=True)),
            ("after", models.TextField(blank=True)),
            (
                "replacement",
                models.TextField(blank=True, verbose_name="the words that a suggestion has for the quote"),
            ),
            ("by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            ("at", models.DateTimeField()),
            ("key", models.UUIDField()),
            ("is_erased", models.BooleanField(default=False, db_default=False)),
        ],
        {
            "indexes": [models.Index(fields=["submission", "id"], name="note_of_submission")],
            "constraints": [
                models.UniqueConstraint(fields=("by", "key"), name="note_form_sent_once"),
                models.CheckConstraint(
                    condition=Q(kind__in=["note", "request", "suggestion"]), name="note_kind_is_known"
                ),
                models.CheckConstraint(
                    condition=Q(kind="suggestion") | ~Q(text=""), name="note_says_something"
                ),
                models.CheckConstraint(
                    condition=~Q(kind="suggestion")
                    | Q(is_erased=True)
                    | (Q(block__isnull=False) & ~Q(quote="") & ~Q(quote=models.F("replacement"))),
                    name="suggestion_is_for_words",
                ),
                models.CheckConstraint(
                    condition=Q(kind="suggestion") | Q(replacement=""), name="only_suggestion_replaces"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "Message",
        [
            ("id", ID),
            ("note", models.ForeignKey("stories.note", models.PROTECT, related_name="messages")),
            ("text", models.TextField()),
            ("is_from_author", models.BooleanField()),
            ("by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            ("at", models.DateTimeField()),
            ("key", models.UUIDField()),
        ],
        {
            "indexes": [
                models.Index(fields=["note", "id"], name="message_of_note"),
                models.Index(fields=["by", "-at"], name="message_by"),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("by", "key"), name="message_form_sent_once"),
                models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
            ],
        },
    ),
    migrations.CreateModel(
        "Settlement",
        [
            ("id", ID),
            ("note", models.OneToOneField("stories.note", models.PROTECT, related_name="settlement")),
            (
                "kind",
                models.CharField(
                    max_length=10,
                    choices=[
                        ("accepted", "taken into the text"),
                        ("refused", "refused"),
                        ("withdrawn", "taken back"),
                        ("fixed", "corrected by an editor, as its author allowed"),
                        ("closed", "settled"),
                    ],
                ),
            ),
            ("by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            ("at", models.DateTimeField()),
        ],
        {
            "constraints": [
                models.CheckConstraint(
                    condition=Q(kind__in=["accepted", "refused", "withdrawn", "fixed", "closed"]),
                    name="settlement_kind_is_known",
                )
            ]
        },
    ),
    migrations.CreateModel(
        "PrivateNote",
        [
            ("id", ID),
            (
                "submission",
                models.ForeignKey("stories.submission", models.PROTECT, null=True, related_name="+"),
            ),
            (
                "author",
                models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"),
            ),
            ("text", models.TextField()),
            ("by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            ("at", models.DateTimeField()),
            ("key", models.UUIDField()),
        ],
        {
            "indexes": [
                models.Index(fields=["submission", "id"], name="private_note_of_submission"),
                models.Index(fields=["author", "id"], name="private_note_of_author"),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("by", "key"), name="private_note_form_sent_once"),
                models.CheckConstraint(condition=~Q(text=""), name="private_note_says_something"),
                models.CheckConstraint(
                    condition=Q(author__isnull=False, submission__isnull=True)
                    | Q(author__isnull=True, submission__isnull=False),
                    name="private_note_is_about_one_thing",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "StyleConsent",
        [
            ("id", ID),
            ("submission", models.ForeignKey("stories.submission", models.PROTECT, related_name="consents")),
            ("revision", models.ForeignKey("stories.revision", models.PROTECT, related_name="consents")),
            ("is_given", models.BooleanField()),
            ("by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            ("at", models.DateTimeField()),
        ],
        {"indexes": [models.Index(fields=["revision", "-id"], name="consent_of_revision")]},
    ),
    migrations.CreateModel(
        "Fix",
        [
            ("id", ID),
            ("note", models.OneToOneField("stories.note", models.PROTECT, related_name="fix")),
            ("submission", models.ForeignKey("stories.submission", models.PROTECT, related_name="fixes")),
            ("base", models.ForeignKey("stories.revision", models.PROTECT, related_name="+")),
            ("made", models.OneToOneField("stories.revision", models.PROTECT, related_name="fix")),
            ("claim", models.ForeignKey("stories.claim", models.PROTECT, related_name="+")),
            ("words", models.PositiveSmallIntegerField(verbose_name="how many words it changed")),
            ("by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            ("at", models.DateTimeField()),
        ],
    ),
    migrations.CreateModel(
        "Request",
        [
            ("id", ID),
            ("decision", models.ForeignKey("stories.decision", models.PROTECT, related_name="requests")),
            ("position", models.PositiveSmallIntegerField()),
            ("text", models.CharField(max_length=1000)),
            ("note", models.OneToOneField("stories.note", models.PROTECT, null=True, related_name="request")),
        ],
        {
            "constraints": [
                models.UniqueConstraint(fields=("decision", "position"), name="one_request_a_place"),
                models.CheckConstraint(condition=~Q(text=""), name="request_says_what"),
            ]
        },
    ),
    migrations.CreateModel(
        "Answer",
        [
            ("id", ID),
            ("request", models.ForeignKey("stories.request", models.PROTECT, related_name="answers")),
            (
                "kind",
                models.CharField(
                    max_length=9,
                    choices=[
                        ("open", "not yet"),
                        ("done", "done"),
                        ("disagreed", "I disagree"),
                        ("accepted", "accepted"),
                        ("waived", "no longer asked for"),
                        ("reopened", "still asked for"),
                    ],
                ),
            ),
            ("text", models.TextField(blank=True)),
            ("round", models.PositiveSmallIntegerField()),
            ("by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            ("at", models.DateTimeField()),
        ],
        {
            "indexes": [models.Index(fields=["request", "-id"], name="answer_of_request")],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(kind__in=["open", "done", "disagreed", "accepted", "waived", "reopened"]),
                    name="answer_kind_is_known",
                ),
                models.CheckConstraint(
                    condition=~Q(kind="disagreed") | ~Q(text=""), name="disagreement_says_why"
                ),
                models.CheckConstraint(condition=~Q(kind="waived") | ~Q(text=""), name="waiving_says_why"),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [
        ("stories", "0013_requests_and_waits"),
        ("stories", "0027_requests_settled"),
        ("stories", "0029_notes"),
    ]
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("stories", "0003_desk")]

    operations = [Together(TABLES)]
