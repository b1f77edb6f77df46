"""Who somebody is: the member, and the user names that members hold."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.mail import send_mail
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.skeletons import expression

USERNAME_PATTERN = r"^[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]\Z"
BIO_LENGTH = 300
FORMER_MEMBER = "A former member"  # who closed the account and took the name away
CLOSED_HOST = "closed.invalid"  # of the address that stands where a closed account's was; no mail gets there


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, email: str, password: str | None = None, **columns: Any) -> "User":
        user = self.model(username=username.lower(), email=email.lower(), **columns)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, email: str, password: str | None = None, **columns: Any
    ) -> "User":
        return self.create_user(username, email, password, is_staff=True, is_superuser=True, **columns)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Deactivated rather than deleted: a story keeps its author, a decision its editor."""

    username = models.CharField(
        "user name",
        max_length=30,
        unique=True,
        validators=[
            RegexValidator(
                USERNAME_PATTERN,
                "A user name has 3 to 30 letters (a to z), digits, hyphens or underscores, "
                "and begins and ends with a letter or a digit.",
            )
        ],
        error_messages={"unique": "This user name is taken. Choose another one."},
    )
    skeleton = models.GeneratedField(
        expression=expression("username"), output_field=models.CharField(max_length=30), db_persist=True
    )
    email = models.EmailField("e-mail address")
    display_name = models.CharField("name", max_length=200, blank=True)
    bio = models.CharField("about you", max_length=BIO_LENGTH, blank=True)
    picture = models.CharField(max_length=200, blank=True)  # a storage name; "" is no picture
    links = models.JSONField(default=list, blank=True)  # [{"label": ..., "url": "https://..."}], at most 5
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    # "" is the first of their languages that our mails have.
    mail_language = models.CharField("language of mails", max_length=8, blank=True, default="", db_default="")
    terms_version = models.CharField(max_length=20, blank=True)
    terms_agreed_at = models.DateTimeField(null=True, blank=True)
    age_confirmed_at = models.DateTimeField(null=True, blank=True)
    date_joined = models.DateTimeField(default=timezone.now)
    is_active = models.BooleanField("may sign in", default=True)
    is_staff = models.BooleanField("may open the admin site", default=False)
    # When the account is to be closed, while its member can still take that back; and when it was.
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_nameless = models.BooleanField("took the name away", default=False, db_default=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_without_case",
                violation_error_message="This e-mail address belongs to another account.",
            ),
            models.UniqueConstraint(
                fields=["skeleton"],
                name="accounts_user_looks_like_no_other",
                violation_error_message="This user name looks like somebody else's. Choose another one.",
            ),
            models.CheckConstraint(
                condition=models.Q(username__regex=USERNAME_PATTERN), name="accounts_user_username_shape"
            ),
            models.CheckConstraint(
                condition=models.Q(terms_version="", terms_agreed_at=None)
                | (~models.Q(terms_version="") & models.Q(terms_agreed_at__isnull=False)),
                name="accounts_user_terms_with_their_time",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True)
                | models.Q(
                    closes_at__isnull=True,
                    is_active=False,
                    is_staff=False,
                    is_superuser=False,
                    last_login__isnull=True,
                    password__startswith="!",  # noqa: S106 (that of no password at all)
                    email__endswith=f"@{CLOSED_HOST}",
                    bio="",
                    picture="",
                    links=[],
                    languages=[],
                ),
                name="accounts_user_closed_is_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(is_nameless=False)
                | models.Q(closed_at__isnull=False, display_name=FORMER_MEMBER),
                name="accounts_user_nameless_is_closed",
            ),
        ]
        indexes = [
            # the clock: whose picture is one of these
            models.Index(fields=["picture"], condition=~models.Q(picture=""), name="user_with_picture"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_leaving(self) -> bool:
        return self.closes_at is not None or self.closed_at is not None

    @property
    def name(self) -> str:
        """What readers see: the name somebody gave themselves, else the user name."""
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def email_user(self, subject: str, message: str, from_email: str | None = None, **kwargs: Any) -> None:
        send_mail(subject, message, from_email, [self.email], **kwargs)


class UsernameHold(models.Model):
    """Every skeleton that a member ever had. A trigger writes it, so no road to a user name goes round it.

    The row stays when the member takes another name or leaves: nobody can pose as who was here before.
    """

    skeleton = models.CharField(max_length=30, primary_key=True)
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="held_names")
    since = models.DateTimeField(db_default=models.functions.Now())

    def __str__(self) -> str:
        return self.skeleton
