"""Appeals on their way through the desk: whether they are read, until when they are due, and the leases on them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mystory.database.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0040_held_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AppealClaim",
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
                        choices=[
                            ("decided", "Decided"),
                            ("released", "Released"),
                            ("expired", "Expired"),
                            ("taken", "Taken"),
                        ],
                        max_length=8,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hearing",
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
                            ("open", "open"),
                            ("in_review", "in_review"),
                            ("upheld", "upheld"),
                            ("rejected", "rejected"),
                        ],
                        max_length=12,
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="to be answered until")),
                (
                    "warned_at",
                    models.DateTimeField(
                        null=True, verbose_name="when its reader was told that it is due soon"
                    ),
                ),
                (
                    "escalated_at",
                    models.DateTimeField(
                        null=True, verbose_name="when the chief editors were told that it is overdue"
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        Together(
            [
                migrations.RemoveIndex(
                    model_name="appeal",
                    name="appeals_in_order",
                ),
                migrations.AddField(
                    model_name="appealclaim",
                    name="editor",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal_claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="hearing",
                    name="appeal",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing",
                        to="stories.appeal",
                    ),
                ),
                migrations.AddField(
                    model_name="appealclaim",
                    name="hearing",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="stories.hearing",
                    ),
                ),
                migrations.AddIndex(
                    model_name="hearing",
                    index=models.Index(
                        condition=models.Q(("state__in", ["open", "in_review"])),
                        fields=["due_at", "id"],
                        name="appeals_to_answer",
                    ),
                ),
                migrations.AddIndex(
                    model_name="hearing",
                    index=models.Index(
                        condition=models.Q(("state__in", ["open", "in_review"]), ("warned_at__isnull", True)),
                        fields=["due_at"],
                        name="appeals_to_warn_of",
                    ),
                ),
                migrations.AddIndex(
                    model_name="hearing",
                    index=models.Index(
                        condition=models.Q(
                            ("escalated_at__isnull", True), ("state__in", ["open", "in_review"])
                        ),
                        fields=["due_at"],
                        name="appeals_to_escalate",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hearing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "in_review", "upheld", "rejected"])),
                        name="appeal_state_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hearing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state__in", ["open", "in_review"])),
                            models.Q(("ended_at__isnull", False), ("state__in", ["upheld", "rejected"])),
                            _connector="OR",
                        ),
                        name="appeal_end_has_its_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="appealclaim",
                    index=models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["expires_at"],
                        name="appeal_claim_running_out",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appealclaim",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("hearing",),
                        name="one_live_claim_an_appeal",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appealclaim",
                    constraint=models.UniqueConstraint(
                        fields=("editor", "key"), name="appeal_claim_form_sent_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appealclaim",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", ""), ("ended_at__isnull", True)),
                            models.Q(
                                ("end__in", ["decided", "released", "expired", "taken"]),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_claim_end_is_whole",
                    ),
                ),
            ]
        ),
    ]
