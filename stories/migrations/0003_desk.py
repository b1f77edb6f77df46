"""The editors' desk: submissions, who reads them, what is decided, and the record of it all."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from mystory.database.together import Together

ID = models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")

TABLES = [
    migrations.CreateModel(
        "Submission",
        [
            ("id", ID),
            ("story", models.ForeignKey("stories.story", models.CASCADE, related_name="submissions")),
            (
                "state",
                models.CharField(
                    max_length=12,
                    choices=[
                        ("queued", "queued"),
                        ("in_review", "in_review"),
                        ("returned", "returned"),
                        ("approved", "approved"),
                        ("declined", "declined"),
                        ("withdrawn", "withdrawn"),
                    ],
                ),
            ),
            ("round", models.PositiveSmallIntegerField(default=1)),
            ("revision", models.ForeignKey("stories.revision", models.PROTECT, related_name="submissions")),
            ("version", models.PositiveIntegerField(default=1)),
            ("opened_at", models.DateTimeField()),
            ("queued_at", models.DateTimeField(verbose_name="waiting in this round since")),
            ("due_at", models.DateTimeField(db_default=Now(), verbose_name="when an answer is due")),
            (
                "warned_at",
                models.DateTimeField(null=True, verbose_name="when its reader was told that it is due soon"),
            ),
            (
                "escalated_at",
                models.DateTimeField(
                    null=True, verbose_name="when the chief editors were told that it is overdue"
                ),
            ),
            ("ended_at", models.DateTimeField(null=True)),
            (
                "language",
                models.CharField(
                    max_length=8, blank=True, db_default="", editable=False, verbose_name="that of the text"
                ),
            ),
            (
                "topics",
                ArrayField(
                    models.CharField(max_length=60),
                    blank=True,
                    default=list,
                    db_default=[],
                    editable=False,
                    size=None,
                ),
            ),
            (
                "author_record",
                models.CharField(
                    max_length=9,
                    default="first",
                    db_default="first",
                    choices=[
                        ("first", "Nothing published yet"),
                        ("published", "Published before"),
                        ("declined", "Declined or removed before"),
                    ],
                ),
            ),
            (
                "wished_for",
                models.DateTimeField(null=True, verbose_name="when its author wishes to be published"),
            ),
        ],
        {
            "permissions": [
                ("review_submission", "Can take stories from the queue and decide on them"),
                ("read_log", "Can read the record of the editors' desk"),
            ],
            "indexes": [
                models.Index(fields=["due_at", "id"], condition=Q(state="queued"), name="submission_waiting"),
                models.Index(
                    fields=["due_at", "id"],
                    condition=Q(state__in=["queued", "in_review"]),
                    name="submission_with_editors",
                ),
                models.Index(
                    fields=["language", "due_at", "id"],
                    condition=Q(state__in=["queued", "in_review"]),
                    name="submission_in_language",
                ),
                models.Index(
                    fields=["author_record", "due_at", "id"],
                    condition=Q(state__in=["queued", "in_review"]),
                    name="submission_by_record",
                ),
                GinIndex(
                    fields=["topics"],
                    condition=Q(state__in=["queued", "in_review"]),
                    name="submission_on_topic",
                ),
                models.Index(
                    fields=["queued_at"],
                    condition=Q(state__in=["queued", "in_review"]),
                    name="submission_waiting_since",
                ),
                models.Index(
                    fields=["due_at", "id"], condition=Q(state="in_review"), name="submission_being_read"
                ),
                models.Index(
                    fields=["due_at", "id"], condition=Q(state="returned"), name="submission_returned"
                ),
                models.Index(
                    fields=["due_at"],
                    condition=Q(state__in=["queued", "in_review"], warned_at__isnull=True),
                    name="submission_to_warn_of",
                ),
                models.Index(
                    fields=["due_at"],
                    condition=Q(escalated_at__isnull=True, state__in=["queued", "in_review"]),
                    name="submission_to_escalate",
                ),
                models.Index(fields=["story", "-id"], name="submission_of_story"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        state__in=["queued", "in_review", "returned", "approved", "declined", "withdrawn"]
                    ),
                    name="submission_state_is_known",
                ),
                models.UniqueConstraint(
                    fields=("story",),
                    condition=Q(state__in=["queued", "in_review", "returned"]),
                    name="one_open_submission_a_story",
                ),
                models.CheckConstraint(
                    condition=Q(author_record__in=["first", "published", "declined"]),
                    name="author_record_is_known",
                ),
                models.CheckConstraint(
                    condition=Q(ended_at__isnull=True, state__in=["queued", "in_review", "returned"])
                    | Q(ended_at__isnull=False, state__in=["approved", "declined", "withdrawn"]),
                    name="submission_end_has_its_time",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "Claim",
        [
            ("id", ID),
            ("submission", models.ForeignKey("stories.submission", models.CASCADE, related_name="claims")),
            ("editor", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims")),
            ("key", models.UUIDField()),
            ("claimed_at", models.DateTimeField()),
            ("expires_at", models.DateTimeField()),
            ("ended_at", models.DateTimeField(null=True)),
            (
                "end",
                models.CharField(
                    max_length=8,
                    blank=True,
                    choices=[
                        ("decided", "Decided"),
                        ("released", "Released"),
                        ("expired", "Expired"),
                        ("taken", "Taken"),
                    ],
                ),
            ),
        ],
        {
            "indexes": [
                models.Index(
                    fields=["expires_at"], condition=Q(ended_at__isnull=True), name="claim_running_out"
                ),
                models.Index(fields=["editor"], condition=Q(ended_at__isnull=True), name="claim_of_editor"),
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("submission",),
                    condition=Q(ended_at__isnull=True),
                    name="one_live_claim_a_submission",
                ),
                models.UniqueConstraint(fields=("editor", "key"), name="claim_form_sent_once"),
                models.CheckConstraint(
                    condition=Q(end="", ended_at__isnull=True)
                    | Q(end__in=["decided", "released", "expired", "taken"], ended_at__isnull=False),
                    name="claim_end_is_whole",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "Decision",
        [
            ("id", ID),
            ("submission", models.ForeignKey("stories.submission", models.PROTECT, related_name="decisions")),
            ("round", models.PositiveSmallIntegerField()),
            (
                "kind",
                models.CharField(
                    max_length=8,
                    choices=[("approve", "approved"), ("return", "sent back"), ("decline", "declined")],
                ),
            ),
            ("revision", models.ForeignKey("stories.revision", models.PROTECT, related_name="decisions")),
            ("sha256", models.CharField(max_length=64)),
            ("claim", models.OneToOneField("stories.claim", models.PROTECT, related_name="decision")),
            (
                "decided_by",
                models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions"),
            ),
            ("decided_at", models.DateTimeField()),
            ("waiting_since", models.DateTimeField(null=True)),
            (
                "reason",
                models.ForeignKey("stories.reason", models.PROTECT, null=True, related_name="decisions"),
            ),
            ("note", models.TextField(blank=True)),
            ("publish_at", models.DateTimeField(null=True)),
            ("disclaimers", ArrayField(models.BigIntegerField(), blank=True, default=list, size=None)),
        ],
        {
            "indexes": [
                models.Index(fields=["revision", "kind"], name="decision_on_revision"),
                models.Index(
                    fields=["-decided_at"], condition=Q(waiting_since__isnull=False), name="decision_of_late"
                ),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("submission", "round"), name="one_decision_a_round"),
                models.CheckConstraint(
                    condition=Q(kind__in=["approve", "return", "decline"]), name="decision_kind_is_known"
                ),
                models.CheckConstraint(
                    condition=Q(kind__in=["approve", "return"]) | ~Q(note=""), name="decision_says_why"
                ),
                models.CheckConstraint(
                    condition=~Q(kind="decline") | Q(reason__isnull=False), name="decline_has_its_reason"
                ),
                models.CheckConstraint(
                    condition=~Q(kind="approve") | ~Q(disclaimers=[]), name="approve_has_its_disclaimer"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "Event",
        [
            ("id", ID),
            ("story", models.ForeignKey("stories.story", models.PROTECT, related_name="events")),
            (
                "submission",
                models.ForeignKey("stories.submission", models.PROTECT, null=True, related_name="events"),
            ),
            ("action", models.CharField(max_length=24)),
            ("machine", models.CharField(max_length=10, blank=True)),
            ("from_state", models.CharField(max_length=12, blank=True)),
            ("to_state", models.CharField(max_length=12, blank=True)),
            (
                "actor",
                models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"),
            ),
            ("note", models.TextField(blank=True)),
            ("data", models.JSONField(blank=True, default=dict)),
            ("at", models.DateTimeField()),
            ("xact", models.BigIntegerField(db_default=RawSQL("txid_current()", ()), editable=False)),
        ],
        {
            "indexes": [
                models.Index(fields=["story", "-id"], name="event_of_story"),
                models.Index(fields=["submission", "-id"], name="event_of_submission"),
                models.Index(fields=["actor", "-id"], name="event_by_actor"),
                models.Index(fields=["-at", "-id"], name="event_log"),
            ]
        },
    ),
    migrations.CreateModel(
        "Wait",
        [
            ("id", ID),
            ("language", models.CharField(max_length=8, blank=True)),
            ("topic", models.CharField(max_length=60, blank=True)),
            ("decisions", models.PositiveIntegerField(verbose_name="how many it was measured on")),
            ("median", models.PositiveIntegerField(verbose_name="seconds within which half were answered")),
            ("ninetieth", models.PositiveIntegerField(verbose_name="seconds within which nine in ten were")),
            ("measured_at", models.DateTimeField()),
        ],
        {
            "constraints": [
                models.UniqueConstraint(fields=("language", "topic"), name="one_wait_a_language_and_topic")
            ]
        },
    ),
    migrations.CreateModel(
        "Presence",
        [
            ("id", ID),
            ("editor", models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")),
            ("submission", models.ForeignKey("stories.submission", models.CASCADE, related_name="presences")),
            ("seen_at", models.DateTimeField()),
        ],
        {
            "indexes": [models.Index(fields=["seen_at"], name="presence_seen")],
            "constraints": [
                models.UniqueConstraint(fields=("submission", "editor"), name="one_presence_an_editor")
            ],
        },
    ),
    migrations.CreateModel(
        "UnsentDecision",
        [
            ("id", ID),
            ("editor", models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")),
            ("submission", models.ForeignKey("stories.submission", models.CASCADE, related_name="+")),
            ("fields", models.JSONField(default=dict)),
            ("saved_at", models.DateTimeField()),
        ],
        {
            "indexes": [models.Index(fields=["saved_at"], name="unsent_decision_saved")],
            "constraints": [
                models.UniqueConstraint(fields=("editor", "submission"), name="one_unsent_decision_an_editor")
            ],
        },
    ),
    migrations.CreateModel(
        "PreparedReply",
        [
            ("id", ID),
            (
                "owner",
                models.ForeignKey(
                    settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="prepared_replies"
                ),
            ),
            ("language", models.CharField(max_length=8)),
            ("name", models.CharField(max_length=80)),
            ("text", models.TextField()),
            ("changed_by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")),
            ("changed_at", models.DateTimeField()),
            ("retired_at", models.DateTimeField(null=True, verbose_name="not offered any more since")),
        ],
        {
            "ordering": ["name", "language", "id"],
            "constraints": [
                models.CheckConstraint(condition=~Q(name="") & ~Q(text=""), name="reply_is_whole")
            ],
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [
        ("stories", "0022_wished_publishing_time"),
        ("stories", "0036_prepared_replies"),
        ("stories", "0037_due_times_and_shelves"),
    ]
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("stories", "0002_shelves")]

    operations = [Together(TABLES)]
