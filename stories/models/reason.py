"""Why something is not, or no longer, published: reasons by their code, in three families, with words in versions."""

from django.conf import settings
from django.db import models


class Reason(models.Model):
    """`label` is what editors choose it by. What authors are told is in its versions."""

    class Family(models.TextChoices):
        EDITORIAL = "editorial", "Editorial choice"
        RULES = "rules", "House rules"
        LAW = "law", "Law"

    code = models.SlugField(max_length=40, unique=True)
    family = models.CharField(max_length=10, choices=Family.choices)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    is_open = models.BooleanField("offered to editors", default=True)

    class Meta:
        ordering = ["position", "code"]
        permissions = [("edit_reason", "Can write reasons")]

    def __str__(self) -> str:
        return self.label


class ReasonVersion(models.Model):
    """What an author is told in one language. A version never changes; an edit makes the next one."""

    reason = models.ForeignKey(Reason, models.PROTECT, related_name="versions")
    language = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=120)
    text = models.TextField()
    remedy = models.TextField("what the author can do")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["reason", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["reason", "language", "number"], name="reason_version_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason_id}, {self.language}, version {self.number}"

    @property
    def words(self) -> str:
        """As an author is told them."""
        return f"{self.label}. {self.text}"
