"""What one editor proposes and another agrees to, and which statements of reasons two people answer for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mystory.database.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0055_hearing_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="statement",
            name="needs_agreement",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Proposal",
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
                        choices=[("decline", "to decline it"), ("remove", "to remove it")], max_length=8
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("note", models.TextField(verbose_name="what the author would be told")),
                ("led_by", models.CharField(max_length=8)),
                ("proposed_at", models.DateTimeField()),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "agreed to"),
                            ("refused", "refused"),
                            ("taken_back", "taken back"),
                            ("lapsed", "over, because the text or its state changed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "claim",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="stories.claim",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.reason"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.revision"
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="stories.story",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="stories.submission",
                    ),
                ),
            ],
        ),
        Together(
            [
                migrations.AddField(
                    model_name="statement",
                    name="proposal",
                    field=models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement",
                        to="stories.proposal",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("needs_agreement", False), ("proposal__isnull", False), _connector="OR"
                        ),
                        name="statement_has_its_agreement",
                    ),
                ),
                migrations.AddIndex(
                    model_name="proposal",
                    index=models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["proposed_at", "id"],
                        name="proposals_in_order",
                    ),
                ),
                migrations.AddIndex(
                    model_name="proposal",
                    index=models.Index(fields=["submission", "-id"], name="proposal_of_submission"),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("story",),
                        name="one_standing_proposal_a_story",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claim__isnull", False), ("kind", "decline"), ("submission__isnull", False)
                            ),
                            models.Q(
                                ("claim__isnull", True), ("kind", "remove"), ("submission__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="proposal_is_of_a_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="proposal_says_why"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", ""), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(
                                ("end", "lapsed"), ("ended_at__isnull", False), ("ended_by__isnull", True)
                            ),
                            models.Q(
                                ("end__in", ["agreed", "refused", "taken_back"]),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_end_is_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", "refused"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="refused_proposal_says_why",
                    ),
                ),
            ]
        ),
    ]
