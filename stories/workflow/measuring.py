"""Measures how long stories waited for their answers of late, so that a page need not."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from stories.models import Wait

SPAN = timedelta(days=30)
FRESH = timedelta(minutes=15)
MOST_MEASURED = 20_000  # the latest decisions of the span; on a busier site they are a shorter time


def measure_waits(*, at: datetime | None = None) -> int:
    """Once in fifteen minutes; returns how many figures there are now, 0 while those there are fresh."""
    at = at or timezone.now()
    if Wait.objects.filter(language="", topic="", measured_at__gt=at - FRESH).exists():
        return 0
    found = [
        Wait(
            language=language,
            topic=topic,
            decisions=decisions,
            median=median,
            ninetieth=ninetieth,
            measured_at=at,
        )
        for language, topic, decisions, median, ninetieth in _measure(at)
    ]
    if not any(not (wait.language or wait.topic) for wait in found):
        found.append(Wait(decisions=0, median=0, ninetieth=0, measured_at=at))
    found.sort(key=lambda wait: (wait.language, wait.topic))  # one order of locks for two clocks at once
    with transaction.atomic():
        Wait.objects.bulk_create(
            found,
            update_conflicts=True,
            unique_fields=["language", "topic"],
            update_fields=["decisions", "median", "ninetieth", "measured_at"],
        )
        Wait.objects.filter(measured_at__lt=at).delete()
    return len(found)


def _measure(at: datetime) -> list[tuple[str, str, int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_MEASURE, {"since": at - SPAN, "until": at, "most": MOST_MEASURED})
        return cursor.fetchall()


# A story under three topics counts for each of them, and once for its language and the site.
# OFFSET 0 keeps it at one look into the index for each decision: the texts are many and long, and are never read whole.
_MEASURE = """
WITH late AS (
  SELECT revision_id, extract(epoch FROM decided_at - waiting_since) AS waited
    FROM stories_decision
   WHERE waiting_since IS NOT NULL AND decided_at > %(since)s AND decided_at <= %(until)s
   ORDER BY decided_at DESC LIMIT %(most)s
), told AS (
  SELECT r.language, r.topics, greatest(late.waited, 0) AS waited
    FROM late, LATERAL (SELECT language, topics FROM stories_revision WHERE id = late.revision_id OFFSET 0) r
), shelved AS (
  SELECT language, unnest(topics) AS topic, waited FROM told
  UNION ALL SELECT language, '', waited FROM told
  UNION ALL SELECT '', '', waited FROM told
)
SELECT language, topic, count(*)::int,
       ceil(percentile_cont(0.5) WITHIN GROUP (ORDER BY waited))::int,
       ceil(percentile_cont(0.9) WITHIN GROUP (ORDER BY waited))::int
  FROM shelved GROUP BY language, topic
"""
