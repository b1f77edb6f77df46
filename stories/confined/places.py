"""How many files of strangers are opened at once on this machine, whichever process asks, and how many may wait."""

import fcntl
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# One core stays free for those who read; on a machine of one core files are read one at a time, at low priority.
PLACES = max(1, (os.cpu_count() or 2) - 1)


class NoPlaceError(Exception):
    """All places were taken for as long as we waited."""


@contextmanager
def waiting_room(room: threading.Semaphore) -> Iterator[None]:
    """Raises NoPlaceError at once when this process has as many requests waiting as it may."""
    if not room.acquire(blocking=False):
        raise NoPlaceError
    try:
        yield
    finally:
        room.release()


@contextmanager
def place(*, places: int, wait_seconds: float, room: str = "confined") -> Iterator[None]:
    """Hold one of `places` of a `room` while the block runs. Raises NoPlaceError after `wait_seconds`.

    A place is a locked file, so that it is free again at once when its holder dies.
    """
    until = time.monotonic() + wait_seconds
    while True:
        for number in range(places):
            held = _try_lock(_path(room, number))
            if held is not None:
                try:
                    yield
                finally:
                    os.close(held)
                return
        if time.monotonic() >= until:
            raise NoPlaceError
        time.sleep(0.05)


def _path(room: str, number: int) -> Path:
    return Path(tempfile.gettempdir()) / f"mystory-{room}-{os.getuid()}-{number}.lock"


def _try_lock(path: Path) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
