"""The database itself takes a member for one with a name, so that older code and plain SQL go on adding some."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_closing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="is_nameless",
            field=models.BooleanField(db_default=False, default=False, verbose_name="took the name away"),
        ),
    ]
