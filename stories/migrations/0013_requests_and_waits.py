"""What editors ask for by name, what authors answer, and how long stories wait."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0012_variants_of_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
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
                            ("open", "not yet"),
                            ("done", "done"),
                            ("disagreed", "I disagree"),
                            ("waived", "no longer asked for"),
                        ],
                        max_length=9,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("round", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=1000)),
            ],
        ),
        migrations.CreateModel(
            name="Wait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=8)),
                ("topic", models.CharField(blank=True, max_length=60)),
                ("decisions", models.PositiveIntegerField(verbose_name="how many it was measured on")),
                (
                    "median",
                    models.PositiveIntegerField(verbose_name="seconds within which half were answered"),
                ),
                (
                    "ninetieth",
                    models.PositiveIntegerField(verbose_name="seconds within which nine in ten were"),
                ),
                ("measured_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_says_why",
        ),
        migrations.AddField(
            model_name="decision",
            name="waiting_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("waiting_since__isnull", False)),
                fields=["-decided_at"],
                name="decision_of_late",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["approve", "return"]),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="decision_says_why",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="request",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="stories.decision"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="stories.request"
            ),
        ),
        migrations.AddConstraint(
            model_name="wait",
            constraint=models.UniqueConstraint(
                fields=("language", "topic"), name="one_wait_a_language_and_topic"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(fields=("decision", "position"), name="one_request_a_place"),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="request_says_what"
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["request", "-id"], name="answer_of_request"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["open", "done", "disagreed", "waived"])),
                name="answer_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "disagreed"), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="disagreement_says_why",
            ),
        ),
    ]
