"""What an open page is told of the lease that it was made under."""

from datetime import datetime

from django.utils import formats, timezone


def said(expires_at: datetime) -> dict[str, str | int]:
    """`seconds` as well, because the clock of the page's machine may be wrong."""
    return {
        "until": formats.time_format(timezone.localtime(expires_at), "H:i"),
        "moment": expires_at.isoformat(),
        "seconds": round((expires_at - timezone.now()).total_seconds()),
    }
