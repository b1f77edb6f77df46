"""A picture an author brought: decoded, cleaned and encoded anew before it got here."""

from django.conf import settings
from django.db import models


class Picture(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pictures")
    # The file's name in storage: unguessable, so that nobody finds it before publication.
    name = models.CharField(max_length=100, unique=True)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=20)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField("bytes")
    colour = models.CharField(max_length=7)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "sha256"], name="picture_kept_once_an_owner"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The path a page shows it at."""
        return f"/media/{self.name}"
