"""What readers report, the leases under which editors read it, and the answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0024_hand_overs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("claimed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[("decided", "Decided"), ("released", "Released"), ("expired", "Expired")],
                        max_length=8,
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("in_review", "in_review"),
                            ("upheld", "upheld"),
                            ("dismissed", "dismissed"),
                            ("duplicate", "duplicate"),
                            ("lapsed", "lapsed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("weight", models.FloatField(default=0)),
                ("look_by", models.DateTimeField()),
                ("due_at", models.DateTimeField(verbose_name="to be answered until")),
                ("escalated_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_groups",
                        to="stories.story",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("uphold", "upheld"),
                            ("dismiss", "dismissed"),
                            ("duplicate", "answered before"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("remove", "The story is taken off the public pages"),
                            ("disclaimer", "The story carries another disclaimer"),
                            ("return", "The newer text goes back to its author"),
                            ("done", "What was reported has been mended already"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField()),
                ("note", models.TextField(blank=True, verbose_name="what the author was told")),
                ("answer", models.TextField(blank=True, verbose_name="what the reporters were told")),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="stories.reportclaim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stories.reason",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="stories.reportgroup",
                    ),
                ),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="stories.reportgroup",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="reportclaim",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="stories.reportgroup"
            ),
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("spam", "Spam or hidden advertising"),
                            ("copied", "Copied from elsewhere"),
                            ("personal_data", "Somebody’s personal data"),
                            ("hate", "Hate, or an attack on people"),
                            ("false", "False or misleading"),
                            ("illegal", "Against the law"),
                        ],
                        max_length=13,
                    ),
                ),
                ("passage", models.CharField(blank=True, max_length=1000)),
                ("address", models.CharField(blank=True, max_length=4000)),
                ("explanation", models.TextField(blank=True)),
                (
                    "is_about_minors",
                    models.BooleanField(default=False, verbose_name="sexual offences against minors"),
                ),
                ("in_good_faith", models.BooleanField(default=False)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("key", models.UUIDField(null=True, unique=True)),
                ("token_sha256", models.CharField(max_length=64, null=True, unique=True)),
                ("made_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.revision"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="stories.reportgroup",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="reportgroup",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "in_review"])),
                fields=["look_by", "id"],
                name="reports_to_look_at",
            ),
        ),
        migrations.AddIndex(
            model_name="reportgroup",
            index=models.Index(
                condition=models.Q(("escalated_at__isnull", True), ("state__in", ["waiting", "in_review"])),
                fields=["due_at"],
                name="reports_to_escalate",
            ),
        ),
        migrations.AddIndex(
            model_name="reportgroup",
            index=models.Index(fields=["story", "-id"], name="reports_of_story"),
        ),
        migrations.AddIndex(
            model_name="reportgroup",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False)), fields=["ended_at"], name="reports_over"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "in_review", "upheld", "dismissed", "duplicate", "lapsed"])
                ),
                name="report_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportgroup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "in_review"])),
                fields=("story",),
                name="one_open_group_of_reports_a_story",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state__in", ["waiting", "in_review"])),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("state__in", ["upheld", "dismissed", "duplicate", "lapsed"]),
                    ),
                    _connector="OR",
                ),
                name="report_end_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["uphold", "dismiss", "duplicate"])),
                name="report_decision_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "uphold"), ("measure__in", ["remove", "disclaimer", "return", "done"])),
                    models.Q(models.Q(("kind", "uphold"), _negated=True), ("measure", "")),
                    _connector="OR",
                ),
                name="uphold_has_its_measure",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "dismiss"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="dismiss_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("duplicate_of__isnull", False), ("kind", "duplicate")),
                    models.Q(models.Q(("kind", "duplicate"), _negated=True), ("duplicate_of__isnull", True)),
                    _connector="OR",
                ),
                name="duplicate_names_the_answer",
            ),
        ),
        migrations.AddIndex(
            model_name="reportclaim",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["expires_at"],
                name="report_claim_running_out",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportclaim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("group",),
                name="one_live_claim_a_group_of_reports",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportclaim",
            constraint=models.UniqueConstraint(fields=("editor", "key"), name="report_claim_form_sent_once"),
        ),
        migrations.AddConstraint(
            model_name="reportclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", ""), ("ended_at__isnull", True)),
                    models.Q(("end__in", ["decided", "released", "expired"]), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="report_claim_end_is_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["reporter", "-id"], name="report_of_reporter"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["spam", "copied", "personal_data", "hate", "false", "illegal"])
                ),
                name="report_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "illegal"), _negated=True),
                    ("erased_at__isnull", False),
                    models.Q(
                        models.Q(("explanation", ""), _negated=True),
                        ("in_good_faith", True),
                        models.Q(
                            ("is_about_minors", True),
                            models.Q(
                                models.Q(("name", ""), _negated=True), models.Q(("email", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="report_of_illegal_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("erased_at__isnull", True), ("key__isnull", False), ("token_sha256__isnull", False)
                    ),
                    models.Q(
                        ("address", ""),
                        ("email", ""),
                        ("erased_at__isnull", False),
                        ("explanation", ""),
                        ("key__isnull", True),
                        ("name", ""),
                        ("passage", ""),
                        ("reporter__isnull", True),
                        ("token_sha256__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="report_erased_names_nobody",
            ),
        ),
    ]
