"""Members, and the user names that are held."""

import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from mystory.database.together import Together

ID = models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")

TABLES = [
    migrations.CreateModel(
        "User",
        [
            ("id", ID),
            ("password", models.CharField(max_length=128, verbose_name="password")),
            ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
            (
                "is_superuser",
                models.BooleanField(
                    default=False,
                    help_text="Designates that this user has all permissions without explicitly assigning them.",
                    verbose_name="superuser status",
                ),
            ),
            (
                "username",
                models.CharField(
                    max_length=30,
                    unique=True,
                    validators=[
                        RegexValidator(
                            "^[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]\\Z",
                            "A user name has 3 to 30 letters (a to z), digits, hyphens or underscores, and begins and ends with a letter or a digit.",
                        )
                    ],
                    error_messages={"unique": "This user name is taken. Choose another one."},
                    verbose_name="user name",
                ),
            ),
            (
                "skeleton",
                models.GeneratedField(
                    db_persist=True,
                    expression=models.Func(
                        models.Func(
                            models.Func(
                                models.F("username"),
                                models.Value("01i_-."),
                                models.Value("oll"),
                                function="TRANSLATE",
                            ),
                            models.Value("rn"),
                            models.Value("m"),
                            function="REPLACE",
                        ),
                        models.Value("vv"),
                        models.Value("w"),
                        function="REPLACE",
                    ),
                    output_field=models.CharField(max_length=30),
                ),
            ),
            ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
            ("display_name", models.CharField(max_length=200, blank=True, verbose_name="name")),
            ("bio", models.CharField(max_length=300, blank=True, verbose_name="about you")),
            ("picture", models.CharField(max_length=200, blank=True)),
            ("links", models.JSONField(blank=True, default=list)),
            ("languages", ArrayField(models.CharField(max_length=8), blank=True, default=list, size=None)),
            ("terms_version", models.CharField(max_length=20, blank=True)),
            ("terms_agreed_at", models.DateTimeField(blank=True, null=True)),
            ("age_confirmed_at", models.DateTimeField(blank=True, null=True)),
            ("date_joined", models.DateTimeField(default=django.utils.timezone.now)),
            ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
            ("is_staff", models.BooleanField(default=False, verbose_name="may open the admin site")),
            ("closes_at", models.DateTimeField(blank=True, null=True)),
            ("closed_at", models.DateTimeField(blank=True, null=True)),
            (
                "is_nameless",
                models.BooleanField(default=False, db_default=False, verbose_name="took the name away"),
            ),
            (
                "groups",
                models.ManyToManyField(
                    "auth.group",
                    blank=True,
                    help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                    related_name="user_set",
                    related_query_name="user",
                    verbose_name="groups",
                ),
            ),
            (
                "user_permissions",
                models.ManyToManyField(
                    "auth.permission",
                    blank=True,
                    help_text="Specific permissions for this user.",
                    related_name="user_set",
                    related_query_name="user",
                    verbose_name="user permissions",
                ),
            ),
        ],
        {
            "indexes": [models.Index(fields=["picture"], condition=~Q(picture=""), name="user_with_picture")],
            "constraints": [
                models.UniqueConstraint(
                    Lower("email"),
                    name="accounts_user_email_without_case",
                    violation_error_message="This e-mail address belongs to another account.",
                ),
                models.UniqueConstraint(
                    fields=("skeleton",),
                    name="accounts_user_looks_like_no_other",
                    violation_error_message="This user name looks like somebody else's. Choose another one.",
                ),
                models.CheckConstraint(
                    condition=Q(username__regex="^[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]\\Z"),
                    name="accounts_user_username_shape",
                ),
                models.CheckConstraint(
                    condition=Q(terms_agreed_at=None, terms_version="")
                    | (~Q(terms_version="") & Q(terms_agreed_at__isnull=False)),
                    name="accounts_user_terms_with_their_time",
                ),
                models.CheckConstraint(
                    condition=Q(closed_at__isnull=True)
                    | Q(
                        bio="",
                        closes_at__isnull=True,
                        email__endswith="@closed.invalid",
                        is_active=False,
                        is_staff=False,
                        is_superuser=False,
                        languages=[],
                        last_login__isnull=True,
                        links=[],
                        password__startswith="!",  # noqa: S106
                        picture="",
                    ),
                    name="accounts_user_closed_is_empty",
                ),
                models.CheckConstraint(
                    condition=Q(is_nameless=False)
                    | Q(closed_at__isnull=False, display_name="A former member"),
                    name="accounts_user_nameless_is_closed",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        "UsernameHold",
        [
            ("skeleton", models.CharField(primary_key=True, max_length=30, serialize=False)),
            (
                "user",
                models.ForeignKey(
                    settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="held_names"
                ),
            ),
            ("since", models.DateTimeField(db_default=Now())),
        ],
    ),
]


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0004_users_with_a_picture"),
        ("accounts", "0005_closing"),
        ("accounts", "0006_name_kept_by_default"),
    ]
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]

    operations = [Together(TABLES)]
