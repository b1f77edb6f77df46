"""How many pictures a member may send, counted in the cache that all processes share."""

import time

from django.core.cache import cache
from django.core.files.uploadhandler import FileUploadHandler

from accounts.models import User
from stories.pictures.limits import MAX_BYTES

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


class CutLargeFiles(FileUploadHandler):
    """Keeps no more of a sent file than the picture room's limit and a little: what is longer is refused there."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= MAX_BYTES else None

    def file_complete(self, file_size: int) -> None:
        return None
