"""The publishing time that an author wishes for, kept with the submission."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0021_who_wrote_decides_nothing"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="wished_for",
            field=models.DateTimeField(null=True, verbose_name="when its author wishes to be published"),
        ),
    ]
