"""Claims that a colleague takes over, who is at which story, and what editors have typed and not sent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0037_due_times_and_shelves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="UnsentDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fields", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="claim",
            name="claim_end_is_whole",
        ),
        migrations.AlterField(
            model_name="claim",
            name="end",
            field=models.CharField(
                blank=True,
                choices=[
                    ("decided", "Decided"),
                    ("released", "Released"),
                    ("expired", "Expired"),
                    ("taken", "Taken"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", ""), ("ended_at__isnull", True)),
                    models.Q(
                        ("end__in", ["decided", "released", "expired", "taken"]), ("ended_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="claim_end_is_whole",
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="editor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="stories.submission"
            ),
        ),
        migrations.AddField(
            model_name="unsentdecision",
            name="editor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="unsentdecision",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="stories.submission"
            ),
        ),
        migrations.AddIndex(
            model_name="presence",
            index=models.Index(fields=["seen_at"], name="presence_seen"),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(
                fields=("submission", "editor"), name="one_presence_an_editor"
            ),
        ),
        migrations.AddIndex(
            model_name="unsentdecision",
            index=models.Index(fields=["saved_at"], name="unsent_decision_saved"),
        ),
        migrations.AddConstraint(
            model_name="unsentdecision",
            constraint=models.UniqueConstraint(
                fields=("editor", "submission"), name="one_unsent_decision_an_editor"
            ),
        ),
    ]
