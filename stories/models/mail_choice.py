"""Which mails a member does not want, and when an editor gets the day's."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class MailChoice(models.Model):
    """Without a row: all mails, and for editors the daily one."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choice")
    # Keys of stories.notices.choosing.KINDS; the notices themselves stand on the site whatever is off.
    off = ArrayField(models.CharField(max_length=12), default=list, blank=True, db_default=[])
    zone = models.CharField("time zone of the daily mail", max_length=40, blank=True)
    # The last day, there, of which it went out or had nothing to say; and until when nobody else tries.
    digest_day = models.DateField(null=True)
    digest_tried_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"mails of user {self.member_id}"
