"""Reports of readers, the reasons that are given for a decision, and appeals."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Q

from mystory.database.together import Together

ID = models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")

TABLES = [
    migrations.CreateModel(
        "ReportGroup",
        [
            ("id", ID),
            ("story", models.ForeignKey("stories.story", models.PROTECT, related_name="report_groups")),
            (
                "state",
                models.CharField(
                    max_length=12,
                    choices=[
                        ("waiting", "waiting"),
                        ("in_review", "in_review"),
                        ("upheld", "upheld"),
                        ("dismissed", "dismissed"),
                        ("duplicate", "duplicate"),
                        ("lapsed", "lapsed"),
                    ],
                ),
            ),
            ("opened_at", models.DateTimeField()),
            ("weight", models.FloatField(default=0)),
            ("look_by", models.DateTimeField()),
            ("due_at", models.DateTimeField(verbose_name="to be answered until")),
            ("escalated_at", models.DateTimeField(null=True)),
            ("ended_at", models.DateTimeField(null=True)),
        ],
        {
            "indexes": [
                models.Index(
                    fields=["look_by", "id"],
                    condition=Q(state__in=["waiting", "in_review"]),
                    name="reports_to_look_at",
                ),
                models.Index(
                    fields=["due_at"],
                    condition=Q(escalated_at__isnull=True, state__in=["waiting", "in_review"]),
                    name="reports_to_escalate",
                ),
                models.Index(fields=["story", "-id"], name="reports_of_story"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(
                        state__in=["waiting", "in_review", "upheld", "dismissed", "duplicate", "lapsed"]
                    ),
                    name="report_state_is_known",
                ),
                models.UniqueConstraint(
                    fields=("story",),
                    condition=Q(state__in=["waiting", "in_review"]),
                    name="one_open_group_of_reports_a_story",
                ),
                models.CheckConstraint(
                    condition=Q(ended_at__isnull=True, state__in=["waiting", "in_review"])
                    | Q(ended_at__isnull=False, state__in=["upheld", "dismissed", "duplicate", "lapsed"]),
                    name="report_end_has_its_time",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "Report",
        [
            ("id", ID),
            ("group", models.ForeignKey("stories.reportgroup", models.PROTECT, related_name="reports")),
            ("revision", models.ForeignKey("stories.revision", models.PROTECT, related_name="+")),
            (
                "kind",
                models.CharField(
                    max_length=13,
                    choices=[
                        ("spam", "Spam or hidden advertising"),
                        ("copied", "Copied from elsewhere"),
                        ("personal_data", "Somebody’s personal data"),
                        ("hate", "Hate, or an attack on people"),
                        ("false", "False or misleading"),
                        ("illegal", "Against the law"),
                    ],
                ),
            ),
            ("passage", models.CharField(max_length=1000, blank=True)),
            ("address", models.CharField(max_length=4000, blank=True)),
            ("explanation", models.TextField(blank=True)),
            (
                "is_about_minors",
                models.BooleanField(default=False, verbose_name="sexual offences against minors"),
            ),
            ("in_good_faith", models.BooleanField(default=False)),
            (
                "reporter",
                models.ForeignKey(
                    settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="reports"
                ),
            ),
            ("name", models.CharField(max_length=120, blank=True)),
            ("email", models.EmailField(max_length=254, blank=True)),
            ("key", models.UUIDField(unique=True, null=True)),
            ("token_sha256", models.CharField(max_length=64, unique=True, null=True)),
            ("made_at", models.DateTimeField()),
            ("erased_at", models.DateTimeField(null=True)),
        ],
        {
            "indexes": [
                models.Index(fields=["reporter", "-id"], name="report_of_reporter"),
                models.Index(fields=["group"], condition=Q(erased_at__isnull=True), name="report_to_forget"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(kind__in=["spam", "copied", "personal_data", "hate", "false", "illegal"]),
                    name="report_kind_is_known",
                ),
                models.CheckConstraint(
                    condition=~Q(kind="illegal")
                    | Q(erased_at__isnull=False)
                    | (
                        ~Q(explanation="")
                        & Q(in_good_faith=True)
                        & (Q(is_about_minors=True) | (~Q(name="") & ~Q(email="")))
                    ),
                    name="report_of_illegal_is_whole",
                ),
                models.CheckConstraint(
                    condition=Q(erased_at__isnull=True, key__isnull=False, token_sha256__isnull=False)
                    | Q(
                        address="",
                        email="",
                        erased_at__isnull=False,
                        explanation="",
                        key__isnull=True,
                        name="",
                        passage="",
                        reporter__isnull=True,
                        token_sha256__isnull=True,
                    ),
                    name="report_erased_names_nobody",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "ReportClaim",
        [
            ("id", ID),
            ("group", models.ForeignKey("stories.reportgroup", models.PROTECT, related_name="claims")),
            (
                "editor",
                models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_claims"),
            ),
            ("key", models.UUIDField()),
            ("claimed_at", models.DateTimeField()),
            ("expires_at", models.DateTimeField()),
            ("ended_at", models.DateTimeField(null=True)),
            (
                "end",
                models.CharField(
                    max_length=8,
                    blank=True,
                    choices=[("decided", "Decided"), ("released", "Released"), ("expired", "Expired")],
                ),
            ),
        ],
        {
            "indexes": [
                models.Index(
                    fields=["expires_at"], condition=Q(ended_at__isnull=True), name="report_claim_running_out"
                )
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("group",),
                    condition=Q(ended_at__isnull=True),
                    name="one_live_claim_a_group_of_reports",
                ),
                models.UniqueConstraint(fields=("editor", "key"), name="report_claim_form_sent_once"),
                models.CheckConstraint(
                    condition=Q(end="", ended_at__isnull=True)
                    | Q(end__in=["decided", "released", "expired"], ended_at__isnull=False),
                    name="report_claim_end_is_whole",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "ReportDecision",
        [
            ("id", ID),
            ("group", models.OneToOneField("stories.reportgroup", models.PROTECT, related_name="decision")),
            (
                "kind",
                models.CharField(
                    max_length=9,
                    choices=[
                        ("uphold", "upheld"),
                        ("dismiss", "dismissed"),
                        ("duplicate", "answered before"),
                    ],
                ),
            ),
            (
                "measure",
                models.CharField(
                    max_length=10,
                    blank=True,
                    choices=[
                        ("remove", "The story is taken off the public pages"),
                        ("disclaimer", "The story carries another disclaimer"),
                        ("return", "The newer text goes back to its author"),
                        ("done", "What was reported has been mended already"),
                    ],
                ),
            ),
            ("claim", models.OneToOneField("stories.reportclaim", models.PROTECT, related_name="decision")),
            (
                "decided_by",
                models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_decisions"),
            ),
            ("decided_at", models.DateTimeField()),
            ("reason", models.ForeignKey("stories.reason", models.PROTECT, null=True, related_name="+")),
            ("note", models.TextField(blank=True, verbose_name="what the author was told")),
            ("answer", models.TextField(blank=True, verbose_name="what the reporters were told")),
            (
                "duplicate_of",
                models.ForeignKey(
                    "stories.reportgroup", models.PROTECT, null=True, related_name="duplicates"
                ),
            ),
        ],
        {
            "constraints": [
                models.CheckConstraint(
                    condition=Q(kind__in=["uphold", "dismiss", "duplicate"]),
                    name="report_decision_kind_is_known",
                ),
                models.CheckConstraint(
                    condition=Q(kind="uphold", measure__in=["remove", "disclaimer", "return", "done"])
                    | (~Q(kind="uphold") & Q(measure="")),
                    name="uphold_has_its_measure",
                ),
                models.CheckConstraint(condition=~Q(kind="dismiss") | ~Q(answer=""), name="dismiss_says_why"),
                models.CheckConstraint(
                    condition=Q(duplicate_of__isnull=False, kind="duplicate")
                    | (~Q(kind="duplicate") & Q(duplicate_of__isnull=True)),
                    name="duplicate_names_the_answer",
                ),
            ]
        },
    ),
    migrations.CreateModel(
        "Statement",
        [
            ("id", ID),
            ("event", models.OneToOneField("stories.event", models.PROTECT, related_name="statement")),
            (
                "decision",
                models.OneToOneField("stories.decision", models.PROTECT, null=True, related_name="statement"),
            ),
            (
                "restriction",
                models.CharField(
                    max_length=16,
                    choices=[
                        ("not_published", "The story is not published"),
                        ("removed", "The story is not shown to anybody but its authors any more"),
                    ],
                ),
            ),
            ("facts", models.TextField(verbose_name="what in the story it is about")),
            (
                "led_by",
                models.CharField(
                    max_length=8,
                    choices=[
                        ("own", "An editor read it, as every story is read"),
                        ("notice", "Somebody sent us a notice about it"),
                        ("check", "An automatic check drew the editor's attention to it"),
                    ],
                ),
            ),
            ("ground", models.ForeignKey("stories.reasonversion", models.PROTECT, related_name="statements")),
            ("redress", models.TextField()),
        ],
        {
            "constraints": [
                models.CheckConstraint(
                    condition=Q(restriction__in=["not_published", "removed"]), name="restriction_is_known"
                ),
                models.CheckConstraint(
                    condition=Q(led_by__in=["own", "notice", "check"]), name="statement_says_what_led_to_it"
                ),
                models.CheckConstraint(condition=~Q(facts="") & ~Q(redress=""), name="statement_is_whole"),
            ]
        },
    ),
    migrations.CreateModel(
        "PublicLine",
        [
            ("id", ID),
            ("event", models.OneToOneField("stories.event", models.PROTECT, related_name="public_line")),
            (
                "decision",
                models.OneToOneField(
                    "stories.decision", models.PROTECT, null=True, related_name="public_line"
                ),
            ),
            ("at", models.DateTimeField()),
            ("kind", models.CharField(max_length=24, verbose_name="what was done")),
            ("family", models.CharField(max_length=10, blank=True)),
            ("reason", models.CharField(max_length=40, blank=True, verbose_name="code of the reason")),
            (
                "led_by",
                models.CharField(
                    max_length=8,
                    default="own",
                    choices=[
                        ("own", "An editor read it, as every story is read"),
                        ("notice", "Somebody sent us a notice about it"),
                        ("check", "An automatic check drew the editor's attention to it"),
                    ],
                ),
            ),
            ("language", models.CharField(max_length=8)),
            ("topics", ArrayField(models.CharField(max_length=60), blank=True, default=list, size=None)),
            (
                "waited",
                models.PositiveIntegerField(null=True, verbose_name="seconds from the submission to this"),
            ),
        ],
        {"indexes": [models.Index(fields=["-at", "-id"], name="public_log")]},
    ),
    migrations.CreateModel(
        "Appeal",
        [
            ("id", ID),
            ("story", models.ForeignKey("stories.story", models.PROTECT, related_name="appeals")),
            (
                "decision",
                models.OneToOneField("stories.decision", models.PROTECT, null=True, related_name="appeal"),
            ),
            (
                "removal",
                models.OneToOneField("stories.event", models.PROTECT, null=True, related_name="appeal"),
            ),
            ("revision", models.ForeignKey("stories.revision", models.PROTECT, related_name="+")),
            ("by", models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appeals")),
            ("text", models.TextField()),
            ("key", models.UUIDField(unique=True)),
            ("made_at", models.DateTimeField()),
        ],
        {
            "indexes": [
                models.Index(fields=["made_at", "id"], name="appeals_in_order"),
                models.Index(fields=["story", "-id"], name="appeal_of_story"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=Q(decision__isnull=False, removal__isnull=True)
                    | Q(decision__isnull=True, removal__isnull=False),
                    name="appeal_is_against_one",
                ),
                models.CheckConstraint(condition=~Q(text=""), name="appeal_says_why"),
            ],
        },
    ),
    migrations.CreateModel(
        "AppealAnswer",
        [
            ("id", ID),
            ("appeal", models.OneToOneField("stories.appeal", models.PROTECT, related_name="answer")),
            ("is_upheld", models.BooleanField()),
            ("is_restored", models.BooleanField(default=False)),
            ("text", models.TextField()),
            (
                "answered_by",
                models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appeal_answers"),
            ),
            ("answered_at", models.DateTimeField()),
        ],
        {
            "constraints": [
                models.CheckConstraint(condition=~Q(text=""), name="appeal_answer_gives_reasons"),
                models.CheckConstraint(
                    condition=Q(is_upheld=True) | Q(is_restored=False),
                    name="rejected_appeal_restores_nothing",
                ),
            ]
        },
    ),
]


class Migration(migrations.Migration):
    replaces = [("stories", "0025_reports"), ("stories", "0032_reason_versions"), ("stories", "0034_appeals")]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("stories", "0004_conversation"),
    ]

    operations = [Together(TABLES)]
