"""Newer words of a disclaimer for the stories that carry older ones: what was ordered, and how far it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0047_proposal_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Rewording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.TextField(verbose_name="why, as the record has it")),
                ("ordered_at", models.DateTimeField()),
                (
                    "expected",
                    models.PositiveIntegerField(
                        verbose_name="stories that carried older words when it was ordered"
                    ),
                ),
                (
                    "changed",
                    models.PositiveIntegerField(
                        default=0, verbose_name="stories that have the newer words by now"
                    ),
                ),
                ("stopped_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stopped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewording",
                        to="stories.disclaimerversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="rewording_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stopped_at__isnull", True), ("stopped_by__isnull", True)),
                            models.Q(
                                ("done_at__isnull", True),
                                ("stopped_at__isnull", False),
                                ("stopped_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rewording_stop_is_whole",
                    ),
                ],
            },
        ),
    ]
