"""What a reader holds against the answer to a report, once for each: another editor looks at it."""

from django.db import models

from stories.models.report import Report, ReportGroup


class SecondLook(models.Model):
    """Somebody whose report was not upheld asked for another editor: once for each report."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="second_look")
    group = models.ForeignKey(ReportGroup, models.PROTECT, related_name="second_looks")
    # Erased with the report's.
    text = models.TextField(blank=True)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"second look at report {self.report_id}"
