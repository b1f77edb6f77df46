"""What the desk did, counted: by year, over twelve months and by week, so that no page has to count."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models


class FigureQuerySet(models.QuerySet["Figure"]):
    def in_public(self) -> FigureQuerySet:
        """Whole years, the present one so far, and the last twelve months: the newest of these first."""
        return self.exclude(span=Figure.Span.WEEK).order_by("-ends", "begins", "pk")

    def by_week(self, since: date) -> FigureQuerySet:
        return self.filter(span=Figure.Span.WEEK, begins__gte=since).order_by("begins", "pk")


class Figure(models.Model):
    """How many of one kind there were from `begins` to the day before `ends`. Made by the clock, made anew at will."""

    class Span(models.TextChoices):
        YEAR = "year"
        TWELVE = "twelve"
        WEEK = "week"

    class Measure(models.TextChoices):
        ANSWER = "answer"  # all first decisions together, and how long they were waited for
        DECISION = "decision"  # by kind and reason
        CAUSE = "cause"  # of restrictions, by what led to them
        ARRIVAL = "arrival"  # what was sent in
        APPEAL = "appeal"  # by what it is against: made, upheld, rejected
        REPORT = "report"  # by kind: received, and by outcome
        LOAD = "load"  # decisions by editor

    span = models.CharField(max_length=6, choices=Span.choices)
    begins = models.DateField()
    ends = models.DateField("the first day that is not counted")
    measure = models.CharField(max_length=8, choices=Measure.choices)
    kind = models.CharField(max_length=24, blank=True)
    family = models.CharField(max_length=10, blank=True)
    detail = models.CharField("code of the reason, or outcome", max_length=40, blank=True)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    number = models.PositiveIntegerField()
    median = models.PositiveIntegerField("seconds within which half were answered", null=True)
    ninetieth = models.PositiveIntegerField("seconds within which nine in ten were", null=True)
    measured_at = models.DateTimeField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["span", "begins", "ends", "measure", "kind", "family", "detail", "editor"],
                nulls_distinct=False,
                name="one_figure_of_a_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(span__in=["year", "twelve", "week"], ends__gt=models.F("begins")),
                name="figure_is_of_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} × {self.measure} {self.kind} {self.detail}, {self.span} of {self.begins}"
