"""What leads the front page, and who may choose it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def permit(apps, schema_editor):
    alias = schema_editor.connection.alias
    kind, _ = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(alias)
        .get_or_create(app_label="stories", model="feature")
    )
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    may, _ = permissions.get_or_create(
        content_type=kind,
        codename="choose_features",
        defaults={"name": "Can choose what leads the front page"},
    )
    for group in (
        apps.get_model("auth", "Group").objects.using(alias).filter(name__in=["Editors", "Chief editors"])
    ):
        group.permissions.add(may)


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0043_disclaimers_by_topic"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Feature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField(verbose_name="until when it leads the front page")),
                ("chosen_at", models.DateTimeField()),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feature",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "permissions": [("choose_features", "Can choose what leads the front page")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("chosen_at"))), name="feature_ends_later"
                    )
                ],
            },
        ),
        migrations.RunPython(permit, migrations.RunPython.noop),
    ]
