"""How many pictures a member may send, counted in the cache that all processes share."""

import time

from django.core.cache import cache

from accounts.models import User

UPLOADS = 60
WINDOW_SECONDS = 600


def wait_before_upload(user: User) -> int:
    """Counts an upload; 0 when it may go on, else the seconds until the next window.

    Two requests at the very same moment may be counted as one: the limit is against floods, not a meter.
    """
    window, passed = divmod(int(time.time()), WINDOW_SECONDS)
    key = f"uploads:{user.pk}:{window}"
    cache.add(key, 0, timeout=WINDOW_SECONDS)
    sent = cache.incr(key)
    return 0 if sent <= UPLOADS else WINDOW_SECONDS - passed
