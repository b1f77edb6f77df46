"""The trigger that holds user names writes to the site's own table, whatever else has its name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_hold_user_names")]

    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION accounts_hold_user_name() SET search_path = public, pg_temp",
            "ALTER FUNCTION accounts_hold_user_name() RESET search_path",
        )
    ]
