"""Reasons in versions, the statement of reasons, and the public line of each deed of the editors."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0031_closings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="reason",
            options={"ordering": ["position", "code"], "permissions": [("edit_reason", "Can write reasons")]},
        ),
        migrations.AlterField(
            model_name="reason",
            name="text",
            field=models.CharField(blank=True, max_length=600, verbose_name="what the author is told"),
        ),
        migrations.CreateModel(
            name="ReasonVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=8)),
                ("number", models.PositiveIntegerField()),
                ("label", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("remedy", models.TextField(verbose_name="what the author can do")),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="stories.reason",
                    ),
                ),
            ],
            options={
                "ordering": ["reason", "language", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "restriction",
                    models.CharField(
                        choices=[
                            ("not_published", "The story is not published"),
                            ("removed", "The story is not shown to anybody but its authors any more"),
                        ],
                        max_length=16,
                    ),
                ),
                ("facts", models.TextField(verbose_name="what in the story it is about")),
                (
                    "led_by",
                    models.CharField(
                        choices=[
                            ("own", "An editor read it, as every story is read"),
                            ("notice", "Somebody sent us a notice about it"),
                            ("check", "An automatic check drew the editor's attention to it"),
                        ],
                        max_length=8,
                    ),
                ),
                ("redress", models.TextField()),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement",
                        to="stories.decision",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement",
                        to="stories.event",
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="stories.reasonversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublicLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=24, verbose_name="what was done")),
                ("family", models.CharField(blank=True, max_length=10)),
                ("reason", models.CharField(blank=True, max_length=40, verbose_name="code of the reason")),
                (
                    "led_by",
                    models.CharField(
                        choices=[
                            ("own", "An editor read it, as every story is read"),
                            ("notice", "Somebody sent us a notice about it"),
                            ("check", "An automatic check drew the editor's attention to it"),
                        ],
                        default="own",
                        max_length=8,
                    ),
                ),
                ("language", models.CharField(max_length=8)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "waited",
                    models.PositiveIntegerField(
                        null=True, verbose_name="seconds from the submission to this"
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_line",
                        to="stories.decision",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_line",
                        to="stories.event",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-at", "-id"], name="public_log")],
            },
        ),
        migrations.AddConstraint(
            model_name="reasonversion",
            constraint=models.UniqueConstraint(
                fields=("reason", "language", "number"), name="reason_version_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("restriction__in", ["not_published", "removed"])),
                name="restriction_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("led_by__in", ["own", "notice", "check"])),
                name="statement_says_what_led_to_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("facts", ""), _negated=True), models.Q(("redress", ""), _negated=True)
                ),
                name="statement_is_whole",
            ),
        ),
    ]
