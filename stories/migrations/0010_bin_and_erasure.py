"""A story can lie in the bin, and be deleted for good: its texts go, the rows that the record points at stay."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0009_saves_by_page"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="revision",
            name="revision_has_title",
        ),
        migrations.RemoveConstraint(
            model_name="revision",
            name="revision_has_body",
        ),
        migrations.AddField(
            model_name="revision",
            name="is_erased",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="story",
            name="deleted_at",
            field=models.DateTimeField(null=True, verbose_name="in the bin since"),
        ),
        migrations.AddField(
            model_name="story",
            name="erased_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", False), ("erased_at__isnull", True)),
                fields=["deleted_at"],
                name="story_in_bin",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_erased", True), models.Q(("title", ""), _negated=True), _connector="OR"
                ),
                name="revision_has_title",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_erased", True), models.Q(("body", ""), _negated=True), _connector="OR"
                ),
                name="revision_has_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deleted_at__isnull", True),
                    models.Q(("scheduled_for__isnull", True), ("state__in", ["draft", "unlisted"])),
                    _connector="OR",
                ),
                name="story_in_bin_is_not_public",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True), ("deleted_at__isnull", False), _connector="OR"
                ),
                name="story_erased_is_deleted",
            ),
        ),
    ]
