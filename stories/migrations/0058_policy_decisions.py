"""Decisions that a policy makes instead of an editor, and what an editor says of them afterwards."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0057_features"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LaterLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_chosen", models.BooleanField(verbose_name="whether an editor is asked to look")),
                ("chosen_at", models.DateTimeField()),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True, choices=[("fine", "fine"), ("put_back", "put back")], max_length=8
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
        ),
        migrations.AddField(
            model_name="decision",
            name="approvals",
            field=models.PositiveIntegerField(
                null=True, verbose_name="approvals in a row that were asked for"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="policy",
            field=models.CharField(
                blank=True,
                choices=[("small-change-1", "the policy for small changes by trusted authors, version 1")],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="claim",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="stories.claim",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approvals__isnull", True),
                        ("claim__isnull", False),
                        ("decided_by__isnull", False),
                        ("policy", ""),
                    ),
                    models.Q(
                        ("approvals__gte", 1),
                        ("approvals__isnull", False),
                        ("claim__isnull", True),
                        ("decided_by__isnull", True),
                        ("kind", "approve"),
                        ("policy__in", ["small-change-1"]),
                        ("publish_at__isnull", True),
                        ("reason__isnull", True),
                        ("round", 1),
                    ),
                    _connector="OR",
                ),
                name="decision_is_by_an_editor_or_a_policy",
            ),
        ),
        migrations.AddField(
            model_name="laterlook",
            name="before",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.revision"
            ),
        ),
        migrations.AddField(
            model_name="laterlook",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="later_look", to="stories.decision"
            ),
        ),
        migrations.AddField(
            model_name="laterlook",
            name="looked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="later_looks",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="laterlook",
            name="reason",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.reason"
            ),
        ),
        migrations.AddIndex(
            model_name="laterlook",
            index=models.Index(
                condition=models.Q(("is_chosen", True), ("looked_at__isnull", True)),
                fields=["id"],
                name="later_look_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="laterlook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("looked_at__isnull", True), ("looked_by__isnull", True), ("verdict", "")),
                    models.Q(
                        ("looked_at__isnull", False),
                        ("looked_by__isnull", False),
                        ("verdict__in", ["fine", "put_back"]),
                    ),
                    _connector="OR",
                ),
                name="later_look_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="laterlook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("reason__isnull", False), ("verdict", "put_back")),
                        models.Q(("note", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("verdict", "put_back"), _negated=True),
                        ("note", ""),
                        ("reason__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="put_back_says_why",
            ),
        ),
    ]
