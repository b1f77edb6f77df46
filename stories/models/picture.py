"""A picture an author brought: decoded, cleaned and encoded anew before it got here."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from stories.prose.pictures import Picture as Shown
from stories.prose.pictures import variant_address


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

    # The smaller files made of it: each width in each kind, by the recipe (0 is none). Their names follow from its own.
    recipe = models.PositiveSmallIntegerField(default=0)
    widths = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    # When they are to be made or tried again; none when they are there or were given up.
    variants_due_at = models.DateTimeField(null=True, blank=True)
    variants_tries = models.PositiveSmallIntegerField(default=0)

    # Since when no text and no profile shows it, as far as was looked; and when that was.
    unused_since = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "sha256"], name="picture_kept_once_an_owner"),
        ]
        indexes = [
            # the worker: whose turn it is
            models.Index(
                fields=["variants_due_at", "id"],
                condition=models.Q(variants_due_at__isnull=False),
                name="picture_variants_due",
            ),
            # the clock: which to look at next, and which may go
            models.Index(fields=["looked_at", "id"], name="picture_to_look_at"),
            models.Index(
                fields=["unused_since", "id"],
                condition=models.Q(unused_since__isnull=False),
                name="picture_unused",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The path a page shows it at."""
        return f"/media/{self.name}"

    @property
    def shown(self) -> Shown:
        """What a page needs to know to show it."""
        return Shown(
            width=self.width,
            height=self.height,
            colour=self.colour,
            recipe=self.recipe,
            widths=tuple(self.widths),
            kinds=tuple(self.kinds),
        )

    @property
    def facts(self) -> dict[str, Any]:
        """The same as JSON, for what is kept beside a rendered text; stories.prose.pictures.picture_of reads it."""
        return asdict(self.shown)

    def variant_name(self, *, width: int, kind: str, recipe: int | None = None) -> str:
        """Where the storage keeps one of the smaller files."""
        recipe = self.recipe if recipe is None else recipe
        address = variant_address(self.address, recipe=recipe, width=width, kind=kind)
        return address.removeprefix("/media/")

    @property
    def variant_names(self) -> list[str]:
        return [self.variant_name(width=width, kind=kind) for width in self.widths for kind in self.kinds]
