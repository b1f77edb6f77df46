"""How long stories waited for their answers of late: what an author who waits can expect."""

from django.db import models


class Wait(models.Model):
    """Of one language and topic; of a whole language when the topic is empty, of the site when both are."""

    language = models.CharField(max_length=8, blank=True)
    topic = models.CharField(max_length=60, blank=True)
    decisions = models.PositiveIntegerField("how many it was measured on")
    median = models.PositiveIntegerField("seconds within which half were answered")
    ninetieth = models.PositiveIntegerField("seconds within which nine in ten were")
    measured_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "topic"], name="one_wait_a_language_and_topic"),
        ]

    def __str__(self) -> str:
        return f"wait of {self.language or 'all'}, {self.topic or 'all'}"
