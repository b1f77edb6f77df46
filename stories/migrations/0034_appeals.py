"""What authors hold against decisions, and the answers; whose reporters are to be forgotten, by an index of their own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0033_words_of_reasons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("key", models.UUIDField(unique=True)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AppealAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_upheld", models.BooleanField()),
                ("is_restored", models.BooleanField(default=False)),
                ("text", models.TextField()),
                ("answered_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="reportgroup",
            name="reports_over",
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("erased_at__isnull", True)), fields=["group"], name="report_to_forget"
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeals",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="decision",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeal",
                to="stories.decision",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="removal",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeal",
                to="stories.event",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.revision"
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="stories.story"
            ),
        ),
        migrations.AddField(
            model_name="appealanswer",
            name="answered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeal_answers",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appealanswer",
            name="appeal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="stories.appeal"
            ),
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(fields=["made_at", "id"], name="appeals_in_order"),
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(fields=["story", "-id"], name="appeal_of_story"),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision__isnull", False), ("removal__isnull", True)),
                    models.Q(("decision__isnull", True), ("removal__isnull", False)),
                    _connector="OR",
                ),
                name="appeal_is_against_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="appeal_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="appealanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="appeal_answer_gives_reasons"
            ),
        ),
        migrations.AddConstraint(
            model_name="appealanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_upheld", True), ("is_restored", False), _connector="OR"),
                name="rejected_appeal_restores_nothing",
            ),
        ),
    ]
