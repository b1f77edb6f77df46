"""Views of the queue that editors keep under a name: each one's own, and those for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from accounts.models import User

NAME_CHARACTERS = 40
QUERY_CHARACTERS = 300
MOST = 8  # of one's own, and of those for all


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, user: User) -> SavedViewQuerySet:
        """One's own, then those for everybody."""
        found = self.filter(models.Q(owner=user) | models.Q(owner=None))
        return found.order_by(models.F("owner").asc(nulls_last=True), "place")


class SavedView(models.Model):
    # Empty: for all editors.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="saved_views")
    name = models.CharField(max_length=NAME_CHARACTERS)
    # What narrows the queue, as its address says it.
    query = models.CharField(max_length=QUERY_CHARACTERS)
    # Its place among those of its owner: there are so many places and no more.
    place = models.PositiveSmallIntegerField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(query=""), name="saved_view_is_whole"
            ),
            models.CheckConstraint(
                condition=models.Q(place__gte=1, place__lte=MOST), name="saved_view_has_its_place"
            ),
            models.UniqueConstraint(
                fields=["owner", "place"], nulls_distinct=False, name="one_saved_view_a_place"
            ),
            models.UniqueConstraint(
                fields=["owner", "query"], nulls_distinct=False, name="saved_view_kept_once"
            ),
            models.UniqueConstraint(
                models.F("owner"), Lower("name"), nulls_distinct=False, name="saved_view_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
