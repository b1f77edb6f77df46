"""How often somebody did something within a while, counted in the cache that all processes share."""

import time

from django.core.cache import cache

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


def wait(what: str, who: int | str, most: int, seconds: int) -> int:
    """Counts it; 0 when it may go on, else the seconds until it may.

    Two requests at the very same moment may be counted as one: the limit is against floods, not a meter.
    """
    window, passed = divmod(int(time.time()), seconds)
    key = f"{what}:{who}"
    last, counted = cache.get(key, (window, 0))
    counted = counted + 1 if last == window else 1
    cache.set(key, (window, counted), timeout=seconds)
    return 0 if counted <= most else seconds - passed
