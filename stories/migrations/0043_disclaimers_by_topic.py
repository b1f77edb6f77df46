"""For which topics a disclaimer is ticked."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0049_sanctions"),
    ]

    operations = [
        migrations.AddField(
            model_name="disclaimer",
            name="topics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="topics whose stories it is ticked for",
            ),
        ),
    ]
