"""What members are told, what they take with them, and how they leave."""

from datetime import timedelta

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from mystory.database.together import Together

ID = models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")

TABLES = [
    migrations.CreateModel(
        "Notice",
        [
            ("id", ID),
            (
                "recipient",
                models.ForeignKey(
                    settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="notices"
                ),
            ),
            ("address", models.EmailField(max_length=254, blank=True)),
            ("event", models.ForeignKey("stories.event", models.PROTECT, related_name="notices")),
            ("story", models.ForeignKey("stories.story", models.PROTECT, related_name="notices")),
            ("kind", models.CharField(max_length=24)),
            ("subject", models.CharField(max_length=300)),
            ("text", models.TextField()),
            ("link", models.CharField(max_length=300, verbose_name="path of the one thing to do")),
            ("link_label", models.CharField(max_length=80)),
            ("created_at", models.DateTimeField()),
            ("read_at", models.DateTimeField(null=True)),
            (
                "mail",
                models.CharField(
                    max_length=8,
                    default="waiting",
                    choices=[
                        ("waiting", "Waiting"),
                        ("sent", "Sent"),
                        ("given_up", "Given Up"),
                        ("none", "None"),
                    ],
                ),
            ),
            ("mail_due_at", models.DateTimeField()),
            ("mail_attempts", models.PositiveSmallIntegerField(default=0)),
            ("mail_sent_at", models.DateTimeField(null=True)),
            ("mail_error", models.CharField(max_length=300, blank=True)),
        ],
        {
            "indexes": [
                models.Index(
                    fields=["mail_due_at", "id"], condition=Q(mail="waiting"), name="notice_to_mail"
                ),
                models.Index(fields=["recipient", "-id"], name="notice_inbox"),
                models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(address="", recipient__isnull=False)
                    | Q(Q(recipient__isnull=True), ~Q(address="")),
                    name="notice_is_to_one",
                ),
                models.UniqueConstraint(fields=("event", "recipient"), name="one_notice_an_event_and_person"),
            ],
        },
    ),
    migrations.CreateModel(
        "Archive",
        [
            ("id", ID),
            ("owner", models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="archives")),
            ("asked_at", models.DateTimeField()),
            ("due_at", models.DateTimeField(null=True)),
            ("tries", models.PositiveSmallIntegerField(default=0)),
            ("made_at", models.DateTimeField(null=True)),
            ("ends_at", models.DateTimeField(null=True)),
            ("name", models.CharField(max_length=100, blank=True)),
            ("size", models.PositiveBigIntegerField(default=0, verbose_name="bytes")),
        ],
        {
            "indexes": [
                models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="archive_due"),
                models.Index(fields=["ends_at"], condition=~Q(name=""), name="archive_over"),
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("owner",), condition=Q(due_at__isnull=False), name="one_archive_at_once"
                ),
                models.CheckConstraint(
                    condition=Q(ends_at__isnull=True, made_at__isnull=True)
                    | Q(due_at__isnull=True, ends_at__isnull=False, made_at__isnull=False),
                    name="archive_is_made_or_due",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "Closing",
        [
            ("id", ID),
            ("member", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="closings")),
            (
                "stories",
                models.CharField(
                    max_length=8,
                    choices=[
                        ("named", "They stay, under my name"),
                        ("nameless", "They stay, without my name"),
                        ("gone", "They go"),
                    ],
                    verbose_name="published stories",
                ),
            ),
            ("begun_at", models.DateTimeField()),
            ("ends_at", models.DateTimeField()),
            ("taken_back_at", models.DateTimeField(null=True)),
            ("ended_at", models.DateTimeField(null=True)),
            (
                "mail",
                models.PositiveSmallIntegerField(
                    default=0, choices=[(0, "Begun"), (1, "Soon"), (2, "Ended"), (3, "None")]
                ),
            ),
            ("mail_due_at", models.DateTimeField(null=True)),
            ("address", models.EmailField(max_length=254, blank=True)),
        ],
        {
            "indexes": [
                models.Index(
                    fields=["ends_at"],
                    condition=Q(ended_at__isnull=True, taken_back_at__isnull=True),
                    name="closing_over",
                ),
                models.Index(
                    fields=["mail_due_at"], condition=Q(mail_due_at__isnull=False), name="closing_to_mail"
                ),
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("member",),
                    condition=Q(ended_at__isnull=True, taken_back_at__isnull=True),
                    name="one_live_closing_a_member",
                ),
                models.UniqueConstraint(
                    fields=("member",), condition=Q(ended_at__isnull=False), name="account_closes_once"
                ),
                models.CheckConstraint(
                    condition=Q(taken_back_at__isnull=True) | Q(ended_at__isnull=True),
                    name="closing_ends_in_one_way",
                ),
                models.CheckConstraint(
                    condition=Q(ends_at__gte=models.F("begun_at") + timedelta(days=14)),
                    name="closing_leaves_two_weeks",
                ),
                models.CheckConstraint(
                    condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("ends_at")),
                    name="closing_ends_in_its_time",
                ),
                models.CheckConstraint(
                    condition=Q(stories__in=["named", "nameless", "gone"]), name="closing_says_what_stays"
                ),
                models.CheckConstraint(
                    condition=Q(address="") | Q(ended_at__isnull=False, mail=2, mail_due_at__isnull=False),
                    name="closing_keeps_no_address",
                ),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [("stories", "0019_archives")]
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("stories", "0005_redress")]

    operations = [Together(TABLES)]
