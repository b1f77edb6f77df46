"""A member closes their account: since when, what becomes of the stories, and how it ended."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import formats, timezone

STAYS_OPEN = timedelta(days=14)


class ClosingQuerySet(models.QuerySet["Closing"]):
    def live(self) -> "ClosingQuerySet":
        """Begun, and neither taken back nor ended."""
        return self.filter(taken_back_at__isnull=True, ended_at__isnull=True)

    def over(self, now: datetime) -> "ClosingQuerySet":
        """An account that was shut meanwhile waits: nothing of it goes while somebody may have to look at it."""
        return self.live().filter(ends_at__lte=now, member__is_active=True)

    def to_mail(self, now: datetime) -> "ClosingQuerySet":
        return self.filter(mail_due_at__lte=now)


class Closing(models.Model):
    """The rows stay: they say who left when, and by whose will, without a word of who it was."""

    class Stories(models.TextChoices):
        NAMED = "named", "They stay, under my name"
        NAMELESS = "nameless", "They stay, without my name"
        GONE = "gone", "They go"

    class Mail(models.IntegerChoices):
        """Which mail is the next."""

        BEGUN = 0
        SOON = 1
        ENDED = 2
        NONE = 3

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="closings")
    stories = models.CharField("published stories", max_length=8, choices=Stories.choices)
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    mail = models.PositiveSmallIntegerField(choices=Mail.choices, default=Mail.BEGUN)
    mail_due_at = models.DateTimeField(null=True)
    # Where the last mail goes, when the account has no address any more; "" once it went.
    address = models.EmailField(blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(taken_back_at__isnull=True, ended_at__isnull=True),
                name="one_live_closing_a_member",
            ),
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(ended_at__isnull=False), name="account_closes_once"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_at__isnull=True) | models.Q(ended_at__isnull=True),
                name="closing_ends_in_one_way",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("begun_at") + STAYS_OPEN),
                name="closing_leaves_two_weeks",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("ends_at")),
                name="closing_ends_in_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(stories__in=["named", "nameless", "gone"]), name="closing_says_what_stays"
            ),
            models.CheckConstraint(
                condition=models.Q(address="")
                | models.Q(ended_at__isnull=False, mail=2, mail_due_at__isnull=False),
                name="closing_keeps_no_address",
            ),
        ]
        indexes = [
            # the clock: which are over, and which mails are due
            models.Index(
                fields=["ends_at"],
                condition=models.Q(taken_back_at__isnull=True, ended_at__isnull=True),
                name="closing_over",
            ),
            models.Index(
                fields=["mail_due_at"], condition=models.Q(mail_due_at__isnull=False), name="closing_to_mail"
            ),
        ]

    def __str__(self) -> str:
        return f"closing of account {self.member_id}"

    @property
    def ends_on(self) -> str:
        return formats.date_format(timezone.localtime(self.ends_at), "l j F Y")
