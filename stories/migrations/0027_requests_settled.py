"""A request can be accepted by an editor, and asked for again; who waives one says why."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0026_report_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="answer",
            name="answer_kind_is_known",
        ),
        migrations.AlterField(
            model_name="answer",
            name="kind",
            field=models.CharField(
                choices=[
                    ("open", "not yet"),
                    ("done", "done"),
                    ("disagreed", "I disagree"),
                    ("accepted", "accepted"),
                    ("waived", "no longer asked for"),
                    ("reopened", "still asked for"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["open", "done", "disagreed", "accepted", "waived", "reopened"])
                ),
                name="answer_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "waived"), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="waiving_says_why",
            ),
        ),
    ]
