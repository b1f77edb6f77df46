"""An account can be closed: a day is set, and in the end nothing of it says who it was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_users_with_a_picture"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="closes_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="is_nameless",
            field=models.BooleanField(default=False, verbose_name="took the name away"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True),
                    models.Q(
                        ("bio", ""),
                        ("closes_at__isnull", True),
                        ("email__endswith", "@closed.invalid"),
                        ("is_active", False),
                        ("is_staff", False),
                        ("is_superuser", False),
                        ("languages", []),
                        ("last_login__isnull", True),
                        ("links", []),
                        ("password__startswith", "!"),
                        ("picture", ""),
                    ),
                    _connector="OR",
                ),
                name="accounts_user_closed_is_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_nameless", False),
                    models.Q(("closed_at__isnull", False), ("display_name", "A former member")),
                    _connector="OR",
                ),
                name="accounts_user_nameless_is_closed",
            ),
        ),
    ]
