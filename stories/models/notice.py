"""What somebody is told: written with the deed in one transaction, mailed after it."""

from django.conf import settings
from django.db import models

from stories.models.event import Event
from stories.models.story import Story


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)

    def to_mail(self) -> "NoticeQuerySet":
        return self.filter(mail=Notice.Mail.WAITING)


class Notice(models.Model):
    class Mail(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        GIVEN_UP = "given_up"
        NONE = "none"

    # Empty for a mail to an address that nobody here is known to have.
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="notices")
    address = models.EmailField(blank=True)
    event = models.ForeignKey(Event, models.PROTECT, related_name="notices")
    story = models.ForeignKey(Story, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=24)
    language = models.CharField("that of its words", max_length=8, default="en", db_default="en")
    subject = models.CharField(max_length=300)
    text = models.TextField()
    link = models.CharField("path of the one thing to do", max_length=300)
    link_label = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=8, choices=Mail.choices, default=Mail.WAITING)
    mail_due_at = models.DateTimeField()
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_sent_at = models.DateTimeField(null=True)
    mail_error = models.CharField(max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=False, address="")
                | models.Q(models.Q(recipient__isnull=True), ~models.Q(address="")),
                name="notice_is_to_one",
            ),
            models.UniqueConstraint(fields=["event", "recipient"], name="one_notice_an_event_and_person"),
        ]
        indexes = [
            # the outbox
            models.Index(
                fields=["mail_due_at", "id"], condition=models.Q(mail="waiting"), name="notice_to_mail"
            ),
            models.Index(fields=["recipient", "-id"], name="notice_inbox"),
            models.Index(
                fields=["recipient"], condition=models.Q(read_at__isnull=True), name="notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
